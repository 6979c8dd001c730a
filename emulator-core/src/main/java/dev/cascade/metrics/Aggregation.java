package dev.cascade.metrics;

/** Makes one number of several series. */
public enum Aggregation {
  SUM,
  AVG,
  MIN,
  MAX;

  /** Starts with nothing, takes numbers in the order of their series, so that rounding repeats. */
  Running start() {
    return new Running(this);
  }

  /** One aggregation under way. */
  static final class Running {
    private final Aggregation aggregation;
    private double value;
    private int count;

    private Running(Aggregation aggregation) {
      this.aggregation = aggregation;
    }

    void add(double next) {
      count++;
      if (count == 1) {
        value = next;
        return;
      }
      value =
          switch (aggregation) {
            case SUM, AVG -> value + next;
            case MIN -> Math.min(value, next);
            case MAX -> Math.max(value, next);
          };
    }

    int count() {
      return count;
    }

    /** The result; there must have been a number. */
    double result() {
      return aggregation == AVG ? value / count : value;
    }
  }
}
