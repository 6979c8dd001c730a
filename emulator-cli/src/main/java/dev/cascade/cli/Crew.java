package dev.cascade.cli;

import dev.cascade.run.Emulation;
import dev.cascade.run.RunOptions;
import dev.cascade.run.RunResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
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
  private volatile boolean enough;

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

  /**
   * Runs them as they are asked for, a few ahead; what is made of their results comes in their
   * order. Whoever looks at it says when it is enough: runs that have begun by then are given up.
   *
   * @param deadlineNanos on the clock of {@link System#nanoTime}; then it is enough, too
   * @return false if the deadline ended it
   */
  <T> boolean stream(Iterator<Job<T>> jobs, long deadlineNanos, Predicate<T> goOn) {
    ArrayDeque<Future<@Nullable T>> ahead = new ArrayDeque<>();
    try {
      while (true) {
        while (!stopped && jobs.hasNext() && ahead.size() < 2 * Batch.threads(options)) {
          Job<T> job = jobs.next();
          ahead.add(pool.submit(() -> one(job)));
        }
        Future<@Nullable T> first = ahead.poll();
        if (first == null) {
          return true;
        }
        T result = first.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (result != null && !goOn.test(result)) {
          return true;
        }
      }
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException failed) {
      stop();
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      stop();
      Thread.currentThread().interrupt();
      return true;
    } finally {
      enough = true;
      underWay.forEach(Emulation::stop);
    }
  }

  private <T> @Nullable T one(Job<T> job) {
    if (stopped || enough) {
      return null;
    }
    try (Emulation emulation = job.maker().get().options(options)) {
      underWay.add(emulation);
      if (stopped || enough) { // between the lines before
        emulation.stop();
      }
      try {
        RunResult result = emulation.run();
        return (stopped || enough) && !result.end().ending().isWhole()
            ? null
            : job.look().apply(result);
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
