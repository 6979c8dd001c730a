package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cascade.cli.report.Chart.Line;
import dev.cascade.metrics.Range;
import dev.cascade.metrics.Readings;
import dev.cascade.metrics.Selector;
import dev.cascade.metrics.SelectorException;
import dev.cascade.metrics.Series;
import dev.cascade.metrics.SeriesFile;
import dev.cascade.metrics.SeriesStore;
import dev.cascade.metrics.SeveralSeriesException;
import dev.cascade.property.ExpressionException;
import dev.cascade.property.Measured;
import dev.cascade.property.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One chart for each property: the number that it judges and its bound, where it compares one with
 * a constant; else the series that it names.
 */
final class JudgedCharts {
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
  private static final List<String> MODES = List.of("always", "never", "eventually", "sometimes");

  /** Evaluating costs some 10 µs: a second for all ticks of all properties at most. */
  private static final int EVALUATIONS_MAX = 100_000;

  private final SeriesStore store;
  private final Vocabulary vocabulary;
  private final Readings readings;
  private final Grid grid;
  private final Tracks tracks;
  private final ChartChoice choice;

  JudgedCharts(
      SeriesFile.Content series,
      double warmupSeconds,
      Grid grid,
      Tracks tracks,
      ChartChoice choice) {
    this.store = series.store();
    this.vocabulary = new Vocabulary(series.infos(), List.of());
    this.readings = new Readings(store, Math.round(warmupSeconds * 1e9));
    this.grid = grid;
    this.tracks = tracks;
    this.choice = choice;
  }

  /** The expression of a property, from its rule. */
  static String expression(JsonNode property) {
    for (String mode : MODES) {
      String expression = property.path("rule").path(mode).asText("");
      if (!expression.isEmpty()) {
        return expression;
      }
    }
    return "";
  }

  /** A property's rule in the words of its file. */
  static String rule(JsonNode property) {
    StringBuilder words = new StringBuilder();
    property
        .path("rule")
        .properties()
        .forEach(
            part -> {
              if (!part.getKey().equals("description")) {
                words.append(words.isEmpty() ? "" : ", ").append(part.getKey()).append(": ");
                words.append(part.getValue().asText());
              }
            });
    return words.toString();
  }

  /** What an expression names in quotes. */
  static List<String> quoted(String expression) {
    return QUOTED
        .matcher(expression)
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .toList();
  }

  List<Chart> of(JsonNode properties) {
    List<Chart> charts = new ArrayList<>();
    int each = EVALUATIONS_MAX / Math.max(1, properties.size());
    for (JsonNode property : properties) {
      Chart chart = measured(property, "measured", each >= store.ticks());
      if (chart == null) {
        chart = named(property);
      }
      if (chart != null) {
        charts.add(chart);
      }
    }
    return charts;
  }

  /** The chart of the number that a property judges; null if it judges none. */
  @Nullable Chart measured(JsonNode property, String label, boolean everyTick) {
    String expression = expression(property);
    try {
      Measured measured = Measured.of(expression, vocabulary);
      if (measured == null || store.ticks() == 0) {
        return null;
      }
      String unit = Units.ofExpression(expression);
      String name = property.path("name").asText();
      int track = tracks.add("", unit, columns(measured, everyTick));
      List<Line> lines = new ArrayList<>();
      lines.add(new Line(label, track, Sampler.VALUE, true));
      Double bound = measured.bound(readings);
      if (bound != null) {
        int limit = tracks.add("", unit, Sampler.columns(filled(bound)));
        lines.add(Line.bound(limit));
      }
      return new Chart(name, rule(property), unit, lines, name);
    } catch (ExpressionException | SeveralSeriesException notOfSeriesAlone) {
      return null; // it names events, which are on the timeline
    }
  }

  private Map<String, double[]> columns(Measured measured, boolean everyTick) {
    double[] values = filled(Double.NaN);
    double[] lows = filled(Double.POSITIVE_INFINITY);
    double[] highs = filled(Double.NEGATIVE_INFINITY);
    for (int point = 0; point < values.length; point++) {
      int first = everyTick ? grid.after(point) + 1 : grid.until(point);
      for (int tick = first; tick <= grid.until(point); tick++) {
        Range range = measured.at(readings, tick);
        if (range != null && Double.isFinite(range.min()) && Double.isFinite(range.max())) {
          values[point] = (range.min() + range.max()) / 2;
          lows[point] = Math.min(lows[point], range.min());
          highs[point] = Math.max(highs[point], range.max());
        }
      }
    }
    return Sampler.columns(values, lows, highs);
  }

  private double[] filled(double value) {
    double[] column = new double[grid.points()];
    Arrays.fill(column, value);
    return column;
  }

  /** The series that the property names first. */
  private @Nullable Chart named(JsonNode property) {
    for (String text : quoted(expression(property))) {
      List<Series> chosen = chosen(text);
      if (!chosen.isEmpty()) {
        String name = property.path("name").asText();
        return new Chart(
            name,
            rule(property),
            Units.of(chosen.get(0)),
            choice.lines(chosen, ChartChoice.subjectOf(chosen.get(0).key())),
            name);
      }
    }
    return null;
  }

  private List<Series> chosen(String text) {
    try {
      Selector selector = Selector.parse(text);
      return choice.family(selector.name()).stream()
          .filter(series -> selector.matches(series.key()))
          .toList();
    } catch (SelectorException other) {
      return List.of(); // a window or an event
    }
  }
}
