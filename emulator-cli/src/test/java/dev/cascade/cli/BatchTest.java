package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.run.Emulation;
import dev.cascade.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Several runs at once, of which none begins once the end was asked for. */
class BatchTest {
  private static final int RUNS = 20;
  private static final int THREADS = 2;

  private static List<Emulation> emulations() {
    Scenario scenario =
        Emulation.of(Scenario.named("empty").duration(Duration.ofSeconds(1))).scenario();
    return LongStream.range(0, RUNS).mapToObj(seed -> Emulation.of(scenario.seed(seed))).toList();
  }

  private static long seed(Emulation emulation) {
    return emulation.scenario().timing().seed();
  }

  @Test
  void resultsComeInTheOrderOfTheRuns() {
    List<Long> seeds = new Batch(emulations(), THREADS).run(BatchTest::seed);

    assertThat(seeds).isEqualTo(LongStream.range(0, RUNS).boxed().toList());
  }

  @Test
  void stoppedItKeepsWhatIsDoneAndBeginsNoOther() {
    AtomicReference<Batch> batch = new AtomicReference<>();
    batch.set(new Batch(emulations(), THREADS));

    List<Long> seeds =
        batch
            .get()
            .run(
                emulation -> {
                  batch.get().stop(); // what Ctrl-C does
                  return seed(emulation);
                });

    // Whoever was at the same point may still end; nobody else begins.
    assertThat(seeds).hasSizeBetween(1, THREADS);
  }
}
