package dev.cascade.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.metrics.HostMetrics;
import dev.cascade.metrics.MetricRegistry;
import dev.cascade.metrics.Series;
import dev.cascade.metrics.SeriesStore;
import dev.cascade.node.Metrics.Counter;
import dev.cascade.node.Metrics.Gauge;
import dev.cascade.node.Metrics.Histogram;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However few points a line has, its extremes are those of the run. */
class SamplerTest {
  private static final int TICKS = 1_000;
  private static final int SPIKE = 617;

  private final MetricRegistry registry = new MetricRegistry();
  private final SeriesStore store = new SeriesStore();

  /** What happens in a tick. */
  private interface Tick {
    void at(int tick);
  }

  private void run(Tick each) {
    for (int tick = 0; tick < TICKS; tick++) {
      each.at(tick);
      store.tick(Duration.ofSeconds(tick + 1).toNanos(), List.of(registry));
    }
  }

  private Map<String, double[]> columns(int points) {
    List<Series> all = store.series();
    return new Sampler(Grid.of(store, points)).columns(all);
  }

  private static double max(double[] column) {
    return Arrays.stream(column).max().orElseThrow();
  }

  private static double min(double[] column) {
    return Arrays.stream(column).min().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 480, 999})
  void spikeOfOneTickStaysInARate(int points) {
    Counter counter = registry.forHost("a").counter("things_total");
    run(tick -> counter.add(tick == SPIKE ? 500 : tick == SPIKE + 1 ? 0 : 2));

    Map<String, double[]> columns = columns(points);

    assertThat(max(columns.get("hi"))).isEqualTo(500);
    assertThat(min(columns.get("lo"))).isEqualTo(0);
    assertThat(columns.get("v")).hasSizeLessThanOrEqualTo(points);
  }

  @Test
  void rateIsTheMeanOfItsTicks() {
    Counter counter = registry.forHost("a").counter("things_total");
    run(tick -> counter.add(tick < 500 ? 2 : 4));

    assertThat(columns(2).get("v")).containsExactly(2, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 480, 1000})
  void instantOfAGaugeStaysInItsBand(int points) {
    Gauge gauge = registry.forHost("a").gauge("queue_length");
    run(
        tick -> {
          if (tick == 0) {
            gauge.set(5);
          }
          if (tick == SPIKE) {
            gauge.set(90); // for no time at all
            gauge.set(-3);
            gauge.set(5);
          }
        });

    Map<String, double[]> columns = columns(points);

    assertThat(max(columns.get("hi"))).isEqualTo(90);
    assertThat(min(columns.get("lo"))).isEqualTo(-3);
    assertThat(columns.get("v")).containsOnly(5);
  }

  @Test
  void bandOfSeveralGaugesReachesOverAllOfThem() {
    Gauge one = registry.forHost("a").gauge("queue_length");
    Gauge other = registry.forHost("b").gauge("queue_length");
    run(
        tick -> {
          if (tick == 0) {
            one.set(2);
            other.set(10);
          }
        });

    Map<String, double[]> columns = columns(10);

    assertThat(columns.get("v")).containsOnly(6);
    assertThat(columns.get("lo")).containsOnly(2);
    assertThat(columns.get("hi")).containsOnly(10);
  }

  @Test
  void gaugeThatNobodySetIsNoData() {
    HostMetrics host = registry.forHost("a");
    Gauge gauge = host.gauge("queue_length");
    run(
        tick -> {
          if (tick == 500) {
            gauge.set(1);
          }
        });

    assertThat(columns(2).get("v")).containsExactly(Double.NaN, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 480})
  void longestDurationStays(int points) {
    Histogram histogram = registry.forHost("a").histogram("wait_seconds");
    run(tick -> histogram.record(tick == SPIKE ? Duration.ofMillis(1024) : Duration.ofMillis(1)));

    Map<String, double[]> columns = columns(points);

    assertThat(max(columns.get("max"))).isBetween(1.024, 1.025);
    assertThat(max(columns.get("p50"))).isBetween(0.001, 1.025);
  }

  @Test
  void pageOfAThousandGaugesOverTenThousandTicksIsSmall() {
    int ticks = 10_000;
    Gauge[] gauges = new Gauge[200];
    for (int i = 0; i < gauges.length; i++) {
      gauges[i] = registry.forHost("h" + i).gauge("queue_length");
    }
    for (int tick = 0; tick < ticks; tick++) {
      for (int i = 0; i < gauges.length; i++) {
        gauges[i].set((tick * 7919L + i * 104_729L) % 1_000 / 7.0);
      }
      store.tick(Duration.ofSeconds(tick + 1).toNanos(), List.of(registry));
    }
    Tracks tracks = new Tracks(new Sampler(Grid.of(store, 480)));

    store.series().forEach(series -> tracks.of(List.of(series)));

    assertThat(tracks.packedLength()).isLessThan(3_000_000);
  }
}
