package dev.cascade.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slip of the fingers is recognised, another word is not. */
class SuggestionTest {
  private static final List<String> KEYS = List.of("interval", "timeout", "unhealthyThreshold");

  @ParameterizedTest
  @CsvSource({
    "intervall, interval",
    "intreval, interval",
    "Interval, interval",
    "tiemout, timeout",
    "unhealtyTreshold, unhealthyThreshold",
  })
  void slipIsRecognised(String typed, String meant) {
    assertThat(Suggestion.nearest(typed, KEYS)).contains(meant);
  }

  @Test
  void partOfAWordIsRecognised() {
    List<String> metrics = List.of("http_client_requests_total", "queue_length");

    assertThat(Suggestion.nearest("requests_total", metrics)).contains(metrics.get(0));
    assertThat(Suggestion.nearest("my_queue_length_now", metrics)).contains(metrics.get(1));
  }

  @ParameterizedTest
  @CsvSource({"path", "in", "t", "x"})
  void otherWordIsNot(String typed) {
    assertThat(Suggestion.nearest(typed, KEYS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc, 0",
    "abc, acb, 1",
    "abc, ab, 1",
    "abc, abcd, 1",
    "abc, xbc, 1",
    "ab, ba, 1"
  })
  void distanceCountsSlips(String left, String right, int distance) {
    assertThat(Suggestion.distance(left, right)).isEqualTo(distance);
    assertThat(Suggestion.distance(right, left)).isEqualTo(distance);
  }

  @Test
  void whatThereIsIsListedWhereNothingIsNear() {
    assertThat(Suggestion.maybe("path", KEYS))
        .isEqualTo(" Maybe one of: interval, timeout, unhealthyThreshold?");
    assertThat(Suggestion.maybe("path", List.of())).isEmpty();
    assertThat(Suggestion.maybe("intervall", KEYS)).isEqualTo(" Maybe \"interval\"?");
  }

  @Test
  void longWordsAreNotCompared() {
    String word = "a".repeat(65);

    assertThat(Suggestion.nearest(word, List.of(word.replaceFirst("a", "b"), "interval")))
        .isEmpty();
  }
}
