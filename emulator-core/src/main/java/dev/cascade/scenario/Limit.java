package dev.cascade.scenario;

/**
 * One threshold of a metric, ready to be measured when a run is over.
 *
 * @param text as its author wrote it, {@code p(95)<500ms}
 * @param aggregation the part of it before the comparison, {@code p(95)}
 * @param number the expression of what is measured
 * @param relation how it is compared, {@code <}
 * @param bound with what, in base units
 * @param measure what kind of number that is
 */
public record Limit(
    String text,
    String aggregation,
    String number,
    String relation,
    String bound,
    Measure measure) {
  /** What a number is of, for those who print it. */
  public enum Measure {
    SECONDS,
    SHARE,
    NUMBER
  }

  /** What must be true at the end of the run. */
  public String condition() {
    return "%s %s %s".formatted(number, relation, bound);
  }
}
