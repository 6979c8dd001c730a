package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.node.MetricInfo;
import dev.cascade.property.CompiledProperty;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.Vocabulary;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** k6's thresholds become properties that are judged when all has been measured. */
class ThresholdTest {
  private static final MetricInfo HISTOGRAM = MetricInfo.histogram("d_seconds", "", "status");
  private static final MetricInfo COUNTER = MetricInfo.counter("r_total", "", "status");
  private static final MetricInfo GAUGE = MetricInfo.gauge("q", "");
  private static final Timing TIMING =
      new Timing(1, Duration.ofSeconds(61), Duration.ZERO, Duration.ofSeconds(2));

  private static final MetricInfo FAILED = MetricInfo.counter("r_failed", "", "status");
  private static final Vocabulary VOCABULARY =
      new Vocabulary(List.of(HISTOGRAM, COUNTER, GAUGE, FAILED), List.of());

  private static List<Limit> limits(String key, String... thresholds) {
    MetricInfo metric = Objects.requireNonNull(VOCABULARY.metric(Threshold.metric(key)));
    return Threshold.limits(
        key, metric, List.of(thresholds).stream().map(Threshold::parse).toList(), VOCABULARY);
  }

  private static PropertySpec property(String key, String... thresholds) {
    return Threshold.property(key, limits(key, thresholds), TIMING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "d_seconds | p(95)<0.2 | quantile(0.95, 'd_seconds') < 0.2",
        "d_seconds | p(99.9) <= 1 | quantile(0.999, 'd_seconds') <= 1.0",
        "d_seconds | med<0.2 | quantile(0.5, 'd_seconds') < 0.2",
        "d_seconds | avg<0.2 | mean('d_seconds') < 0.2",
        "d_seconds | max<2 | quantile(1.0, 'd_seconds') < 2.0",
        "d_seconds | count>100 | count('d_seconds') > 100.0",
        "r_total | rate<0.05 | sum(rate('r_total')) < 0.05",
        "r_total | count===0 | sum(total('r_total')) == 0.0",
        "q | value<5 | sum(gauge('q')) < 5.0",
        "r_total{status:500} | count<5 | sum(total('r_total{status=\"500\"}')) < 5.0",
        "d_seconds | p(95)<500ms | quantile(0.95, 'd_seconds') < 0.5",
        "d_seconds | max<=1.5m | quantile(1.0, 'd_seconds') <= 90.0",
        "r_total | rate>5/s | sum(rate('r_total')) > 5.0",
        "r_total{status:500} | rate<1% | ratio('r_total{status=\"500\"}', 'r_total') < 0.01",
        "r_failed | rate<0.01 | ratio('r_failed', 'r_total') < 0.01",
        "r_failed{status:500} | rate<1% | ratio('r_failed{status=\"500\"}', 'r_total{status=\"500\"}') < 0.01",
        "r_failed | rate<2/s | sum(rate('r_failed')) < 2.0",
        "q | value<5% | sum(gauge('q')) < 0.05",
      })
  void thresholdIsAnExpression(String key, String threshold, String expression) {
    PropertySpec property = property(key, threshold);

    assertThat(property.name()).isEqualTo(key);
    // 61 s in ticks of 2 s: the last one ends at 60 s, half a tick after 59 s.
    assertThat(property.always()).isEqualTo("seconds() < 59.0 || (" + expression + ")");
    CompiledProperty.of(property, VOCABULARY);
  }

  @Test
  void allThresholdsOfAMetricMustHold() {
    assertThat(property("r_total", "rate<2", "count>1").always())
        .endsWith("(sum(rate('r_total')) < 2.0 && sum(total('r_total')) > 1.0)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "avg<1 mile",
        "avg<1 s 2",
        "p95<1",
        "p(101)<1",
        "rate",
        "rate<x",
        "rate<1 && rate>0",
        "p()<1"
      })
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> Threshold.parse(text)).hasMessageContaining("cannot be read");
  }

  @Test
  void aggregationMustFitTheMetric() {
    assertThatThrownBy(() -> property("q", "p(95)<1")).hasMessageContaining("needs a histogram");
    assertThatThrownBy(() -> property("d_seconds", "value<1")).hasMessageContaining("a gauge");
    assertThatThrownBy(() -> property("q", "count<1")).hasMessageContaining("(q) is a gauge");
  }

  @Test
  void unitMustFitWhatIsMeasured() {
    assertThatThrownBy(() -> property("r_total", "rate<5ms")).hasMessageContaining("(ms)");
    assertThatThrownBy(() -> property("d_seconds", "p(95)<5%")).hasMessageContaining("(%)");
    assertThatThrownBy(() -> property("d_seconds", "count<5s")).hasMessageContaining("(s)");
    assertThatThrownBy(() -> property("r_total", "rate<1%"))
        .hasMessageContaining("nothing says of what")
        .hasMessageContaining("r_total{status:…}");
  }
}
