package dev.cascade.property;

import dev.cascade.metrics.HostMetrics;
import dev.cascade.metrics.MetricRegistry;
import dev.cascade.metrics.Readings;
import dev.cascade.metrics.SeriesStore;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A run of two hosts with ticks of a second, made by hand. */
final class Emulated {
  static final Vocabulary VOCABULARY =
      new Vocabulary(
          List.of(
              MetricInfo.counter("requests_total", "Requests.", "outcome"),
              MetricInfo.counter("drops_total", "Drops."),
              MetricInfo.gauge("queue_length", "How many wait."),
              MetricInfo.gauge("threads", "How many threads."),
              MetricInfo.histogram("wait_seconds", "How long they wait.", "path")),
          List.of(
              new EventInfo("node-ready", List.of("node", "zone"), "A node is ready."),
              new EventInfo("leader-lost", List.of(), "A leader is gone.")));

  final MetricRegistry registry = new MetricRegistry();
  final SeriesStore store = new SeriesStore();
  final HostMetrics a = registry.forHost("a");
  final HostMetrics b = registry.forHost("b");
  final Readings readings;

  private PropertyWatch watch = new PropertyWatch(List.of(), new Readings(store, 0));

  Emulated(int warmupSeconds) {
    this.readings = new Readings(store, Duration.ofSeconds(warmupSeconds).toNanos());
  }

  Emulated watching(PropertySpec... specs) {
    watch =
        new PropertyWatch(
            List.of(specs).stream().map(spec -> CompiledProperty.of(spec, VOCABULARY)).toList(),
            readings);
    return this;
  }

  Emulated watching(TimelineWatch timeline) {
    watch = new PropertyWatch(List.of(), timeline, readings);
    return this;
  }

  /** An event so many seconds after the last tick. */
  Emulated event(double secondsAfter, String name, String... fields) {
    Map<String, String> map = fields.length == 0 ? Map.of() : Map.of(fields[0], fields[1]);
    long time = (long) ((store.ticks() + secondsAfter) * 1e9);
    watch.onEvent(new Occurrence(time, name, map, "a"));
    return this;
  }

  Emulated tick() {
    store.tick(Duration.ofSeconds(store.ticks() + 1L).toNanos(), List.of(registry));
    watch.onTick();
    return this;
  }

  Emulated ticks(int count) {
    for (int i = 0; i < count; i++) {
      tick();
    }
    return this;
  }

  MonitorState state() {
    return watch.states().get(0);
  }

  PropertyResult finish() {
    return results().get(0);
  }

  List<PropertyResult> results() {
    return watch.finish();
  }
}
