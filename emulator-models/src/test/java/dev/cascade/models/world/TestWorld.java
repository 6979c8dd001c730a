package dev.cascade.models.world;

import dev.cascade.engine.Engine;
import dev.cascade.engine.EngineSettings;
import dev.cascade.engine.Entry;
import dev.cascade.engine.RunFailure;
import dev.cascade.network.LinkProfile;
import dev.cascade.network.NetworkPlan;
import dev.cascade.node.Model;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Entries of a topology that run in virtual time, and what they measured. */
public final class TestWorld implements AutoCloseable {
  /** One millisecond between any two hosts, and no lost SYN is sent again. */
  public static final NetworkPlan WITHOUT_RETRANSMITS =
      new NetworkPlan(
          LinkProfile.of(Duration.ofMillis(1), Duration.ofNanos(100_000)),
          List.of(),
          NetworkPlan.LOOPBACK,
          List.of(),
          NetworkPlan.INTERFACE_BUFFER_BYTES);

  private final Map<String, Readings> hosts = new ConcurrentHashMap<>();
  private final Engine engine;

  private TestWorld(EngineSettings settings, List<Entry> entries) {
    engine =
        new Engine(
            settings,
            entries,
            shard -> host -> hosts.computeIfAbsent(host, name -> new Readings()));
    requireNoFailure();
  }

  /** Starts a world. */
  public static TestWorld start(EngineSettings settings, Entry... entries) {
    return new TestWorld(settings, List.of(entries));
  }

  /** One shard, messages in check mode, no SYN sent again. */
  public static TestWorld start(long seed, Entry... entries) {
    return start(new EngineSettings(seed, 1, WITHOUT_RETRANSMITS, true), entries);
  }

  /** An entry of a model in no zone. */
  public static <C> Entry entry(String name, Model<C> model, C config, int replicas) {
    return Entry.of(name, model, config, replicas, List.of(""));
  }

  /** Runs on for so long. */
  public void runFor(Duration time) {
    engine.runUntil(engine.nowNanos() + time.toNanos());
    requireNoFailure();
  }

  private void requireNoFailure() {
    RunFailure failure = engine.failure();
    if (failure != null) {
      throw new AssertionError(failure.toString(), failure.cause());
    }
  }

  /** The engine, for faults. */
  public Engine engine() {
    return engine;
  }

  /** The sum of all counters of a name whose labels hold all of these, {@code path="/"}. */
  public long count(String name, String... labels) {
    return hosts.values().stream()
        .flatMap(host -> matching(host.counters, name, labels))
        .mapToLong(cell -> cell[0])
        .sum();
  }

  /** The sum of all gauges of a name whose labels hold all of these. */
  public double gauge(String name, String... labels) {
    return hosts.values().stream()
        .flatMap(host -> matching(host.gauges, name, labels))
        .mapToDouble(cell -> cell[0])
        .sum();
  }

  /** The sum of all gauges of a name on one host. */
  public double gaugeOf(String host, String name) {
    Readings readings = hosts.get(host);
    return readings == null
        ? 0
        : matching(readings.gauges, name).mapToDouble(cell -> cell[0]).sum();
  }

  /** All durations in seconds, sorted. */
  public double[] seconds(String name, String... labels) {
    return hosts.values().stream()
        .flatMap(host -> matching(host.histograms, name, labels))
        .flatMap(List::stream)
        .mapToDouble(nanos -> nanos / 1e9)
        .sorted()
        .toArray();
  }

  /** All series that there are, without those of hosts twice. */
  public List<String> series() {
    return hosts.values().stream()
        .flatMap(
            host ->
                Stream.of(host.counters, host.gauges, host.histograms)
                    .flatMap(map -> map.keySet().stream()))
        .distinct()
        .sorted()
        .toList();
  }

  private static <T> Stream<T> matching(TreeMap<String, T> series, String name, String... labels) {
    return series.tailMap(name + "{").entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(name + "{"))
        .filter(entry -> Stream.of(labels).allMatch(entry.getKey()::contains))
        .map(Map.Entry::getValue);
  }

  @Override
  public void close() {
    engine.close();
  }
}
