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

/**
 * Nanoseconds a message over the network, with real actors and without. The collector is the one
 * that the launcher picks; the JVM's own choice slows actors most.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+UseParallelGC", "-Xbatch"})
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 6, time = 2)
public class NetworkBenchmark {
  private static final int MESSAGES = 100_000;

  /** Hosts with real actors on one shard. */
  @State(Scope.Benchmark)
  public static class Actors {
    @Param({"1000", "10000", "100000"})
    int hosts;

    Engine engine;

    @Setup(Level.Trial)
    public void start() {
      engine = GossipWorld.engine(hosts, 1);
    }

    @TearDown(Level.Trial)
    public void stop() {
      if (engine.failure() != null) {
        throw new IllegalStateException(engine.failure().toString());
      }
      engine.close();
    }
  }

  /** The same without. */
  @State(Scope.Benchmark)
  public static class Bare {
    @Param({"1000", "10000", "100000"})
    int hosts;

    BareGossip gossip;
    long nowNanos;

    @Setup(Level.Trial)
    public void start() {
      gossip = new BareGossip(hosts);
    }
  }

  /** Cascade. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void actors(Actors state) {
    state.engine.runUntil(state.engine.nowNanos() + GossipWorld.nanosFor(MESSAGES, state.hosts));
  }

  /** The bare loop. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long bare(Bare state) {
    state.nowNanos += GossipWorld.nanosFor(MESSAGES, state.hosts);
    return state.gossip.run(state.nowNanos);
  }
}
