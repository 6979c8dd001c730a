package dev.cascade.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesStoreTest {
  private final MetricRegistry registry = new MetricRegistry();
  private final SeriesStore store = new SeriesStore();
  private long now;

  private int tick() {
    now += 500;
    store.tick(now, List.of(registry));
    return store.ticks() - 1;
  }

  private GaugeSeries gauge(String name, String host) {
    return (GaugeSeries) store.find(SeriesKey.of(name, "host", host));
  }

  @Test
  void countersOfOneNameAndLabelsAddUpOverHosts() {
    registry.forHost("a").counter("requests_total", "path", "/").add(2);
    registry.forHost("b").counter("requests_total", "path", "/").add(3);
    int first = tick();
    int idle = tick();
    registry.forHost("b").counter("requests_total", "path", "/").increment();
    int third = tick();

    CounterSeries series = (CounterSeries) store.find(SeriesKey.of("requests_total", "path", "/"));
    assertThat(series.totalAt(-1)).isZero();
    assertThat(series.totalAt(first)).isEqualTo(5);
    assertThat(series.totalAt(idle)).isEqualTo(5);
    assertThat(series.totalAt(third)).isEqualTo(6);
    assertThat(series.changes()).as("only changes are kept").isEqualTo(2);
  }

  @Test
  void aGaugeKeepsLeastGreatestAndLastOfEachTick() {
    Metrics.Gauge queue = registry.forHost("a").gauge("queue_length");
    int before = tick();
    queue.set(5);
    queue.set(9);
    queue.set(2);
    queue.set(4);
    int busy = tick();
    int idle = tick();
    queue.add(-1);
    int down = tick();
    queue.set(3);
    int same = tick();

    GaugeSeries series = gauge("queue_length", "a");
    assertThat(triple(series, busy)).containsExactly(2, 9, 4);
    assertThat(triple(series, idle)).containsExactly(4, 4, 4);
    assertThat(triple(series, down))
        .as("a tick begins with the last one's value")
        .containsExactly(3, 4, 3);
    assertThat(triple(series, same)).containsExactly(3, 3, 3);
    assertThat(series.lastAt(before)).isNaN();
    assertThat(series.changes()).isEqualTo(2);
  }

  private static double[] triple(GaugeSeries series, int tick) {
    return new double[] {series.minAt(tick), series.maxAt(tick), series.lastAt(tick)};
  }

  @Test
  void aGaugeEndsWithTheLastWhoHeldIt() {
    HostMetrics first = registry.forHost("a");
    HostMetrics second = registry.forHost("a");
    first.gauge("pods").set(2);
    second.gauge("pods").add(1);
    tick();

    first.close();
    int held = tick();
    second.gauge("pods").set(7);
    second.close();
    int ending = tick();
    int gone = tick();
    registry.forHost("a").gauge("pods").set(1);
    int again = tick();

    assertThat(triple(gauge("pods", "a"), held)).containsExactly(3, 3, 3);
    assertThat(triple(gauge("pods", "a"), ending)).containsExactly(3, 7, Double.NaN);
    assertThat(triple(gauge("pods", "a"), gone)).containsOnly(Double.NaN);
    assertThat(triple(gauge("pods", "a"), again)).containsExactly(1, 1, 1);
  }

  @Test
  void oneNameHasOneKindAndOneSetOfLabelKeysInAShardAndOverShards() {
    registry.forHost("a").counter("x_total", "path", "/").increment();

    assertThatThrownBy(() -> registry.forHost("b").gauge("x_total"))
        .hasMessageContaining(
            "gauge x_total{host=\"b\"} clashes with the counter x_total{path=\"/\"}");
    assertThatThrownBy(() -> registry.forHost("b").counter("x_total", "zone", "z"))
        .hasMessageContaining("x_total{zone=\"z\"} clashes with the counter x_total{path=\"/\"}");

    MetricRegistry other = new MetricRegistry();
    other.forHost("b").histogram("x_total", "path", "/").recordNanos(1);
    assertThatThrownBy(() -> store.tick(1, List.of(registry, other)))
        .hasMessageContaining("histogram x_total{path=\"/\"} clashes with the counter");
  }

  @Test
  void instrumentsRefuseWhatTheyCannotKeep() {
    HostMetrics metrics = registry.forHost("a");
    assertThatThrownBy(() -> metrics.counter("x_total").add(-1)).hasMessageContaining("(-1)");
    assertThatThrownBy(() -> metrics.gauge("g").set(Double.NaN)).hasMessageContaining("(NaN)");
    assertThatThrownBy(() -> metrics.histogram("h").recordNanos(-5))
        .hasMessageContaining("(-5 ns)");
    assertThatThrownBy(() -> metrics.gauge("g", "host", "b")).hasMessageContaining("(host)");
    assertThatThrownBy(() -> metrics.histogram("h", "le", "1")).hasMessageContaining("(le)");
    assertThatThrownBy(() -> metrics.counter("x_total", "path")).hasMessageContaining("in turn");
    assertThatThrownBy(() -> metrics.counter("x_total", "a", "1", "a", "2"))
        .hasMessageContaining("once");
    assertThatThrownBy(() -> metrics.counter("x-total")).hasMessageContaining("(x-total)");
  }

  @Test
  void theOrderOfLabelsDoesNotMatter() {
    registry.forHost("a").counter("x_total", "a", "1", "b", "2").increment();
    registry.forHost("a").counter("x_total", "b", "2", "a", "1").increment();
    tick();

    assertThat(store.series()).hasSize(1);
    assertThat(store.series().get(0).key()).hasToString("x_total{a=\"1\",b=\"2\"}");
  }

  @Test
  void ticksGoForward() {
    tick();
    assertThatThrownBy(() -> store.tick(now, List.of(registry)))
        .hasMessageContaining("after the last");
  }

  @Test
  void whatIsRecordedOtherwiseThanDeclaredIsTold() {
    HostMetrics host = registry.forHost("a");
    host.counter("good_total", "path", "/").increment();
    host.gauge("good").set(1);
    host.counter("undeclared_total").increment();
    host.gauge("other_kind").set(1);
    host.counter("other_labels_total", "zone", "z").increment();
    tick();

    List<String> complaints =
        store.misdeclared(
            List.of(
                MetricInfo.counter("good_total", "Good.", "path"),
                MetricInfo.gauge("good", "Good."),
                MetricInfo.counter("other_kind", "A gauge, in truth."),
                MetricInfo.counter("other_labels_total", "Has a zone.", "path")));

    assertThat(complaints).hasSize(3);
    assertThat(complaints.get(0)).contains("other_kind{host=\"a\"}", "GAUGE");
    assertThat(complaints.get(1)).contains("other_labels_total{zone=\"z\"}");
    assertThat(complaints.get(2)).contains("undeclared_total");
  }
}
