package dev.cascade.property;

import dev.cascade.metrics.Selector;
import dev.cascade.metrics.SeriesKey;
import dev.cascade.property.PropertySpec.Mode;
import java.util.ArrayList;
import java.util.List;

/**
 * Which series a violated property blames, and for what: those whose samples make its expression
 * what it must not be. Of {@code ratio(part, whole) > 0.95} these are the series of the whole that
 * are not in the part, when they rise; the part itself only did less.
 */
public final class Suspects {
  /** What a series does when it is to blame; the first that fits counts. */
  public enum Guilt {
    /** It counts what is bad: to blame if it rises. */
    RISE,
    /** It counts what is good: to blame if it falls, as nothing that is bad was counted. */
    FALL,
    /** It is in the expression, and neither way is known to be worse. */
    CHANGE,
    /** It is not in the expression; at most in its trigger. */
    NONE
  }

  /** Series, and what they are blamed for. */
  private record Suspicion(
      Selector among, List<Selector> except, Guilt guilt, double aboveSeconds) {
    boolean holds(SeriesKey series) {
      return among.matches(series) && except.stream().noneMatch(other -> other.matches(series));
    }
  }

  private final List<Suspicion> suspicions = new ArrayList<>();

  private Suspects(CompiledProperty property) {
    property.expression().selectors().forEach(each -> add(each, Guilt.CHANGE));
    blame(property.expression().condition(), property.spec().mode() != Mode.NEVER);
    if (property.trigger() != null) {
      property.trigger().selectors().forEach(each -> add(each, Guilt.NONE));
    }
  }

  /** Whom a property blames when it is violated. */
  public static Suspects of(CompiledProperty property) {
    return new Suspects(property);
  }

  /** Whether the property looks at a series at all. */
  public boolean areAmong(SeriesKey series) {
    return suspicions.stream().anyMatch(suspicion -> suspicion.holds(series));
  }

  /** What a series is to blame for. */
  public Guilt guilt(SeriesKey series) {
    return suspicions.stream()
        .filter(suspicion -> suspicion.holds(series))
        .map(Suspicion::guilt)
        .min(Guilt::compareTo)
        .orElse(Guilt.NONE);
  }

  /** How long a sample of a histogram must be to be a bad one, in seconds; 0 if any may be. */
  public double badAboveSeconds(SeriesKey series) {
    return suspicions.stream()
        .filter(suspicion -> suspicion.guilt() == Guilt.RISE && suspicion.holds(series))
        .mapToDouble(Suspicion::aboveSeconds)
        .min()
        .orElse(0);
  }

  private void add(Selector series, Guilt guilt) {
    suspicions.add(new Suspicion(series, List.of(), guilt, 0));
  }

  // ---- what makes a condition other than it must be

  private void blame(Condition condition, boolean mustBe) {
    if (condition instanceof Condition.Comparison comparison) {
      blame(comparison, mustBe);
    } else if (condition instanceof Condition.Not not) {
      blame(not.condition(), !mustBe);
    } else if (condition instanceof Condition.And and) {
      blame(and.left(), mustBe);
      blame(and.right(), mustBe);
    } else if (condition instanceof Condition.Or or) {
      blame(or.left(), mustBe);
      blame(or.right(), mustBe);
    } else if (condition instanceof Condition.OrElse orElse) {
      blame(orElse.condition(), mustBe);
    } else if (condition instanceof Condition.Choice choice) {
      blame(choice.whenTrue(), mustBe);
      blame(choice.whenFalse(), mustBe);
    }
  }

  private void blame(Condition.Comparison comparison, boolean mustBe) {
    boolean leftIsLess =
        switch (comparison.relation()) {
          case LESS, LESS_OR_EQUAL -> mustBe;
          case GREATER, GREATER_OR_EQUAL -> !mustBe;
          case EQUAL, NOT_EQUAL -> true;
        };
    if (comparison.relation() == Condition.Relation.EQUAL
        || comparison.relation() == Condition.Relation.NOT_EQUAL) {
      return; // either way may be the wrong one
    }
    blame(comparison.left(), leftIsLess, constant(comparison.right()));
    blame(comparison.right(), !leftIsLess, constant(comparison.left()));
  }

  private static double constant(Quantity quantity) {
    return quantity instanceof Quantity.Constant constant ? Math.max(0, constant.value()) : 0;
  }

  // ---- what makes a number too high, or else too low

  private void blame(Quantity quantity, boolean tooHigh, double bound) {
    if (quantity instanceof Quantity.Ratio ratio) {
      blame(ratio.part(), ratio.whole(), tooHigh);
    } else if (quantity instanceof Quantity.Rate rate) {
      add(rate.selector(), tooHigh ? Guilt.RISE : Guilt.FALL);
    } else if (quantity instanceof Quantity.Increase increase) {
      add(increase.selector(), tooHigh ? Guilt.RISE : Guilt.FALL);
    } else if (quantity instanceof Quantity.Count count) {
      add(count.selector(), tooHigh ? Guilt.RISE : Guilt.FALL);
    } else if (quantity instanceof Quantity.Quantile quantile && tooHigh) {
      suspicions.add(new Suspicion(quantile.selector(), List.of(), Guilt.RISE, bound));
    } else if (quantity instanceof Quantity.Mean mean && tooHigh) {
      suspicions.add(new Suspicion(mean.selector(), List.of(), Guilt.RISE, bound));
    } else if (quantity instanceof Quantity.Negated negated) {
      blame(negated.quantity(), !tooHigh, 0);
    } else if (quantity instanceof Quantity.OrElse orElse) {
      blame(orElse.quantity(), tooHigh, bound);
    } else if (quantity instanceof Quantity.Choice choice) {
      blame(choice.whenTrue(), tooHigh, bound);
      blame(choice.whenFalse(), tooHigh, bound);
    } else if (quantity instanceof Quantity.Both both) {
      blame(both, tooHigh);
    }
  }

  private void blame(Quantity.Both both, boolean tooHigh) {
    boolean divides = both.operation() == Quantity.Operation.DIVIDED_BY;
    if (divides
        && both.left() instanceof Quantity.Rate part
        && both.right() instanceof Quantity.Rate whole
        && part.selector().name().equals(whole.selector().name())) {
      blame(part.selector(), whole.selector(), tooHigh);
      return;
    }
    blame(both.left(), tooHigh, 0);
    boolean turnsRight = divides || both.operation() == Quantity.Operation.MINUS;
    blame(both.right(), tooHigh != turnsRight, 0);
  }

  /** Of a share that is too high the part is to blame; of one too low, what is not in it. */
  private void blame(Selector part, Selector whole, boolean tooHigh) {
    if (tooHigh) {
      add(part, Guilt.RISE);
    } else {
      suspicions.add(new Suspicion(whole, List.of(part), Guilt.RISE, 0));
      add(part, Guilt.FALL);
    }
  }
}
