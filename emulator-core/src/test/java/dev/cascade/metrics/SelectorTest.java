package dev.cascade.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
  private static final SeriesKey KEY =
      SeriesKey.of("requests_total", "path", "/health", "zone", "a", "note", "say \"hi\"");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "requests_total | true",
        "requests_total{} | true",
        " requests_total { path = \"/health\" , } | true",
        "requests | false",
        "requests_total{path=\"/health\"} | true",
        "requests_total{path='/health'} | true",
        "requests_total{path=\"/price\"} | false",
        "requests_total{path!=\"/price\",zone=\"a\"} | true",
        "requests_total{path!=\"/health\"} | false",
        "requests_total{path=~\"/h.*\"} | true",
        "requests_total{path=~\"/h\"} | false",
        "requests_total{path=~\"/(price,health)\"} | false",
        "requests_total{path=~\"/[ph].+\"} | true",
        "requests_total{path!~\"/h.*\"} | false",
        "requests_total{path!~\"/p.*\"} | true",
        "requests_total{absent=\"\"} | true",
        "requests_total{absent!=\"\"} | false",
        "requests_total{absent=~\".*\"} | true",
        "requests_total{note=\"say \\\"hi\\\"\"} | true",
        "requests_total{zone=\"a\",zone!=\"b\"} | true",
      })
  void choosesAsPrometheusDoes(String selector, boolean chosen) {
    assertThat(Selector.parse(selector).matches(KEY)).isEqualTo(chosen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 0 | a metric's name",
        "9lives | 0 | a metric's name",
        "x{a} | 3 | one of = != =~ !~",
        "x{a=b} | 4 | a value in quotes",
        "x{a=\"b} | 4 | not closed",
        "x{a=\"b\" | 7 | a comma or }",
        "x{a=\"b\";c=\"d\"} | 7 | a comma or }",
        "x{=\"b\"} | 2 | a label",
        "x{a=~\"(\"} | 5 | RE2",
        "x{a=\"\\q\"} | 5 | backslash",
        "x y | 2 | end here",
        "x[5m] | 1 | end here",
      })
  void whatIsNoneIsRefusedWithItsPlace(String text, int offset, String reason) {
    assertThatThrownBy(() -> Selector.parse(text))
        .isInstanceOf(SelectorException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("(" + text + ")")
        .extracting(error -> ((SelectorException) error).offset())
        .isEqualTo(offset);
  }
}
