package dev.cascade.run;

import static dev.cascade.run.Stage.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is held to a pace, by a clock on which only its own waiting takes time. */
class PaceScenarioTest {
  /** A clock that stands still but for what is slept. */
  private long nowNanos = 1_000;

  private long sleeps;

  private RunResult run(String speed, RunListener listener) {
    Scenario scenario = file().scenario(List.of());
    WallClock clock =
        new WallClock(
            () -> nowNanos,
            nanos -> {
              nowNanos += nanos;
              sleeps++;
            });
    RunOptions options = RunOptions.DEFAULT.pace(Pace.parse(speed));
    try (Run run =
        new Run(scenario, options, listener, () -> false, Run.Witness.NONE, false, clock)) {
      return run.execute();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x", "10x", "0.5x"})
  void virtualTimePassesAtThePaceThatWasAskedFor(String speed) {
    double factor = Pace.parse(speed).factor();
    RunResult result =
        run(
            speed,
            new RunListener() {
              @Override
              public void onProgress(Progress progress) {
                // Nothing but waiting takes time here, so that each tick comes exactly when it is
                // due.
                assertThat(nowNanos - 1_000)
                    .isEqualTo(Math.round(progress.time().toNanos() / factor));
              }
            });

    Duration end = result.end().virtualTime();
    assertThat(result.end().ending()).isEqualTo(Ending.COMPLETED);
    assertThat(result.end().wallTime().toNanos()).isEqualTo(Math.round(end.toNanos() / factor));
    // 20 times a second on the wall, so that it looks smooth.
    assertThat(sleeps).isGreaterThanOrEqualTo(result.end().wallTime().toMillis() / 50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x", "10x"})
  void paceChangesNothingOfWhatHappens(String speed) {
    RunResult paced = run(speed, RunListener.NONE);
    long slept = sleeps;
    RunResult fast = run("max", RunListener.NONE);

    assertThat(paced.recording().traceHash()).isEqualTo(fast.recording().traceHash());
    assertThat(sleeps).as("at full speed nothing is waited for").isEqualTo(slept);
  }
}
