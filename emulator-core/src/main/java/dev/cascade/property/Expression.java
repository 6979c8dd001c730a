package dev.cascade.property;

import dev.cascade.metrics.Range;
import dev.cascade.metrics.Readings;
import dev.cascade.metrics.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CEL expression over the series and events of a run, compiled once. CEL parses it and checks its
 * types; it is then evaluated here, so that windows without data are unknown rather than errors,
 * and a gauge is all that it was within a tick.
 *
 * <p><b>The worst value of a tick.</b> Gauges are evaluated as intervals, from their least to their
 * greatest value in the tick, with interval arithmetic and Kleene's logic on top. For a comparison
 * of one gauge with a constant that is exact: it finds a violation of however short a time. Where
 * several gauges meet ({@code a <= 0.5 * b}, {@code max(gauge(x)) - min(gauge(x))}) their extremes
 * are taken together, though they may have been at different instants of the tick: no violation is
 * missed, but one may be seen that was none; and the same gauge twice ({@code gauge(x) - gauge(x)})
 * is taken for two. Both end at the tick: {@code for} longer than one, or gauges that do not change
 * in it, leave nothing of it. Windows have one value at each tick, and know no worst.
 *
 * <p><b>Functions.</b> {@code gauge(sel)}; of counters {@code rate(sel[, window])} per second,
 * {@code increase(sel, window)}, {@code total(sel)}, {@code ratio(part, whole[, window])}; of
 * histograms in seconds {@code quantile(q, sel[, window])}, {@code mean(sel[, window])}, {@code
 * count(sel[, window])}; {@code sum avg min max} of gauges, rates, increases and totals, {@code
 * count(gauge(sel))}; {@code min max} of two numbers; {@code orElse(x, y)} is y where x has no
 * data; {@code event('name'[, 'field', 'value'])}; {@code seconds()} of virtual time. Without a
 * window it is the whole measured part of the run. {@code ratio}, {@code quantile}, {@code mean}
 * and {@code count} take all the series that a selector chooses together; elsewhere several series
 * need an aggregation. All numbers are doubles: {@code 1 / 2} is 0.5.
 */
public final class Expression {
  private final String text;
  private final Parsed parsed;

  /**
   * What the compiler found out.
   *
   * @param condition what it means, if it is true or false
   * @param quantity what it means, if it is a number
   * @param selectors all that it names
   * @param longestWindowNanos 0 if there is no window
   */
  record Parsed(
      @Nullable Condition condition,
      @Nullable Quantity quantity,
      List<Selector> selectors,
      long longestWindowNanos) {}

  private Expression(String text, Parsed parsed) {
    this.text = text;
    this.parsed = parsed;
  }

  /**
   * Compiles an expression that is true or false.
   *
   * @throws ExpressionException with all that is wrong
   */
  public static Expression condition(String text, Vocabulary vocabulary) {
    return new Expression(text, new ExpressionCompiler(text, vocabulary).condition());
  }

  /**
   * Compiles an expression that is a number.
   *
   * @throws ExpressionException with all that is wrong
   */
  public static Expression number(String text, Vocabulary vocabulary) {
    return new Expression(text, new ExpressionCompiler(text, vocabulary).number());
  }

  /**
   * Compiles an expression of either kind, for questions that users ask of a finished run.
   *
   * @throws ExpressionException with all that is wrong
   */
  public static Expression any(String text, Vocabulary vocabulary) {
    return new Expression(text, new ExpressionCompiler(text, vocabulary).any());
  }

  /** Whether it is true or false, rather than a number. */
  public boolean isCondition() {
    return parsed.condition() != null;
  }

  /**
   * What a condition was within a tick.
   *
   * @throws dev.cascade.metrics.SeveralSeriesException if a selector should have been aggregated
   */
  public Judgement judge(Readings readings, int tick) {
    return judge(TickView.during(readings, tick, List.of()));
  }

  Judgement judge(TickView moment) {
    Condition condition = parsed.condition();
    if (condition == null) {
      throw new IllegalStateException("The expression (%s) is a number.".formatted(text));
    }
    return condition.at(moment);
  }

  /**
   * The number at the end of a tick; null where there is no data.
   *
   * @throws dev.cascade.metrics.SeveralSeriesException if a selector should have been aggregated
   */
  public @Nullable Double measure(Readings readings, int tick) {
    Quantity quantity = parsed.quantity();
    if (quantity == null) {
      throw new IllegalStateException("The expression (%s) is no number.".formatted(text));
    }
    Range range = tick < 0 ? null : quantity.at(TickView.endOf(readings, tick));
    // Both ends are the same, but for a division by what may be 0.
    return range == null || range.min() != range.max() || !Double.isFinite(range.min())
        ? null
        : (Double) range.min();
  }

  /** All selectors that it names. */
  List<Selector> selectors() {
    return parsed.selectors();
  }

  long longestWindowNanos() {
    return parsed.longestWindowNanos();
  }

  /** The condition, which must be one. */
  Condition condition() {
    Condition condition = parsed.condition();
    if (condition == null) {
      throw new IllegalStateException("The expression (%s) is a number.".formatted(text));
    }
    return condition;
  }

  /** Whether it is made of events alone, so that it can be judged when they happen. */
  boolean isOfEvents() {
    return isOfEvents(condition());
  }

  private static boolean isOfEvents(Condition condition) {
    return condition instanceof Condition.Happened
        || (condition instanceof Condition.Or or
            && isOfEvents(or.left())
            && isOfEvents(or.right()));
  }

  /** The events whose happening makes it true; none if it is not of events alone. */
  List<String> events() {
    List<String> names = new ArrayList<>();
    if (parsed.condition() != null && isOfEvents()) {
      collectEvents(condition(), names);
    }
    return names;
  }

  private static void collectEvents(Condition condition, List<String> names) {
    if (condition instanceof Condition.Or or) {
      collectEvents(or.left(), names);
      collectEvents(or.right(), names);
    } else if (condition instanceof Condition.Happened happened) {
      names.add(happened.event());
    }
  }

  /** Whether one event makes it true; it must be of events. */
  boolean happensWith(Occurrence occurrence) {
    return happensWith(condition(), occurrence);
  }

  private static boolean happensWith(Condition condition, Occurrence occurrence) {
    if (condition instanceof Condition.Or or) {
      return happensWith(or.left(), occurrence) || happensWith(or.right(), occurrence);
    }
    return condition instanceof Condition.Happened happened && happened.matches(occurrence);
  }

  /** Its text. */
  @Override
  public String toString() {
    return text;
  }
}
