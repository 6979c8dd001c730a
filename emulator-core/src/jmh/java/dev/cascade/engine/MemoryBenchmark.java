package dev.cascade.engine;

import dev.cascade.node.ProcessSpec;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Live heap of 100,000 idle processes, after a full collection. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class MemoryBenchmark {
  private static final int PROCESSES_A_HOST = 100;
  private static final int HOSTS = 1_000;

  /** What is counted beside the time. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Heap {
    /** Bytes of one process with its share of a host. */
    public long bytesPerProcess;

    /** Bytes of one host that runs a single process. */
    public long bytesPerLonelyHost;
  }

  /** Starts both worlds, one after the other. */
  @Benchmark
  public void idle(Heap heap) {
    heap.bytesPerProcess = bytesOf(HOSTS, PROCESSES_A_HOST) / HOSTS / PROCESSES_A_HOST;
    heap.bytesPerLonelyHost = bytesOf(HOSTS * PROCESSES_A_HOST, 1) / HOSTS / PROCESSES_A_HOST;
  }

  private static long bytesOf(int hosts, int processes) {
    long before = live();
    Engine engine =
        LocalWorld.of(
            hosts,
            boot -> {
              for (int i = 0; i < processes; i++) {
                boot.start(
                    "process-" + i,
                    ProcessSpec.<Object>of(env -> Behaviors.receiveMessage(m -> Behaviors.same())));
              }
            });
    engine.runUntil(1_000_000);
    long after = live();
    engine.close();
    return after - before;
  }

  private static long live() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
