package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.metrics.Range;
import dev.cascade.random.RandomStream;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** Whatever two numbers are within their ranges, the result is within its own. */
class IntervalsTest {
  private final RandomStream random = RandomStream.of(11);

  private Range range() {
    double a = random.nextInt(21) - 10;
    double b = random.nextInt(21) - 10;
    return new Range(Math.min(a, b), Math.max(a, b));
  }

  private double within(Range range) {
    return switch (random.nextInt(4)) {
      case 0 -> range.min();
      case 1 -> range.max();
      default -> range.min() + random.nextDouble() * (range.max() - range.min());
    };
  }

  private void holdsAll(BiFunction<Range, Range, Range> onRanges, DoubleBinaryOperator onNumbers) {
    for (int i = 0; i < 20_000; i++) {
      Range left = range();
      Range right = range();
      Range result = onRanges.apply(left, right);
      double number = onNumbers.applyAsDouble(within(left), within(right));
      if (result != null && !Double.isNaN(number)) {
        assertThat(number).isBetween(result.min() - 1e-9, result.max() + 1e-9);
      }
    }
  }

  @Test
  void arithmeticHoldsAllThatIsPossible() {
    holdsAll(Intervals::plus, Double::sum);
    holdsAll(Intervals::minus, (a, b) -> a - b);
    holdsAll(Intervals::times, (a, b) -> a * b);
    holdsAll(Intervals::dividedBy, (a, b) -> b == 0 ? Double.NaN : a / b);
    holdsAll(Intervals::lesser, Math::min);
    holdsAll(Intervals::greater, Math::max);
  }

  @Test
  void arithmeticOnSingleNumbersIsOrdinary() {
    assertThat(Intervals.times(Range.of(3), Range.of(-2))).isEqualTo(Range.of(-6));
    assertThat(Intervals.dividedBy(Range.of(3), Range.of(2))).isEqualTo(Range.of(1.5));
    assertThat(Intervals.dividedBy(Range.of(3), Range.of(0))).isNull();
    assertThat(Intervals.minus(new Range(1, 4), new Range(1, 4))).isEqualTo(new Range(-3, 3));
  }

  @Test
  void comparisonsAreSureOnlyWhereNothingElseIsPossible() {
    for (int i = 0; i < 20_000; i++) {
      Range left = range();
      Range right = range();
      double a = within(left);
      double b = within(right);
      assertAllows(Intervals.less(left, right), a < b);
      assertAllows(Intervals.lessOrEqual(left, right), a <= b);
      assertAllows(Intervals.equal(left, right), a == b);
    }
  }

  private static void assertAllows(Judgement judgement, boolean happened) {
    assertThat(happened ? judgement.best() : judgement.worst())
        .isEqualTo(happened ? Truth.TRUE : Truth.FALSE);
  }

  @Test
  void comparisonsAreSureWhereTheyCanBe() {
    assertThat(Intervals.less(new Range(1, 2), new Range(3, 4))).isEqualTo(Judgement.of(true));
    assertThat(Intervals.less(new Range(3, 4), new Range(1, 3))).isEqualTo(Judgement.of(false));
    assertThat(Intervals.lessOrEqual(new Range(1, 3), Range.of(3))).isEqualTo(Judgement.of(true));
    assertThat(Intervals.less(new Range(1, 3), Range.of(3))).isEqualTo(Judgement.MIXED);
    assertThat(Intervals.equal(Range.of(3), Range.of(3))).isEqualTo(Judgement.of(true));
    assertThat(Intervals.equal(new Range(1, 2), Range.of(3))).isEqualTo(Judgement.of(false));
  }
}
