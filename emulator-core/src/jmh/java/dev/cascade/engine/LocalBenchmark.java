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
    jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class LocalBenchmark {
  private static final int HOSTS = 1_000;
  private static final int MESSAGES = 100_000;

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
      switch (what) {
        case "pair" -> { // two actors, a volley of 1,000 and its serve each microsecond
          engine = LocalWorld.pingPong(1, 1, LocalWorld.VOLLEY);
          stepNanos = LocalWorld.STEP.toNanos() * MESSAGES / (LocalWorld.VOLLEY + 1);
        }
        case "tenThousand" -> { // 5,000 pairs on 50 hosts, 10 tells and a serve each microsecond
          engine = LocalWorld.pingPong(50, 100, 10);
          stepNanos = LocalWorld.STEP.toNanos() * MESSAGES / (5_000 * 11);
        }
        case "timers" -> { // a beat a host each millisecond
          engine = LocalWorld.timers(HOSTS);
          stepNanos = 1_000_000L * MESSAGES / HOSTS;
        }
        default -> { // two messages a customer, a customer a host each millisecond
          engine = LocalWorld.queues(HOSTS);
          stepNanos = 1_000_000L * MESSAGES / HOSTS / 2;
        }
      }
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
    @Param({"timers", "queues"})
    String what;

    BareLocal loop;
    long stepNanos;
    long nowNanos;

    /** Starts it. */
    @Setup(Level.Trial)
    public void start() {
      boolean timers = what.equals("timers");
      loop = timers ? BareLocal.timers(HOSTS) : BareLocal.queues(HOSTS);
      stepNanos = 1_000_000L * MESSAGES / HOSTS / (timers ? 1 : 2);
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
