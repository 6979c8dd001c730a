package dev.cascade.models.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HorizontalPodAutoscaler's formula, ceil(current × metric / target), as tables. */
class ReplicaCalculatorTest {
  private static List<Double> percents(String text) {
    return Stream.of(text.split(" ")).map(part -> Integer.parseInt(part) / 100.0).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 100, 2", // Kubernetes' own example: twice the target, twice as many
    "2, 25 25, 1",
    "4, 60 60 60 60, 5", // ceil(4 x 1.2)
    "4, 50 50 50 50, 4",
    "4, 55 55 55 55, 4", // a tolerance of 10 %
    "4, 56 56 56 56, 5", // ceil(4.48)
    "4, 45 45 45 45, 4",
    "4, 37 37 37 37, 3", // ceil(2.96)
    "3, 100 100 100, 6",
    "3, 0 0 0, 0", // the bounds are not the formula's
    "3, 90 40 20, 3" // the average counts
  })
  void asManyAsTheLoadNeeds(int replicas, String measured, int desired) {
    ReplicaCalculator calculator = new ReplicaCalculator(0.5, 0.1);

    assertThat(calculator.desired(replicas, percents(measured), 0)).isEqualTo(desired);
  }

  @ParameterizedTest
  @CsvSource({
    // Too busy: those that start count as idle, and are the help that was asked for.
    "4, 100 100, 2, 4", // (200 + 0) / 4 is the target
    "3, 100 100, 1, 4", // 67 % of 3 against 50 %
    "6, 60 60, 4, 6", // it would turn to fewer: nothing is done
    // Idle: those that are silent count as fully used.
    "4, 10 10, 2, 4", // (20 + 200) / 4 = 55 %
    "4, 10 10 10, 1, 3", // 130 / 4 = 32.5 %: ceil(2.6)
    "2, , 2, 2" // nobody has told anything
  })
  void whatIsUnknownMakesItNeitherMoreNorFewer(
      int replicas, String measured, int unknown, int desired) {
    ReplicaCalculator calculator = new ReplicaCalculator(0.5, 0.1);
    List<Double> told = measured == null ? List.of() : percents(measured);

    assertThat(calculator.desired(replicas, told, unknown)).isEqualTo(desired);
  }

  @Test
  void oneDecisionAtMostDoublesThemOrMakesFour() {
    assertThat(List.of(1, 2, 3, 10))
        .extracting(ReplicaCalculator::limit)
        .containsExactly(4, 4, 6, 20);
  }

  @Test
  void theMostOfTheWindowIsKept() {
    Stabilization window = new Stabilization(300);

    assertThat(window.stable(0, 5)).isEqualTo(5);
    assertThat(window.stable(100, 2)).isEqualTo(5);
    assertThat(window.stable(200, 3)).isEqualTo(5);
    assertThat(window.stable(301, 1)).isEqualTo(3); // the 5 is too old now
    assertThat(window.stable(501, 1)).isEqualTo(1);
  }
}
