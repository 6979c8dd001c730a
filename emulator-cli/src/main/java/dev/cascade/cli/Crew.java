package dev.cascade.cli;

import dev.cascade.run.Emulation;
import dev.cascade.run.RunOptions;
import dev.cascade.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Very many runs on all cores. Unlike {@link Batch} it sets each up when its turn comes and forgets
 * it once it was looked at, so that only those under way take memory. The first Ctrl-C ends those,
 * and lets no other begin.
 */
final class Crew implements AutoCloseable {
  private final RunOptions options;
  private final ExecutorService pool;
  private final Set<Emulation> underWay = ConcurrentHashMap.newKeySet();
  private final @Nullable Interrupts interrupts;
  private volatile boolean stopped;

  Crew(RunOptions options) {
    this.options = options;
    this.pool = Executors.newFixedThreadPool(Batch.threads(options));
    this.interrupts = Interrupts.onFirst(this::stop);
  }

  /**
   * A run, and what is made of its result.
   *
   * @param maker sets it up
   * @param look keeps of the result what is wanted
   */
  record Job<T>(Supplier<Emulation> maker, Function<RunResult, T> look) {}

  /** Whether somebody has asked for the end. */
  boolean isStopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
    underWay.forEach(Emulation::stop);
  }

  /**
   * Runs them; what is made of their results comes in their order, without those that were stopped
   * or did not begin.
   */
  <T> List<T> run(List<Job<T>> jobs) {
    List<Future<@Nullable T>> futures = new ArrayList<>();
    for (Job<T> job : jobs) {
      futures.add(pool.submit(() -> one(job)));
    }
    List<T> results = new ArrayList<>();
    try {
      for (Future<@Nullable T> future : futures) {
        T result = future.get();
        if (result != null) {
          results.add(result);
        }
      }
    } catch (ExecutionException failed) {
      stop();
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      stop();
      Thread.currentThread().interrupt();
    }
    return results;
  }

  private <T> @Nullable T one(Job<T> job) {
    if (stopped) {
      return null;
    }
    try (Emulation emulation = job.maker().get().options(options)) {
      underWay.add(emulation);
      if (stopped) { // between the two lines before
        emulation.stop();
      }
      try {
        RunResult result = emulation.run();
        return stopped && !result.end().ending().isWhole() ? null : job.look().apply(result);
      } finally {
        underWay.remove(emulation);
      }
    }
  }

  @Override
  public void close() {
    pool.shutdown();
    if (interrupts != null) {
      interrupts.close();
    }
  }
}
