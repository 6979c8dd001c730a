package dev.cascade.testkit;

import static dev.cascade.testkit.EmulationAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.fault.Fault;
import dev.cascade.fault.Target;
import dev.cascade.property.PropertySpec;
import dev.cascade.run.Emulation;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.ScenarioBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The kit under test: what it asserts must be able to fail, and must say why. */
class TestKitScenarioTest {
  @TempDir Path runs;

  @BeforeEach
  void keepRunsApart() {
    System.setProperty("cascade.runs", runs.toString());
  }

  @AfterEach
  void forgetThem() {
    System.clearProperty("cascade.runs");
  }

  private static ScenarioBuilder silenced() {
    return Worlds.beacon()
        .at(
            Duration.ofSeconds(10),
            "beacon-dies",
            new Fault.Crash(Target.of("beacon"), Duration.ofSeconds(5)))
        .property(PropertySpec.always("is-heard", "increase('beats_total', '3s') >= 1"));
  }

  @Test
  void aConditionIsAwaitedInEmulatedTime() {
    try (Emulation emulation = Emulation.of(Worlds.beacon()).start()) {
      emulation
          .await("ten beats", Duration.ofSeconds(20))
          .until(() -> emulation.counter("beats_total") >= 10);

      assertThat(emulation.now()).isEqualTo(Duration.ofSeconds(11)); // the tick that shows it
    }
  }

  @Test
  void theLimitOfAWaitIsEmulatedTimeToo() {
    try (Emulation emulation = Emulation.of(Worlds.beacon()).start()) {
      emulation.advanceTo(Duration.ofSeconds(5));

      assertThatExceptionOfType(ConditionTimeoutException.class)
          .isThrownBy(
              () ->
                  emulation
                      .await("a hundred beats", Duration.ofSeconds(7))
                      .until(() -> emulation.counter("beats_total") >= 100))
          .withMessageContaining("not within 7s of emulated time, from 5s to 12s");
    }
  }

  @Test
  void goingInPiecesChangesNothing() {
    RunResult whole = Emulation.of(silenced()).run();
    try (Emulation emulation = Emulation.of(silenced()).start()) {
      emulation.advanceTo("beacon-dies").advanceBy(Duration.ofMillis(1234)).advanceToTick();

      assertThat(emulation.now()).isEqualTo(Duration.ofSeconds(12));
      assertThat(emulation.runToEnd()).hasSameHistoryAs(whole);
    }
  }

  @Test
  void aViolationIsFoundWhereItIs() {
    RunResult result = Emulation.of(silenced()).run();

    assertThat(result)
        .violates("is-heard")
        .between(Duration.ofSeconds(12), Duration.ofSeconds(14))
        .recoversWithin(Duration.ofSeconds(4));
    assertThatThrownBy(() -> assertThat(result).recoversWithin(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () -> assertThat(result).violates("is-heard").recoversWithin(Duration.ofSeconds(1)))
        .hasMessageContaining("to recover within 1s, but it was violated for");
  }

  @Test
  void aFailureSaysWhatWasMeasuredWhereTheRunIsKeptAndHowToRepeatIt() {
    RunResult result =
        Emulation.of(silenced().seed(7).measure("beats", "total('beats_total')")).run();

    assertThatThrownBy(() -> assertThat(result).holds("is-heard"))
        .isInstanceOf(AssertionError.class)
        .message()
        .contains("Expected of the property (is-heard): holds, but: violated.")
        .contains("beats: 23.0")
        .contains("seed: 7")
        .contains(
            "repeat: mvn test -Dtest=dev.cascade.testkit.TestKitScenarioTest"
                + "#aFailureSaysWhatWasMeasuredWhereTheRunIsKeptAndHowToRepeatIt")
        .satisfies(
            message ->
                assertThat(
                        Files.isRegularFile(
                            Path.of(message.replaceAll("(?s).*run: (\\S+)\\R.*", "$1"))
                                .resolve("results.json")))
                    .isTrue());
  }

  /** What a model must not have: something that is not of this run. */
  @Test
  void aModelThatIsNotDeterministicIsCaught() {
    AtomicLong leak = new AtomicLong();
    Emulation leaky = Emulation.of(Worlds.beacon(env -> leak.getAndIncrement()));
    Emulation faithful = Emulation.of(Worlds.beacon(env -> env.random("number").nextLong(100)));

    assertThat(faithful).isRepeatable();
    assertThatThrownBy(() -> assertThat(leaky).isRepeatable())
        .hasMessageContaining("something does not follow from scenario and seed")
        .hasMessageContaining("receiver=ear-1/ear");
  }

  /** A test that cannot fail is a defect: the kit says so, and lets no one rely on it. */
  @Test
  void aPropertyThatCannotBeViolatedIsCaught() {
    Emulation emulation =
        Emulation.of(
            Worlds.beacon()
                .property(PropertySpec.always("heard", "total('beats_total') >= 0"))
                .property(PropertySpec.always("never-heard", "total('beats_total') < 0"))
                .property(PropertySpec.always("few", "total('beats_total') < 1000")));
    RunResult result = emulation.run();

    assertThat(result).holds("few");
    assertThatThrownBy(() -> assertThat(result).holds("heard"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("The property (heard) cannot be violated")
        .hasMessageContaining("repeat: mvn test ");
    assertThatThrownBy(() -> assertThat(result).passes())
        .hasMessageContaining("The property (heard) cannot be violated");
    assertThatThrownBy(() -> assertThat(result).violates("never-heard"))
        .hasMessageContaining("The property (never-heard) can only be violated");
    assertThatThrownBy(() -> assertThat(Emulation.of(result.scenario())).property("heard"))
        .hasMessageContaining("The property (heard) cannot be violated");
  }

  /** Thirty beats: with a limit of 100 it holds in every run, with one of 3 in none. */
  private static Emulation heardLessThan(double beats) {
    return Emulation.of(
        Worlds.beacon().property(PropertySpec.always("luck", "total('beats_total') < " + beats)));
  }

  @Test
  void aRateIsDecidedWithAsFewRunsAsItTakes() {
    assertThat(heardLessThan(100.0)).property("luck").holdsInAtLeast(0.5).withConfidence(0.99);
    assertThat(heardLessThan(3.0)).property("luck").holdsInLessThan(0.5).withConfidence(0.99);
    assertThatThrownBy(
            () ->
                assertThat(heardLessThan(3.0))
                    .property("luck")
                    .holdsInAtLeast(0.9)
                    .withConfidence(0.99))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("it held in 0 of 3 (confidence 0.99)");
  }

  @Test
  void whatCannotBeDecidedIsNeitherSuccessNorFailure() {
    assertThatThrownBy(
            () ->
                assertThat(heardLessThan(100.0))
                    .inAtMost(5)
                    .property("luck")
                    .holdsInAtLeast(0.9)
                    .withConfidence(0.99))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("held in 5 of 5 runs");
  }
}
