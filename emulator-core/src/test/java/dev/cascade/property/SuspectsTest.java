package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.metrics.SeriesKey;
import dev.cascade.node.MetricInfo;
import dev.cascade.property.Suspects.Guilt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A violated property blames the series of its bad samples, not what only happened less. */
class SuspectsTest {
  private static final Vocabulary VOCABULARY =
      new Vocabulary(
          List.of(
              MetricInfo.counter("r_total", "", "outcome"),
              MetricInfo.counter("s_total", ""),
              MetricInfo.gauge("q", ""),
              MetricInfo.histogram("d_seconds", "")),
          List.of());
  private static final SeriesKey WORKED = SeriesKey.of("r_total", "outcome", "ok");
  private static final SeriesKey FAILED = SeriesKey.of("r_total", "outcome", "timeout");
  private static final SeriesKey LASTED = SeriesKey.of("d_seconds");

  private static Suspects of(PropertySpec spec) {
    return Suspects.of(CompiledProperty.of(spec, VOCABULARY));
  }

  private static Suspects always(String expression) {
    return of(PropertySpec.always("p", expression));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ratio('r_total{outcome=\"ok\"}', 'r_total') > 0.9",
        "0.9 <= ratio('r_total{outcome=\"ok\"}', 'r_total')",
        "!(ratio('r_total{outcome=\"ok\"}', 'r_total') < 0.9)",
        "1 - ratio('r_total{outcome=\"ok\"}', 'r_total') < 0.1",
        "100 * orElse(ratio('r_total{outcome=\"ok\"}', 'r_total'), 1) > 90",
        "sum(rate('r_total{outcome=\"ok\"}')) / sum(rate('r_total')) > 0.9",
      })
  void aShareThatIsTooLowBlamesWhatIsNotInIt(String expression) {
    assertThat(always(expression).guilt(FAILED)).isEqualTo(Guilt.RISE);
    assertThat(always(expression).guilt(WORKED)).isNotEqualTo(Guilt.RISE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ratio('r_total{outcome=\"timeout\"}', 'r_total') < 0.1",
        "rate('r_total{outcome=\"timeout\"}', '10s') <= 5",
        "rate('s_total', '10s') > rate('r_total{outcome=\"timeout\"}', '10s')",
      })
  void aNumberOfFailuresThatIsTooHighBlamesThem(String expression) {
    assertThat(always(expression).guilt(FAILED)).isEqualTo(Guilt.RISE);
    assertThat(always(expression).guilt(WORKED)).isNotEqualTo(Guilt.RISE);
  }

  @Test
  void whatMustNeverBeIsBlamedTheOtherWayRound() {
    String rule = "ratio('r_total{outcome=\"ok\"}', 'r_total') < 0.9";

    assertThat(of(PropertySpec.never("p", rule)).guilt(FAILED)).isEqualTo(Guilt.RISE);
    assertThat(of(PropertySpec.always("p", rule)).guilt(WORKED)).isEqualTo(Guilt.RISE);
    assertThat(of(PropertySpec.always("p", rule)).guilt(FAILED)).isEqualTo(Guilt.CHANGE);
  }

  @Test
  void tooLittleWorkBlamesTheFall() {
    assertThat(always("rate('r_total{outcome=\"ok\"}', '10s') > 5").guilt(WORKED))
        .isEqualTo(Guilt.FALL);
  }

  @Test
  void ofAHistogramOnlySamplesOverTheBoundAreBad() {
    Suspects suspects = always("quantile(0.99, 'd_seconds', '10s') < 0.25");

    assertThat(suspects.guilt(LASTED)).isEqualTo(Guilt.RISE);
    assertThat(suspects.badAboveSeconds(LASTED)).isEqualTo(0.25);
  }

  /** A trigger says when to look, not what is wrong. */
  @Test
  void aTriggerIsNotToBlame() {
    Suspects suspects =
        of(
            PropertySpec.eventually("p", "gauge('q') < 3", Duration.ofSeconds(9))
                .when("rate('s_total', '10s') > 0"));

    assertThat(suspects.guilt(SeriesKey.of("s_total"))).isEqualTo(Guilt.NONE);
    assertThat(suspects.guilt(SeriesKey.of("q"))).isEqualTo(Guilt.CHANGE);
    assertThat(suspects.areAmong(SeriesKey.of("other"))).isFalse();
  }
}
