package dev.cascade.property;

import dev.cascade.metrics.Range;
import dev.cascade.metrics.Readings;
import dev.cascade.property.Condition.Comparison;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The number that a condition compares with a constant: what a chart of the condition shows. */
public final class Measured {
  private final Quantity quantity;
  private final Quantity bound;

  private Measured(Quantity quantity, Quantity bound) {
    this.quantity = quantity;
    this.bound = bound;
  }

  /**
   * Of a condition that compares a number with a constant; null for all others.
   *
   * @throws ExpressionException if it is no condition
   */
  public static @Nullable Measured of(String condition, Vocabulary vocabulary) {
    Condition parsed = Expression.condition(condition, vocabulary).condition();
    if (!(parsed instanceof Comparison comparison)
        || comparison.left().isConstant() == comparison.right().isConstant()) {
      return null;
    }
    return comparison.right().isConstant()
        ? new Measured(comparison.left(), comparison.right())
        : new Measured(comparison.right(), comparison.left());
  }

  /**
   * All that the number was within a tick; null where there was no data.
   *
   * @throws dev.cascade.metrics.SeveralSeriesException if a selector should have been aggregated
   */
  public @Nullable Range at(Readings readings, int tick) {
    return quantity.at(TickView.during(readings, tick, List.of()));
  }

  /** The constant; null if it is no number. */
  public @Nullable Double bound(Readings readings) {
    Range range = bound.at(TickView.during(readings, 0, List.of()));
    return range == null ? null : (Double) range.min();
  }
}
