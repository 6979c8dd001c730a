package dev.cascade.schedule;

import java.util.ArrayList;
import java.util.List;

/** What {@link Enumerator} says of programs, for the tests of the engine. */
public final class KnownRates {
  private KnownRates() {}

  /** Programs whose walk can be enumerated. */
  public static List<Program> walked() {
    List<Program> programs = new ArrayList<>(Programs.enumerable());
    programs.add(Programs.diningPhilosophers(4));
    return programs;
  }

  /** How often a uniform walk goes wrong. */
  public static double walk(Program program) {
    return new Enumerator(program).walk();
  }

  /** The most messages of a run. */
  public static int steps(Program program) {
    return new Enumerator(program).size().messages();
  }

  /** How often a schedule of PCT goes wrong. */
  public static double pct(Program program, Schedule schedule) {
    return new Enumerator(program).pct(schedule.depth(), schedule.steps());
  }
}
