package dev.cascade.property;

import dev.cascade.metrics.Range;
import org.jspecify.annotations.Nullable;

/** Arithmetic on all that numbers may have been: the result holds whatever is possible. */
final class Intervals {
  private Intervals() {}

  static Range plus(Range left, Range right) {
    return known(left.min() + right.min(), left.max() + right.max());
  }

  static Range minus(Range left, Range right) {
    return known(left.min() - right.max(), left.max() - right.min());
  }

  static Range times(Range left, Range right) {
    double a = left.min() * right.min();
    double b = left.min() * right.max();
    double c = left.max() * right.min();
    double d = left.max() * right.max();
    return known(
        Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
  }

  /** No data where the divisor is 0, anything where it passes through 0. */
  static @Nullable Range dividedBy(Range left, Range right) {
    if (right.min() == 0 && right.max() == 0) {
      return null;
    }
    if (right.min() <= 0 && right.max() >= 0) {
      return Range.ANYTHING;
    }
    return times(left, new Range(1 / right.max(), 1 / right.min()));
  }

  static Range negated(Range range) {
    return new Range(-range.max(), -range.min());
  }

  static Range lesser(Range left, Range right) {
    return new Range(Math.min(left.min(), right.min()), Math.min(left.max(), right.max()));
  }

  static Range greater(Range left, Range right) {
    return new Range(Math.max(left.min(), right.min()), Math.max(left.max(), right.max()));
  }

  /** All of both. */
  static Range hull(Range left, Range right) {
    return new Range(Math.min(left.min(), right.min()), Math.max(left.max(), right.max()));
  }

  static Judgement less(Range left, Range right) {
    return judge(left.max() < right.min(), left.min() >= right.max());
  }

  static Judgement lessOrEqual(Range left, Range right) {
    return judge(left.max() <= right.min(), left.min() > right.max());
  }

  static Judgement equal(Range left, Range right) {
    boolean fixed = left.min() == left.max() && right.min() == right.max();
    boolean apart = left.max() < right.min() || right.max() < left.min();
    return judge(fixed && left.min() == right.min(), apart);
  }

  private static Judgement judge(boolean surelyTrue, boolean surelyFalse) {
    if (surelyTrue || surelyFalse) {
      return Judgement.of(surelyTrue);
    }
    return Judgement.MIXED;
  }

  /** Infinity less infinity, or times zero, is anything. */
  private static Range known(double min, double max) {
    return Double.isNaN(min) || Double.isNaN(max) ? Range.ANYTHING : new Range(min, max);
  }
}
