package dev.cascade.engine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Bare loop over actors, for messages over the network as in {@link NetworkBenchmark}, on machines
 * whose speed drifts: a JVM of each in turn, CPU time of the whole process (collections included)
 * in place of the clock's, and the cheapest round of each, because neighbours only make it dearer.
 */
public final class NetworkRatio {
  private static final int PAIRS = 5;
  private static final int WARM_UP = 6;
  private static final int ROUNDS = 6;
  private static final int MESSAGES = 1_000_000;

  private NetworkRatio() {}

  /** Numbers of hosts; or, in a JVM that this one has started, what to measure and the hosts. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 2 && (arguments[0].equals("actors") || arguments[0].equals("bare"))) {
      System.out.println(nanosAMessage(arguments[0], Integer.parseInt(arguments[1])));
      return;
    }
    System.out.println(
        "hosts    actors ns  bare ns  ratio: median (least to greatest of " + PAIRS + ")");
    for (String hosts :
        arguments.length > 0 ? arguments : new String[] {"1000", "10000", "100000"}) {
      double[] actors = new double[PAIRS];
      double[] bare = new double[PAIRS];
      double[] ratios = new double[PAIRS];
      for (int pair = 0; pair < PAIRS; pair++) {
        actors[pair] = inAJvmOfItsOwn("actors", hosts);
        bare[pair] = inAJvmOfItsOwn("bare", hosts);
        ratios[pair] = bare[pair] / actors[pair];
      }
      for (double[] values : List.of(actors, bare, ratios)) {
        Arrays.sort(values);
      }
      System.out.printf(
          "%-8s %9.0f %8.0f  %.2f (%.2f to %.2f)%n",
          hosts,
          actors[PAIRS / 2],
          bare[PAIRS / 2],
          ratios[PAIRS / 2],
          ratios[0],
          ratios[PAIRS - 1]);
    }
  }

  private static double inAJvmOfItsOwn(String what, String hosts)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xms3g",
                "-Xmx3g",
                "-XX:+UseParallelGC",
                "-Xbatch",
                "-cp",
                System.getProperty("java.class.path"),
                NetworkRatio.class.getName(),
                what,
                hosts)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(what + " with " + hosts + " hosts failed: " + said);
    }
    return Double.parseDouble(said.trim());
  }

  private static double nanosAMessage(String what, int hosts) {
    long step = GossipWorld.nanosFor(MESSAGES, hosts);
    if (what.equals("bare")) {
      BareGossip gossip = new BareGossip(hosts);
      return cheapest(step, gossip::run);
    }
    try (Engine engine = GossipWorld.engine(hosts, 1)) {
      double nanos = cheapest(step, engine::runUntil);
      if (engine.failure() != null) {
        throw new IllegalStateException(engine.failure().toString());
      }
      return nanos;
    }
  }

  private static double cheapest(long step, LongConsumer runUntil) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cheapest = Long.MAX_VALUE;
    for (int round = 1; round <= WARM_UP + ROUNDS; round++) {
      long before = system.getProcessCpuTime();
      runUntil.accept(round * step);
      long cost = system.getProcessCpuTime() - before;
      if (round > WARM_UP) {
        cheapest = Math.min(cheapest, cost);
      }
    }
    return (double) cheapest / MESSAGES;
  }
}
