package dev.cascade.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.metrics.HostMetrics;
import dev.cascade.metrics.MetricRegistry;
import dev.cascade.metrics.SeriesStore;
import dev.cascade.node.Metrics.Gauge;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What gets a chart. */
class ChartChoiceTest {
  /** A flat line at 0 is no news; one tick above it is, and so is an instant. */
  @Test
  void gaugesThatStayAtZeroGetNone() {
    MetricRegistry registry = new MetricRegistry();
    SeriesStore store = new SeriesStore();
    HostMetrics host = registry.forHost("a");
    host.gauge("idle").set(0);
    Gauge once = host.gauge("once");
    for (int second = 1; second <= 5; second++) {
      once.set(second == 3 ? 1 : 0);
      if (second == 4) {
        host.gauge("blinks").set(1); // within a tick
        host.gauge("blinks").set(0);
      }
      store.tick(Duration.ofSeconds(second).toNanos(), List.of(registry));
    }

    ChartChoice choice =
        new ChartChoice(store, List.of(), new Tracks(new Sampler(Grid.of(store, 480))));

    assertThat(choice.sections(name -> false))
        .flatMap(Chart.Section::groups)
        .flatMap(Chart.Group::charts)
        .extracting(Chart::title)
        .containsExactlyInAnyOrder("once", "blinks");
  }
}
