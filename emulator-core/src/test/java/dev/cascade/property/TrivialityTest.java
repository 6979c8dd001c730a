package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties with the same verdict in every run are found, and no others. */
class TrivialityTest {
  private static final Vocabulary VOCABULARY =
      new Vocabulary(
          List.of(
              MetricInfo.counter("r_total", "", "outcome"),
              MetricInfo.counter("s_total", ""),
              MetricInfo.gauge("q", ""),
              MetricInfo.histogram("d_seconds", "")),
          List.of(new EventInfo("stopped", List.of(), "")));
  private static final Duration MEASURED = Duration.ofMinutes(5);

  private static Triviality of(PropertySpec spec) {
    return Triviality.of(spec, VOCABULARY, MEASURED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "1 < 2",
        "rate('r_total', '10s') >= 0",
        "rate('r_total', '10s') > -1",
        "-1 < mean('d_seconds') + quantile(0.9, 'd_seconds')",
        "ratio('r_total{outcome=\"error\"}', 'r_total') <= 1",
        "gauge('q') < 3 || count('d_seconds') >= 0",
        "orElse(rate('r_total'), 0) >= 0",
        "gauge('q') > 5 ? rate('r_total') >= 0 : total('r_total') > -2",
        "seconds() >= 0",
      })
  void whatIsTrueOfAnyNumbersCannotBeViolated(String expression) {
    assertThat(of(PropertySpec.always("p", expression)))
        .isEqualTo(
            new Triviality(Result.HOLDS, "(" + expression + ") is true whatever is measured"));
    assertThat(of(PropertySpec.never("p", expression)).result()).isEqualTo(Result.VIOLATED);
    assertThat(of(PropertySpec.sometimes("p", expression)).result()).isEqualTo(Result.HOLDS);
    assertThat(of(PropertySpec.eventually("p", expression, MEASURED)).result())
        .isEqualTo(Result.HOLDS);
    assertThat(of(PropertySpec.always("p", "!(" + expression + ")")).result())
        .isEqualTo(Result.VIOLATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate('r_total', '10s') > 0",
        "gauge('q') >= 0",
        "ratio('r_total{outcome=\"error\"}', 'r_total') < 1",
        "ratio('r_total', 's_total') <= 1",
        "ratio('s_total', 'r_total{outcome=\"error\"}') <= 1",
        "rate('r_total') - rate('s_total') >= 0",
        "orElse(rate('r_total'), -1) >= 0",
        "orElse(rate('r_total') >= 0, false)",
        "gauge('q') > 5 ? rate('r_total') >= 0 : total('r_total') > 2",
        "seconds() < 100 || rate('r_total') < 5",
      })
  void whatSomeNumbersDecideIsNotTrivial(String expression) {
    assertThat(of(PropertySpec.always("p", expression))).isNull();
    assertThat(of(PropertySpec.never("p", expression))).isNull();
    assertThat(of(PropertySpec.sometimes("p", expression))).isNull();
  }

  @Test
  void eventsMayHappenOrNot() {
    assertThat(of(PropertySpec.never("p", "event('stopped')"))).isNull();
    assertThat(of(PropertySpec.sometimes("p", "event('stopped')"))).isNull();
  }

  @Test
  void triggerThatCannotBeAsksForNothing() {
    PropertySpec asked = PropertySpec.always("p", "gauge('q') < 5");

    assertThat(of(asked.when("rate('r_total') > 5"))).isNull();
    assertThat(of(asked.when("rate('r_total') < 0")).reason()).contains("trigger");
  }

  @Test
  void violationMustFitIntoTheRun() {
    PropertySpec asked = PropertySpec.always("p", "gauge('q') < 5");

    assertThat(of(asked.lasting(MEASURED))).isNull();
    assertThat(of(asked.lasting(MEASURED.plusSeconds(1))).sentence("p"))
        .isEqualTo(
            "The property (p) cannot be violated: a violation counts after (5m1s), and the run measures (5m).");
  }
}
