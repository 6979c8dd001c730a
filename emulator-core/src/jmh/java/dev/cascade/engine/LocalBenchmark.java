package dev.cascade.engine;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a message within a host: tells, timers, and bounded mailboxes that cost CPU. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC", "-Xbatch"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class LocalBenchmark {
  private static final int HOSTS = 1_000;
  private static final int MESSAGES = 100_000;
  private static final int PAIRS = 5_000;
  private static final int PAIRS_VOLLEY = 10;

  /** Virtual time in which about as many messages are handled as are counted. */
  private static long stepNanos(String what) {
    return switch (what) {
      case "pair" -> // a volley of 1,000 and its serve each microsecond
          LocalWorld.STEP.toNanos() * MESSAGES / (LocalWorld.VOLLEY + 1);
      case "tenThousand" -> // 10 tells and a serve a pair each microsecond
          LocalWorld.STEP.toNanos() * MESSAGES / (PAIRS * (PAIRS_VOLLEY + 1));
      case "timers" -> 1_000_000L * MESSAGES / HOSTS; // a beat a host each millisecond
      default -> // two messages a customer, a customer a host each millisecond
          1_000_000L * MESSAGES / HOSTS / 2;
    };
  }

  /** What is measured, with real actors. */
  @State(Scope.Benchmark)
  public static class Actors {
    @Param({"pair", "tenThousand", "timers", "queues"})
    String what;

    Engine engine;
    long stepNanos;

    /** Starts the world; a step of it handles about as many messages as are counted. */
    @Setup(Level.Trial)
    public void start() {
      stepNanos = stepNanos(what);
      engine =
          switch (what) {
            case "pair" -> LocalWorld.pingPong(1, 1, LocalWorld.VOLLEY);
            case "tenThousand" -> LocalWorld.pingPong(50, PAIRS / 50, PAIRS_VOLLEY);
            case "timers" -> LocalWorld.timers(HOSTS);
            default -> LocalWorld.queues(HOSTS);
          };
    }

    /** Ends it, and fails if it had failed. */
    @TearDown(Level.Trial)
    public void stop() {
      if (engine.failure() != null) {
        throw new IllegalStateException(engine.failure().toString());
      }
      engine.close();
    }
  }

  /** The same without actors. */
  @State(Scope.Benchmark)
  public static class Bare {
    @Param({"pair", "tenThousand", "timers", "queues"})
    String what;

    BareLocal loop;
    long stepNanos;
    long nowNanos;

    /** Starts it. */
    @Setup(Level.Trial)
    public void start() {
      stepNanos = stepNanos(what);
      loop =
          switch (what) {
            case "pair" -> BareLocal.pingPong(1, LocalWorld.VOLLEY);
            case "tenThousand" -> BareLocal.pingPong(PAIRS, PAIRS_VOLLEY);
            case "timers" -> BareLocal.timers(HOSTS);
            default -> BareLocal.queues(HOSTS);
          };
    }
  }

  /** Cascade. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void actors(Actors state) {
    state.engine.runUntil(state.engine.nowNanos() + state.stepNanos);
  }

  /** The bare loop. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long bare(Bare state) {
    state.nowNanos += state.stepNanos;
    return state.loop.run(state.nowNanos);
  }
}
