package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cascade.metrics.SeveralSeriesException;
import dev.cascade.node.MetricInfo;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  private final Emulated run = new Emulated(2);

  /** Two seconds of warm-up, then two seconds in which this happened. */
  @BeforeEach
  void setUp() {
    run.a.counter("requests_total", "outcome", "ok").add(1_000);
    run.a.histogram("wait_seconds", "path", "/").record(Duration.ofSeconds(50));
    run.a.gauge("queue_length").set(7);
    run.b.gauge("queue_length").set(1);
    run.ticks(2);
    run.a.counter("requests_total", "outcome", "ok").add(6);
    run.b.counter("requests_total", "outcome", "error").add(2);
    run.a.histogram("wait_seconds", "path", "/").record(Duration.ofNanos(100));
    run.tick();
    run.a.counter("requests_total", "outcome", "ok").add(10);
    run.a.histogram("wait_seconds", "path", "/").record(Duration.ofNanos(300));
    run.a.histogram("wait_seconds", "path", "/x").record(Duration.ofNanos(800));
    run.a.gauge("queue_length").set(9);
    run.a.gauge("queue_length").set(3);
    run.a.gauge("queue_length").set(5);
    run.a.gauge("threads").set(10);
    run.tick();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 + 2 * 3 - 4 / 8 | 6.5",
        "-(2) | -2",
        "seconds() | 4",
        "gauge('threads') | 10",
        "gauge('queue_length{host=\"b\"}') | 1",
        "sum(gauge('queue_length')) | 6",
        "avg(gauge('queue_length')) | 3",
        "min(gauge('queue_length')) | 1",
        "max(gauge('queue_length')) | 5",
        "count(gauge('queue_length')) | 2",
        "max(gauge('threads'), 3) - min(4, 7.5) | 6",
        "2 * gauge('threads') / 4 | 5",
        "rate('requests_total{outcome=\"ok\"}', '1s') | 10",
        "rate('requests_total{outcome=\"ok\"}') | 8",
        "sum(rate('requests_total', '2s')) | 9",
        "max(increase('requests_total', '2s')) | 16",
        "total('requests_total{outcome=\"ok\"}') | 16",
        "sum(total('requests_total')) | 18",
        "total('drops_total') | 0",
        "ratio('requests_total{outcome=\"error\"}', 'requests_total', '1s') | 0",
        "ratio('requests_total{outcome=\"error\"}', 'requests_total', '1m30s') * 9 | 1",
        "quantile(0.5, 'wait_seconds') | 3e-7",
        "quantile(1, 'wait_seconds{path=\"/\"}', '10s') | 3e-7",
        "mean('wait_seconds') | 4e-7",
        "mean('wait_seconds', '1s') | 5.5e-7",
        "count('wait_seconds') | 3",
        "count('wait_seconds', '1000ms') | 2",
        "ratio('requests_total', 'drops_total', '1s') | null",
        "orElse(ratio('requests_total', 'drops_total', '1s'), 0.25) | 0.25",
        "orElse(gauge('threads'), 1) | 10",
        "gauge('threads') / total('drops_total') | null",
        "gauge('threads') > 5 ? 1 : 2.5 | 1",
        "gauge('threads') > 50 ? 1 : 2.5 | 2.5",
        "ratio('requests_total', 'drops_total') > 1 ? 1 : 2 | null",
        "seconds() > 3 && 1 < 2 ? 1 : 0 | 1",
      })
  void measures(String text, String value) {
    Double measured = Expression.number(text, Emulated.VOCABULARY).measure(run.readings, 3);
    assertThat(measured).isEqualTo(value.equals("null") ? null : Double.valueOf(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // The queue of host a was 7, 9, 3 and 5 in the tick, that of b was 1
        "gauge('queue_length{host=\"a\"}') > 2 ; TRUE ; TRUE",
        "gauge('queue_length{host=\"a\"}') >= 3 ; TRUE ; TRUE",
        "gauge('queue_length{host=\"a\"}') > 3 ; FALSE ; TRUE",
        "gauge('queue_length{host=\"a\"}') < 9 ; FALSE ; TRUE",
        "gauge('queue_length{host=\"a\"}') > 9 ; FALSE ; FALSE",
        "10 > gauge('queue_length{host=\"a\"}') ; TRUE ; TRUE",
        "!(gauge('queue_length{host=\"a\"}') > 3) ; FALSE ; TRUE",
        "gauge('queue_length{host=\"a\"}') == 5 ; FALSE ; TRUE",
        "gauge('queue_length{host=\"a\"}') != 10 ; TRUE ; TRUE",
        "sum(gauge('queue_length')) <= 10 ; TRUE ; TRUE",
        "sum(gauge('queue_length')) < 10 ; FALSE ; TRUE",
        "max(gauge('queue_length')) - min(gauge('queue_length')) <= 8 ; TRUE ; TRUE",
        "max(gauge('queue_length')) - min(gauge('queue_length')) <= 2 ; FALSE ; TRUE",
        // No data is unknown, and stays so unless the rest decides
        "ratio('requests_total', 'drops_total') < 1 ; UNKNOWN ; UNKNOWN",
        "ratio('requests_total', 'drops_total') < 1 || 1 < 2 ; TRUE ; TRUE",
        "ratio('requests_total', 'drops_total') < 1 && 1 < 2 ; UNKNOWN ; UNKNOWN",
        "ratio('requests_total', 'drops_total') < 1 && 1 > 2 ; FALSE ; FALSE",
        "!(ratio('requests_total', 'drops_total') < 1) ; UNKNOWN ; UNKNOWN",
        "orElse(ratio('requests_total', 'drops_total') < 1, true) ; TRUE ; TRUE",
        "orElse(ratio('requests_total', 'drops_total'), 0) < 1 ; TRUE ; TRUE",
        "true ? false : true ; FALSE ; FALSE",
        "(1 < 2) == (3 < 4) ; TRUE ; TRUE",
        "(1 < 2) != (gauge('threads') > 5) ; FALSE ; FALSE",
      })
  void judgesATickAtItsWorstAndItsBest(String text, Truth worst, Truth best) {
    Expression expression = Expression.condition(text, Emulated.VOCABULARY);
    assertThat(expression.judge(run.readings, 3)).isEqualTo(new Judgement(worst, best));
  }

  @Test
  void severalSeriesWithoutAnAggregationAreADefect() {
    Expression gauge = Expression.number("gauge('queue_length')", Emulated.VOCABULARY);
    Expression rate = Expression.number("rate('requests_total', '1s')", Emulated.VOCABULARY);
    assertThatThrownBy(() -> gauge.measure(run.readings, 3))
        .isInstanceOf(SeveralSeriesException.class);
    assertThatThrownBy(() -> rate.measure(run.readings, 3))
        .isInstanceOf(SeveralSeriesException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gauge('queue_lenght') > 1 | 1:7 | There is no metric (queue_lenght). Maybe \"queue_length\"?",
        "gauge('wholly-other') > 1 | 1:14 | it should end here",
        "1 < gauge('zzz') | 1:11 | There is no metric (zzz).",
        "gauge('requests_total') > 1 | 1:7 | requests_total is a counter, and here should be a gauge. Maybe rate, increase, total or ratio.",
        "rate('queue_length') > 1 | 1:6 | queue_length is a gauge, and here should be a counter. Maybe gauge.",
        "quantile(0.9, 'requests_total') > 1 | 1:15 | here should be a histogram",
        "rate('wait_seconds') > 1 | 1:6 | Maybe quantile, mean or count",
        "total('requests_total{outcom=\"ok\"}') > 1 | 1:23 | no label (outcom), only [outcome]. Maybe \"outcome\"?",
        "gauge('threads{zone=\"a\"}') > 1 | 1:16 | no label (zone), only [host]",
        "gauge('threads{host=~\"(\"}') > 1 | 1:22 | RE2",
        "increase('drops_total', '10') > 1 | 1:25 | not (10). Maybe '10s'",
        "increase('drops_total', '0s') > 1 | 1:25 | longer than zero",
        "increase('drops_total', '10 s') > 1 | 1:25 | longer than zero",
        "increase('drops_total', '-1s') > 1 | 1:25 | longer than zero",
        "quantile(99, 'wait_seconds') > 1 | 1:10 | between 0 and 1, not (99.0)",
        "quantile(seconds(), 'wait_seconds') > 1 | 1:10 | written as a number",
        "gauge(1) > 1 | 1:6 | gauge takes (text), not (number).",
        "gauge('threads') > true | 1:18 | > takes (number, number), not (number, true or false).",
        "gauge('threads') && true | 1:18 | && takes (true or false, true or false), not (number, true or false).",
        "guage('threads') > 1 | 1:6 | There is no function (guage). Maybe \"gauge\"?",
        "size('threads') > 1 | 1:5 | There is no function (size).",
        "gauge('threads') > | 1:19 | This is no CEL",
        "gauge('threads') | 1:1 | A property is true or false; this is a number.",
        "'threads' | 1:1 | this is a text",
        "sum(gauge('threads') + 1) > 1 | 1:1 | sum takes gauge(…)",
        "count(seconds()) > 1 | 1:1 | count takes gauge(…)",
        "sum(1) > 1 | 1:1 | sum takes gauge(…)",
        "gauge(true ? 'a' : 'b') > 1 | 1:12 | takes",
        "event('node-redy') | 1:7 | There is no event (node-redy). Maybe \"node-ready\"?",
        "event('node-ready', 'zon', 'a') | 1:21 | no field (zon), only host, node, zone. Maybe \"zone\"?",
      })
  void whatMeansNothingIsRefusedWithItsPlace(String text, String place, String reason) {
    ExpressionException refused =
        catchThrowableOfType(
            ExpressionException.class, () -> Expression.condition(text, Emulated.VOCABULARY));

    assertThat(refused).as("refused").isNotNull();
    ExpressionException.Problem problem = refused.problems().get(0);
    assertThat(problem.message()).contains(reason);
    assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
  }

  @Test
  void allErrorsComeAtOnceWithTheirLines() {
    String text = "gauge('thread') > 1\n  && rate('drops_total', '5') > 2\n  && event('x')";
    ExpressionException refused =
        catchThrowableOfType(
            ExpressionException.class, () -> Expression.condition(text, Emulated.VOCABULARY));

    assertThat(refused.problems())
        .extracting(problem -> problem.line() + ":" + problem.column())
        .containsExactly("1:7", "2:26", "3:12");
  }

  @Test
  void aMeasurementIsANumberAndAQuestionMayBeEither() {
    assertThatThrownBy(() -> Expression.number("1 < 2", Emulated.VOCABULARY))
        .hasMessage(
            "1:1: A measurement is a number; this is true or false. Maybe drop the comparison.");
    assertThat(Expression.any("1 < 2", Emulated.VOCABULARY).isCondition()).isTrue();
    assertThat(Expression.any("1 + 2", Emulated.VOCABULARY).isCondition()).isFalse();
  }

  @Test
  void everyFunctionOfTheLanguageIsUnderstood() {
    // One of each overload: an operator or function that only CEL knows would throw here.
    for (String text :
        List.of(
            "1 + 1.5 - 1 * 2 / 3 < 4 && 1 <= 2 || 2 > 1 && 2 >= 1 && 1 == 1 && 1 != 2 && !false",
            "true == false || true != false",
            "(true ? 1 : 2) + -1 + -seconds() > min(1, 2) + max(1.5, 2)",
            "true ? event('leader-lost') : orElse(true, false)",
            "orElse(1, 2) > count('wait_seconds', '1s') + count(gauge('threads'))",
            "ratio('drops_total', 'requests_total') > rate('drops_total') + mean('wait_seconds')")) {
      assertThat(Expression.condition(text, Emulated.VOCABULARY).isCondition()).isTrue();
    }
  }

  @Test
  void aMetricHasOneDeclaration() {
    assertThatThrownBy(
            () ->
                new Vocabulary(
                    List.of(MetricInfo.gauge("x", "X."), MetricInfo.counter("x", "X.")), List.of()))
        .hasMessageContaining("x is declared as GAUGE")
        .hasMessageContaining("COUNTER");
  }
}
