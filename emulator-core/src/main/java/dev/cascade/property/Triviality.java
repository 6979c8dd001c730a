package dev.cascade.property;

import dev.cascade.property.PropertySpec.Mode;
import dev.cascade.random.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a property says nothing: whatever happens in a run, its verdict is the same. A property that
 * cannot be violated passes with any system, as a test that cannot fail.
 *
 * <p>It is found by evaluating its expression once with every number as all that it could be: any
 * number for gauges, none below zero for counters and durations. What follows from relations
 * between numbers, {@code gauge(x) - gauge(x) == 0}, is not found.
 *
 * @param result what the verdict always is, unless there is no data
 * @param reason why, a sentence
 */
public record Triviality(Result result, String reason) {
  /**
   * Finds out whether runs can decide about a property.
   *
   * @param measured how long a run goes on after its warm-up
   * @return null if they can
   * @throws ExpressionException if the property does not compile
   */
  public static @Nullable Triviality of(
      PropertySpec spec, Vocabulary vocabulary, Duration measured) {
    CompiledProperty property = CompiledProperty.of(spec, vocabulary);
    Duration lasting = spec.forDuration();
    if (lasting != null && lasting.compareTo(measured) > 0) {
      return new Triviality(
          Result.HOLDS,
          "a violation counts after (%s), and the run measures (%s)"
              .formatted(DurationText.format(lasting), DurationText.format(measured)));
    }
    Expression trigger = property.trigger();
    if (trigger != null && at(trigger).best() == Truth.FALSE) {
      return new Triviality(
          spec.mode() == Mode.SOMETIMES ? Result.VIOLATED : Result.HOLDS,
          "its trigger (%s) is false whatever is measured".formatted(trigger));
    }
    Judgement judgement = at(property.expression());
    boolean isTrue = judgement.worst() == Truth.TRUE;
    if (!isTrue && judgement.best() != Truth.FALSE) {
      return null;
    }
    return new Triviality(
        isTrue == (spec.mode() != Mode.NEVER) ? Result.HOLDS : Result.VIOLATED,
        "(%s) is %s whatever is measured".formatted(spec.expression(), isTrue));
  }

  private static Judgement at(Expression expression) {
    return expression.judge(TickView.any());
  }

  /** What is wrong with the property of a name. */
  public String sentence(String property) {
    return "The property (%s) %s: %s."
        .formatted(
            property,
            result == Result.HOLDS ? "cannot be violated" : "can only be violated",
            reason);
  }
}
