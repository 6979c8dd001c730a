package dev.cascade.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The knee of a curve whose knee is known. */
class KneeTest {
  private static Knee knee(java.util.List<Point> points) {
    return Knee.of(points, Synthetic.MEASURE).orElseThrow();
  }

  private static Knee.Interval interval(Knee knee) {
    return Objects.requireNonNull(knee.interval());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10, 16})
  void twoStraightLinesHaveItWhereTheyMeet(int at) {
    Knee knee = knee(Synthetic.curve(21, 1, 0, x -> x < at ? 1 : 1 + (x - at)));

    assertThat(knee.at().value()).isEqualTo(at);
    assertThat(interval(knee(Synthetic.curve(21, 5, 0, x -> x < at ? 1 : 1 + (x - at)))))
        .isEqualTo(new Knee.Interval(knee.at(), knee.at()));
  }

  /** Falling, or bent to the other side, it is a knee too. */
  @Test
  void bothDirectionsAndBothSidesAreKnees() {
    assertThat(knee(Synthetic.curve(21, 1, 0, x -> Math.min(x, 8))).at().value()).isEqualTo(8);
    assertThat(knee(Synthetic.curve(21, 1, 0, x -> -Math.min(x, 8))).at().value()).isEqualTo(8);
    assertThat(knee(Synthetic.curve(21, 1, 0, x -> -Math.max(x, 8))).at().value()).isEqualTo(8);
  }

  /**
   * Of 1/(1 - x) between 0 and 0.95 the chord has the slope (20 - 1) / 0.95 = 20; the curve has it
   * where 1/(1 - x)² = 20, at x = 1 - 1/√20 = 0.776. Levels are 0.05 apart.
   */
  @Test
  void queueHasItWhereItsSlopeIsThatOfTheChord() {
    Knee knee = knee(Synthetic.curve(20, 1, 0, i -> 1 / (1 - i / 20)));

    assertThat(knee.at().value() / 20)
        .isEqualTo(0.776, org.assertj.core.api.Assertions.within(0.03));
  }

  /** Noise of a tenth of the rise, in ten runs: the mean wanders by a thirtieth of it. */
  @Test
  void noiseWidensTheIntervalWhichHoldsTheTruth() {
    Knee knee = knee(Synthetic.curve(21, 10, 1, x -> Math.max(0, x - 10)));

    assertThat(interval(knee).low().value()).isBetween(7.0, 10.0);
    assertThat(interval(knee).high().value()).isBetween(10.0, 13.0);
  }

  /** Of three values a resample is the same one thrice in one of nine: no 95 % come of that. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void fewSeedsHaveNoInterval(int seeds) {
    Knee knee = knee(Synthetic.curve(21, seeds, 0.1, x -> Math.max(0, x - 10)));

    assertThat(knee.interval()).isNull();
    assertThat(knee.seeds()).isEqualTo(seeds);
  }

  @Test
  void straightLineHasNone() {
    assertThat(Knee.of(Synthetic.curve(21, 1, 0, x -> 3 * x), Synthetic.MEASURE)).isEmpty();
    assertThat(Knee.of(Synthetic.curve(21, 1, 0, x -> 3), Synthetic.MEASURE)).isEmpty();
  }

  @Test
  void noiseAloneHasNone() {
    assertThat(Knee.of(Synthetic.curve(21, 5, 1, x -> 0), Synthetic.MEASURE)).isEmpty();
  }

  @Test
  void fewLevelsHaveNone() {
    assertThat(Knee.of(Synthetic.curve(4, 1, 0, x -> Math.max(0, x - 2)), Synthetic.MEASURE))
        .isEmpty();
  }
}
