package dev.cascade.property;

import dev.cascade.metrics.Range;
import dev.cascade.property.Condition.Comparison;
import dev.cascade.property.Condition.Relation;
import org.jspecify.annotations.Nullable;

/** The worst, or the best, value of the one side of a comparison that is measured. */
final class Extreme {
  private final Quantity measured;
  private final boolean greatest;
  private @Nullable Double value;

  private Extreme(Quantity measured, boolean greatest) {
    this.measured = measured;
    this.greatest = greatest;
  }

  /** Of a condition that compares a measured side with a constant; null for all others. */
  static @Nullable Extreme of(Condition condition, boolean worst) {
    if (!(condition instanceof Comparison comparison)
        || comparison.left().isConstant() == comparison.right().isConstant()) {
      return null;
    }
    boolean left = !comparison.left().isConstant();
    Relation relation = left ? comparison.relation() : comparison.relation().mirrored();
    boolean wantsLittle = relation == Relation.LESS || relation == Relation.LESS_OR_EQUAL;
    boolean wantsMuch = relation == Relation.GREATER || relation == Relation.GREATER_OR_EQUAL;
    if (!wantsLittle && !wantsMuch) {
      return null;
    }
    return new Extreme(left ? comparison.left() : comparison.right(), wantsLittle == worst);
  }

  void tick(TickView moment) {
    Range range = measured.at(moment);
    if (range == null) {
      return;
    }
    double next = greatest ? range.max() : range.min();
    boolean further = value == null || (greatest ? next > value : next < value);
    if (Double.isFinite(next) && further) {
      value = next;
    }
  }

  @Nullable Double value() {
    return value;
  }
}
