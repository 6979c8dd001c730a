package dev.cascade.property;

import dev.cascade.metrics.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A property whose expressions are compiled. */
public final class CompiledProperty {
  private final PropertySpec spec;
  private final Expression expression;
  private final @Nullable Expression trigger;

  private CompiledProperty(PropertySpec spec, Expression expression, @Nullable Expression trigger) {
    this.spec = spec;
    this.expression = expression;
    this.trigger = trigger;
  }

  /**
   * Compiles a property.
   *
   * @throws ExpressionException with all that is wrong, by the keys of the property
   */
  public static CompiledProperty of(PropertySpec spec, Vocabulary vocabulary) {
    List<ExpressionException.Problem> problems = new ArrayList<>();
    String field = spec.mode().key();
    Expression expression =
        collect(field, problems, () -> Expression.condition(spec.expression(), vocabulary));
    String when = spec.when();
    Expression trigger =
        when == null
            ? null
            : collect("when", problems, () -> Expression.condition(when, vocabulary));
    if (expression != null) {
      checkEvents(spec, expression, problems);
    }
    if (!problems.isEmpty() || expression == null) {
      throw new ExpressionException(problems);
    }
    return new CompiledProperty(spec, expression, trigger);
  }

  private static @Nullable Expression collect(
      String field, List<ExpressionException.Problem> problems, Supplier<Expression> compile) {
    try {
      return compile.get();
    } catch (ExpressionException invalid) {
      invalid.problems().forEach(problem -> problems.add(problem.in(field)));
      return null;
    }
  }

  private static void checkEvents(
      PropertySpec spec, Expression expression, List<ExpressionException.Problem> problems) {
    if (!expression.isOfEvents()) {
      return;
    }
    String field = spec.mode().key();
    if (spec.mode() == PropertySpec.Mode.ALWAYS) {
      problems.add(
          new ExpressionException.Problem(
              field,
              1,
              1,
              "An event happens at an instant, and is never always. Maybe never or sometimes."));
    }
    if (spec.holdsFor() != null || spec.forDuration() != null) {
      problems.add(
          new ExpressionException.Problem(
              field, 1, 1, "An event lasts no time. Maybe drop holdsFor and for."));
    }
  }

  /** The property as its author wrote it. */
  public PropertySpec spec() {
    return spec;
  }

  Expression expression() {
    return expression;
  }

  @Nullable Expression trigger() {
    return trigger;
  }

  /** All series that its expressions choose. */
  public List<Selector> selectors() {
    List<Selector> all = new ArrayList<>(expression.selectors());
    if (trigger != null) {
      all.addAll(trigger.selectors());
    }
    return all;
  }

  /** The events that it is about; none if it is about series. */
  public List<String> events() {
    return expression.events();
  }

  long longestWindowNanos() {
    return trigger == null
        ? expression.longestWindowNanos()
        : Math.max(expression.longestWindowNanos(), trigger.longestWindowNanos());
  }
}
