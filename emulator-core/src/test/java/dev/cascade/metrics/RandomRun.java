package dev.cascade.metrics;

import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A run of ten hosts that count, gauge and measure at random; and all of it kept naively. */
final class RandomRun {
  static final long TICK_NANOS = 500_000_000L;
  private static final int HOSTS = 10;

  final SeriesStore store = new SeriesStore();

  /** For each tick, for each path, the durations recorded in it. */
  final List<TreeMap<String, List<Long>>> durations = new ArrayList<>();

  /** For each tick, for each outcome, what was counted in it. */
  final List<TreeMap<String, Long>> counts = new ArrayList<>();

  /** For each tick, for each host, all values of its gauge in it, the first as it began. */
  final List<TreeMap<String, List<Double>>> gauges = new ArrayList<>();

  RandomRun(long seed, int ticks, int shardCount) {
    List<MetricRegistry> shards = new ArrayList<>();
    for (int i = 0; i < shardCount; i++) {
      shards.add(new MetricRegistry());
    }
    List<RandomStream> streams = new ArrayList<>();
    List<HostMetrics> hosts = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      streams.add(RandomStream.of(seed).fork("host-" + host));
      // Not in turn, so that shards hold different numbers of hosts.
      hosts.add(shards.get(host * host % shardCount).forHost("host-" + host));
    }
    for (int tick = 0; tick < ticks; tick++) {
      durations.add(new TreeMap<>());
      counts.add(new TreeMap<>());
      gauges.add(new TreeMap<>());
      for (int host = 0; host < HOSTS; host++) {
        act(tick, "host-" + host, hosts.get(host), streams.get(host));
      }
      store.tick((tick + 1) * TICK_NANOS, shards);
    }
  }

  private void act(int tick, String host, HostMetrics metrics, RandomStream random) {
    carryGauge(tick, host);
    int deeds = random.nextInt(6);
    for (int i = 0; i < deeds; i++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          String outcome = random.chance(0.2) ? "error" : "ok";
          long amount = random.nextInt(5);
          metrics.counter("requests_total", "outcome", outcome).add(amount);
          counts.get(tick).merge(outcome, amount, Long::sum);
        }
        case 1 -> {
          String path = random.chance(0.3) ? "/health" : "/price";
          long nanos = (long) (random.nextExponential() * 20e6);
          metrics.histogram("request_duration_seconds", "path", path).recordNanos(nanos);
          durations.get(tick).computeIfAbsent(path, p -> new ArrayList<>()).add(nanos);
        }
        default -> {
          double value = random.nextInt(100) / 8.0;
          metrics.gauge("queue_length").set(value);
          gauges.get(tick).computeIfAbsent(host, h -> new ArrayList<>()).add(value);
        }
      }
    }
  }

  private void carryGauge(int tick, String host) {
    List<Double> before = tick == 0 ? null : gauges.get(tick - 1).get(host);
    if (before != null) {
      gauges.get(tick).put(host, new ArrayList<>(List.of(before.get(before.size() - 1))));
    }
  }
}
