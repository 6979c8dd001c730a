package dev.cascade.metrics;

/** A selector for one number that chose several series: a defect of the scenario. */
public final class SeveralSeriesException extends RuntimeException {
  SeveralSeriesException(Selector selector, SeriesKey first, SeriesKey second) {
    super(
        "The selector (%s) chooses several series, among them %s and %s. Maybe wrap it in sum, avg, min or max, or name the labels of one."
            .formatted(selector, first, second));
  }
}
