package dev.cascade.testkit;

import dev.cascade.run.Emulation;
import dev.cascade.run.RunResult;

/** Where assertions about emulations begin; to be imported statically beside AssertJ's own. */
public final class EmulationAssertions {
  private EmulationAssertions() {}

  /** Asserts about one run. */
  public static RunAssert assertThat(RunResult result) {
    return new RunAssert(result);
  }

  /** Asserts about an emulation over many seeds. */
  public static EmulationAssert assertThat(Emulation emulation) {
    return new EmulationAssert(emulation);
  }
}
