package dev.cascade.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An expression's number has the unit of what it reads. */
class UnitsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "quantile(0.95, 'wait_seconds', '5m') < 0.05; s",
        "ratio('a_total', 'b_total') > 0.9; ratio",
        "sum(rate('a_total')) < 20; /s",
        "max(gauge('replica_lag_seconds{host=\"a\"}')) < 5; s",
        "sum(gauge('queue_length')) >= 3; ``",
        "increase('a_total', '1m') < 1; ``"
      })
  void unitOfAnExpression(String expression, String unit) {
    assertThat(Units.ofExpression(expression)).isEqualTo(unit);
  }
}
