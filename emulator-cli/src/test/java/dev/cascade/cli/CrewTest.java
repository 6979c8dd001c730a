package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cascade.run.Emulation;
import dev.cascade.run.RunOptions;
import dev.cascade.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many runs, of which none is lost and none is one too many. */
class CrewTest {
  private static final int RUNS = 100;

  private static Emulation emulation(long seed) {
    return Emulation.of(Scenario.named("empty").duration(Duration.ofSeconds(1))).withSeed(seed);
  }

  @Test
  void resultsComeInTheOrderOfTheJobs() {
    try (Crew crew = new Crew(RunOptions.DEFAULT)) {
      List<Long> seeds =
          crew.run(
              LongStream.range(0, RUNS)
                  .mapToObj(
                      seed ->
                          new Crew.Job<>(
                              () -> emulation(seed), run -> run.scenario().timing().seed()))
                  .toList());

      assertThat(seeds).isEqualTo(LongStream.range(0, RUNS).boxed().toList());
    }
  }

  @Test
  void stoppedItKeepsWhatIsDoneAndBeginsNoOther() {
    try (Crew crew = new Crew(RunOptions.DEFAULT)) {
      List<Long> seeds =
          crew.run(
              LongStream.range(0, RUNS)
                  .mapToObj(
                      seed ->
                          new Crew.Job<>(
                              () -> emulation(seed),
                              run -> {
                                crew.stop(); // what Ctrl-C does
                                return run.scenario().timing().seed();
                              }))
                  .toList());

      // Whoever was at the same point may still end; nobody else begins.
      int threads = Runtime.getRuntime().availableProcessors();
      assertThat(seeds).hasSizeBetween(1, threads);
      assertThat(crew.isStopped()).isTrue();
    }
  }

  @Test
  void defectEndsThemAll() {
    try (Crew crew = new Crew(RunOptions.DEFAULT)) {
      List<Crew.Job<Object>> jobs =
          List.of(
              new Crew.Job<>(
                  () -> {
                    throw new IllegalStateException("third time unlucky");
                  },
                  run -> run));

      assertThatIllegalStateException()
          .isThrownBy(() -> crew.run(jobs))
          .withMessage("third time unlucky");
      assertThat(crew.isStopped()).isTrue();
    }
  }
}
