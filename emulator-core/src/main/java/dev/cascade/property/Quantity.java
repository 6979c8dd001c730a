package dev.cascade.property;

import dev.cascade.metrics.Aggregation;
import dev.cascade.metrics.Range;
import dev.cascade.metrics.Readings;
import dev.cascade.metrics.Selector;
import org.jspecify.annotations.Nullable;

/** The part of an expression that is a number; null where there is no data. */
sealed interface Quantity {
  @Nullable Range at(TickView moment);

  /** Whether it is the same at all times. */
  default boolean isConstant() {
    return false;
  }

  /** A number read from series. Equal ones are read once in a tick. */
  sealed interface Read extends Quantity {
    @Nullable Range from(TickView moment);

    /** All that it can be in any run. */
    default Range possible() {
      return Range.NOT_NEGATIVE;
    }

    @Override
    default @Nullable Range at(TickView moment) {
      return moment.of(this);
    }
  }

  private static @Nullable Range exactly(@Nullable Double value) {
    return value == null ? null : Range.of(value);
  }

  record Constant(double value) implements Quantity {
    @Override
    public Range at(TickView moment) {
      return Range.of(value);
    }

    @Override
    public boolean isConstant() {
      return true;
    }
  }

  /** Virtual time at the end of the tick. */
  record Seconds() implements Quantity {
    @Override
    public Range at(TickView moment) {
      return moment.seconds();
    }
  }

  record Gauge(Selector selector, @Nullable Aggregation aggregation) implements Read {
    @Override
    public @Nullable Range from(TickView moment) {
      Readings readings = moment.readings();
      return moment.atEnd()
          ? exactly(readings.gaugeAtEnd(selector, moment.tick(), aggregation))
          : readings.gauge(selector, moment.tick(), aggregation);
    }

    @Override
    public Range possible() {
      return Range.ANYTHING;
    }
  }

  record Gauges(Selector selector) implements Read {
    @Override
    public Range from(TickView moment) {
      return Range.of(moment.readings().gauges(selector, moment.tick()));
    }
  }

  record Increase(Selector selector, long windowNanos, @Nullable Aggregation aggregation)
      implements Read {
    @Override
    public @Nullable Range from(TickView moment) {
      return exactly(moment.readings().increase(selector, moment.tick(), windowNanos, aggregation));
    }
  }

  record Rate(Selector selector, long windowNanos, @Nullable Aggregation aggregation)
      implements Read {
    @Override
    public @Nullable Range from(TickView moment) {
      return exactly(moment.readings().rate(selector, moment.tick(), windowNanos, aggregation));
    }
  }

  record Ratio(Selector part, Selector whole, long windowNanos) implements Read {
    @Override
    public @Nullable Range from(TickView moment) {
      return exactly(moment.readings().ratio(part, whole, moment.tick(), windowNanos));
    }

    @Override
    public Range possible() {
      boolean share = part.name().equals(whole.name()) && whole.matchers().isEmpty();
      return share ? new Range(0, 1) : Range.NOT_NEGATIVE;
    }
  }

  record Quantile(double quantile, Selector selector, long windowNanos) implements Read {
    @Override
    public @Nullable Range from(TickView moment) {
      return exactly(
          moment.readings().quantileSeconds(quantile, selector, moment.tick(), windowNanos));
    }
  }

  record Mean(Selector selector, long windowNanos) implements Read {
    @Override
    public @Nullable Range from(TickView moment) {
      return exactly(moment.readings().meanSeconds(selector, moment.tick(), windowNanos));
    }
  }

  record Count(Selector selector, long windowNanos) implements Read {
    @Override
    public @Nullable Range from(TickView moment) {
      return exactly(moment.readings().count(selector, moment.tick(), windowNanos));
    }
  }

  /** How two numbers make one. */
  enum Operation {
    PLUS,
    MINUS,
    TIMES,
    DIVIDED_BY,
    LESSER,
    GREATER
  }

  record Both(Operation operation, Quantity left, Quantity right) implements Quantity {
    @Override
    public @Nullable Range at(TickView moment) {
      Range a = left.at(moment);
      Range b = right.at(moment);
      if (a == null || b == null) {
        return null;
      }
      return switch (operation) {
        case PLUS -> Intervals.plus(a, b);
        case MINUS -> Intervals.minus(a, b);
        case TIMES -> Intervals.times(a, b);
        case DIVIDED_BY -> Intervals.dividedBy(a, b);
        case LESSER -> Intervals.lesser(a, b);
        case GREATER -> Intervals.greater(a, b);
      };
    }

    @Override
    public boolean isConstant() {
      return left.isConstant() && right.isConstant();
    }
  }

  record Negated(Quantity quantity) implements Quantity {
    @Override
    public @Nullable Range at(TickView moment) {
      Range range = quantity.at(moment);
      return range == null ? null : Intervals.negated(range);
    }

    @Override
    public boolean isConstant() {
      return quantity.isConstant();
    }
  }

  record OrElse(Quantity quantity, Quantity otherwise) implements Quantity {
    @Override
    public @Nullable Range at(TickView moment) {
      Range range = quantity.at(moment);
      Range other = range == null || moment.isAny() ? otherwise.at(moment) : null;
      return range == null ? other : other == null ? range : Intervals.hull(range, other);
    }
  }

  record Choice(Condition condition, Quantity whenTrue, Quantity whenFalse) implements Quantity {
    @Override
    public @Nullable Range at(TickView moment) {
      Judgement judgement = condition.at(moment);
      if (judgement.worst() == Truth.TRUE) {
        return whenTrue.at(moment);
      }
      if (judgement.best() == Truth.FALSE) {
        return whenFalse.at(moment);
      }
      Range a = whenTrue.at(moment);
      Range b = whenFalse.at(moment);
      boolean undecided = judgement.worst() == Truth.UNKNOWN || judgement.best() == Truth.UNKNOWN;
      return undecided || a == null || b == null ? null : Intervals.hull(a, b);
    }
  }
}
