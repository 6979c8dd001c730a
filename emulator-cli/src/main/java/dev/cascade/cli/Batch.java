package dev.cascade.cli;

import dev.cascade.run.Emulation;
import dev.cascade.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Several runs at once, on all cores: they share nothing, so that each is what it would be alone.
 */
final class Batch {
  private final List<Emulation> emulations;
  private final int threads;

  Batch(List<Emulation> emulations, int threads) {
    this.emulations = List.copyOf(emulations);
    this.threads = threads;
  }

  /** As many runs at once as there are cores for their shards. */
  static int threads(RunOptions options) {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / options.shards());
  }

  /** Does a job with each, which Ctrl-C ends early; the results come in the order of the runs. */
  <T> List<T> run(Function<Emulation, T> job) {
    Interrupts interrupts = Interrupts.onFirst(this::stop);
    try {
      if (emulations.size() == 1) {
        return List.of(job.apply(emulations.get(0)));
      }
      return runAtOnce(job);
    } finally {
      if (interrupts != null) {
        interrupts.close();
      }
    }
  }

  private void stop() {
    emulations.forEach(Emulation::stop);
  }

  private <T> List<T> runAtOnce(Function<Emulation, T> job) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Emulation emulation : emulations) {
        futures.add(pool.submit(() -> job.apply(emulation)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException failed) {
      stop();
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      stop();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } finally {
      pool.shutdown();
    }
  }
}
