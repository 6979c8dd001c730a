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
import org.jspecify.annotations.Nullable;

/**
 * Several runs at once, on all cores: they share nothing, so that each is what it would be alone.
 */
final class Batch {
  private final List<Emulation> emulations;
  private final int threads;
  private volatile boolean stopped;

  Batch(List<Emulation> emulations, int threads) {
    this.emulations = List.copyOf(emulations);
    this.threads = threads;
  }

  /** As many runs at once as there are cores for their shards. */
  static int threads(RunOptions options) {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / options.shards());
  }

  /**
   * Does a job with each. Ctrl-C ends those under way early, and lets no other begin; the results
   * come in the order of the runs, without those that did not begin.
   */
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

  void stop() {
    stopped = true;
    emulations.forEach(Emulation::stop);
  }

  private <T> List<T> runAtOnce(Function<Emulation, T> job) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<@Nullable T>> futures = new ArrayList<>();
      for (Emulation emulation : emulations) {
        futures.add(pool.submit(() -> stopped ? null : job.apply(emulation)));
      }
      List<T> results = new ArrayList<>();
      for (Future<@Nullable T> future : futures) {
        T result = future.get();
        if (result != null) {
          results.add(result);
        }
      }
      return results;
    } catch (ExecutionException failed) {
      stop();
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      stop();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } finally {
      pool.shutdown();
    }
  }
}
