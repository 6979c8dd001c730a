package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cascade.property.Conclusion.Match;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {
  private final ObjectMapper json = new ObjectMapper();

  private static List<Result> runs(int violated, int unknown, int of) {
    List<Result> results = new ArrayList<>(Collections.nCopies(violated, Result.VIOLATED));
    results.addAll(Collections.nCopies(unknown, Result.UNKNOWN));
    results.addAll(Collections.nCopies(of - violated - unknown, Result.HOLDS));
    return results;
  }

  @ParameterizedTest
  @CsvSource({
    "holds,    HOLDS,    MET",
    "holds,    VIOLATED, DEVIATED",
    "holds,    UNKNOWN,  INCONCLUSIVE",
    "violated, HOLDS,    DEVIATED",
    "violated, VIOLATED, MET",
    "violated, UNKNOWN,  INCONCLUSIVE",
    "unknown,  HOLDS,    DEVIATED",
    "unknown,  VIOLATED, DEVIATED",
    "unknown,  UNKNOWN,  MET",
    "any,      HOLDS,    MET",
    "any,      VIOLATED, MET",
    "any,      UNKNOWN,  MET",
  })
  void aWordIsTrueOfOneRunOrNot(String word, Result result, Match match) {
    assertThat(Expectation.of(word).judge(result).match()).isEqualTo(match);
    assertThat(Expectation.of(word).judge(List.of(result, result)).match()).isEqualTo(match);
  }

  @ParameterizedTest
  @CsvSource({
    "holds,    0, 0, 5, MET",
    "holds,    1, 0, 5, DEVIATED",
    "holds,    0, 1, 5, INCONCLUSIVE",
    "holds,    1, 1, 5, DEVIATED",
    "violated, 5, 0, 5, MET",
    "violated, 4, 0, 5, DEVIATED",
    "violated, 4, 1, 5, INCONCLUSIVE",
    "any,      2, 1, 5, MET",
  })
  void aWordMustBeTrueOfEveryRun(String word, int violated, int unknown, int of, Match match) {
    assertThat(Expectation.of(word).judge(runs(violated, unknown, of)).match()).isEqualTo(match);
  }

  @ParameterizedTest
  @CsvSource({
    // 0.05^(1/n) is the one-sided bound after n of n: .741 for 10, .807 for 14
    "0.8, 1.0, 10, 0, 10, INCONCLUSIVE",
    "0.8, 1.0, 13, 0, 13, INCONCLUSIVE",
    "0.8, 1.0, 14, 0, 14, MET",
    "0.8, 1.0, 13, 1, 14, INCONCLUSIVE",
    // and .777 and .850 those above 5 and 6 of 10
    "0.8, 1.0, 6,  0, 10, INCONCLUSIVE",
    "0.8, 1.0, 5,  0, 10, DEVIATED",
    "0.8, 1.0, 0,  0, 10, DEVIATED",
    "0.0, 0.2, 0,  0, 14, MET",
    "0.0, 0.2, 0,  0, 13, INCONCLUSIVE",
    "0.1, 0.6, 30, 0, 100, MET",
    "0.1, 0.6, 3,  0, 10, INCONCLUSIVE",
    "0.1, 0.6, 95, 0, 100, DEVIATED",
    "0.1, 0.6, 2,  0, 100, DEVIATED",
    "0.1, 0.6, 2,  20, 100, INCONCLUSIVE",
    "0.0, 1.0, 3,  0, 5, MET",
  })
  void aRateIsMetIfItsIntervalLiesWithin(
      double least, double most, int violated, int unknown, int of, Match match) {
    Expectation rate = Expectation.violatedIn(List.of(least, most), 0.95);
    assertThat(rate.judge(runs(violated, unknown, of)).match()).isEqualTo(match);
  }

  @ParameterizedTest
  @CsvSource({
    "0.8,  1.0,  VIOLATED, MET",
    "0.8,  1.0,  HOLDS,    MET",
    "0.99, 1.0,  HOLDS,    DEVIATED",
    "0.0,  0.01, VIOLATED, DEVIATED",
    "0.1,  0.6,  VIOLATED, MET",
    "0.1,  0.6,  UNKNOWN,  INCONCLUSIVE",
  })
  void oneRunIsOnlyConsistentWithARate(double least, double most, Result result, Match match) {
    Conclusion conclusion = Expectation.violatedIn(List.of(least, most), null).judge(result);
    assertThat(conclusion.match()).isEqualTo(match);
    if (result != Result.UNKNOWN) {
      assertThat(conclusion.reasoning()).contains("one run").contains("consistent with");
    }
  }

  @Test
  void theReasoningGivesNumbersAndAWayOut() {
    Expectation rate = Expectation.violatedIn(List.of(0.8, 1.0), 0.95);
    assertThat(rate.judge(runs(10, 0, 10)).reasoning())
        .isEqualTo(
            "Violated in 10 of 10 runs: at 95 % confidence it is violated in 0.741 to 1 of all runs,"
                + " and expected was 0.8 to 1. Maybe run about 14 seeds.");
    assertThat(rate.judge(runs(8, 2, 10)).reasoning()).contains("unknown in 2", "find out why");
    assertThat(Expectation.HOLDS.judge(runs(1, 0, 3)).reasoning())
        .isEqualTo("Violated in 1 of 3 runs; expected was holds.");
    assertThat(Expectation.HOLDS.judge(List.of()).match()).isEqualTo(Match.INCONCLUSIVE);
  }

  @Test
  void theIntervalIsThatOfTheTables() {
    // Clopper and Pearson's classic: 0 of 10, 5 of 10 and 10 of 10 at 95 %.
    assertThat(ClopperPearson.of(0, 10, 0.025, 0.025).high()).isCloseTo(0.3085, within(1e-4));
    assertThat(ClopperPearson.of(0, 10, 0.025, 0.025).low()).isZero();
    assertThat(ClopperPearson.of(5, 10, 0.025, 0.025).low()).isCloseTo(0.1871, within(1e-4));
    assertThat(ClopperPearson.of(5, 10, 0.025, 0.025).high()).isCloseTo(0.8129, within(1e-4));
    assertThat(ClopperPearson.of(10, 10, 0.025, 0.025).low()).isCloseTo(0.6915, within(1e-4));
  }

  @Test
  void tablesReadAsFilesWriteThem() throws Exception {
    Expectations table =
        json.readValue(
            """
            {"*": "any", "availability": {"violatedIn": [0.8, 1.0], "confidence": 0.9},
             "recovers": "holds"}""",
            Expectations.class);

    assertThat(table.of("recovers")).isEqualTo(Expectation.HOLDS);
    assertThat(table.of("availability")).isEqualTo(Expectation.violatedIn(List.of(0.8, 1.0), 0.9));
    assertThat(table.of("other")).isEqualTo(Expectation.of("any"));
    assertThat(table.properties()).containsExactly("availability", "recovers");
    assertThat(json.writeValueAsString(table))
        .isEqualTo(
            "{\"*\":\"any\",\"availability\":{\"violatedIn\":[0.8,1.0],\"confidence\":0.9},\"recovers\":\"holds\"}");
    assertThat(json.readValue("{}", Expectations.class).of("x")).isEqualTo(Expectation.HOLDS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"hold\" | Maybe \"holds\"?",
        "{\"violatedIn\": [0.8]} | two numbers",
        "{\"violatedIn\": [0.8, 0.2]} | the lesser first",
        "{\"violatedIn\": [0.8, 1.2]} | from 0 to 1",
        "{\"violatedIn\": [0.1, 0.2], \"confidence\": 1} | below 1",
        "{\"confidence\": 0.9} | violatedIn",
      })
  void whatIsNoneIsRefused(String text, String reason) {
    assertThatThrownBy(() -> json.readValue(text, Expectation.class)).hasMessageContaining(reason);
  }
}
