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

/** Nanoseconds a message among 20,000 hosts, for one shard and for two. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+UseParallelGC", "-Xbatch"})
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
public class ShardsBenchmark {
  private static final int HOSTS = 20_000;
  private static final int MESSAGES = 200_000;

  @Param({"1", "2"})
  int shards;

  private Engine engine;

  /** Starts the world. */
  @Setup(Level.Trial)
  public void start() {
    engine = GossipWorld.engine(HOSTS, shards);
  }

  /** Ends it, and fails if it had failed. */
  @TearDown(Level.Trial)
  public void stop() {
    if (engine.failure() != null) {
      throw new IllegalStateException(engine.failure().toString());
    }
    engine.close();
  }

  /** Passes rumours on. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void gossip() {
    engine.runUntil(engine.nowNanos() + GossipWorld.nanosFor(MESSAGES, HOSTS));
  }
}
