package dev.cascade.cli;

import dev.cascade.cli.sweep.Answers;
import dev.cascade.cli.sweep.Band;
import dev.cascade.cli.sweep.Level;
import dev.cascade.cli.sweep.Point;
import dev.cascade.cli.sweep.Sweep;
import dev.cascade.cli.sweep.TextChart;
import dev.cascade.cli.sweep.TextChart.Curve;
import dev.cascade.cli.sweep.TextMap;
import dev.cascade.cli.sweep.Votes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sweep for people: properties by level, curves, where they turn and bend. */
final class SweepText {
  private static final char UP = '●';
  private static final char DOWN = '○';

  private final Sweep sweep;
  private final Paint paint;
  private final int columns;
  private final PrintWriter out;

  SweepText(Sweep sweep, Paint paint, int columns, PrintWriter out) {
    this.sweep = sweep;
    this.paint = paint;
    this.columns = columns;
    this.out = out;
  }

  void print() {
    if (sweep.points().isEmpty()) {
      return;
    }
    if (sweep.isMap()) {
      maps();
    } else {
      properties();
      sweep.asked().measures().forEach(this::curve);
      answers();
    }
  }

  private String about() {
    int seeds = sweep.asked().seeds().size();
    return "(%s, %s)".formatted(sweep.axis(), Figures.count(seeds, "seed") + " each");
  }

  // ---- properties

  private void properties() {
    if (sweep.asked().properties().isEmpty()) {
      return;
    }
    out.println("  " + paint.bold("PROPERTIES") + "  " + about());
    int margin = 4 + sweep.asked().properties().stream().mapToInt(String::length).max().orElse(0);
    margin += sweep.isHysteresis() ? 6 : 0;
    int cell = 2;
    for (Point point : sweep.points()) {
      cell = Math.max(cell, point.level().text().length() + 2);
    }
    int perBlock = Math.max(1, (columns - margin - 2) / cell);
    for (int from = 0; from < sweep.points().size(); from += perBlock) {
      block(from, Math.min(sweep.points().size(), from + perBlock));
    }
    boolean split =
        sweep.points().stream()
            .anyMatch(
                point ->
                    sweep.asked().properties().stream()
                        .anyMatch(name -> !point.votes(name).isUnanimous()));
    out.println(
        paint.dim(
            "    ✓ holds, ✗ violated"
                + (split ? ", 2/5 violated in two runs of five" : "")
                + (sweep.isHysteresis() ? "; at the end of each level" : "")));
    out.println();
  }

  private void block(int from, int to) {
    Table table = new Table();
    List<String> heading = new ArrayList<>(List.of(""));
    sweep.points().subList(from, to).forEach(point -> heading.add(point.level().text()));
    table.row(heading);
    for (String property : sweep.asked().properties()) {
      table.row(
          row(
              property + (sweep.isHysteresis() ? "  up" : ""),
              property,
              sweep.points().subList(from, to)));
      if (sweep.isHysteresis()) {
        table.row(
            row(
                " ".repeat(property.length()) + "  down",
                property,
                sweep.down().subList(from, to)));
      }
    }
    out.print(table.text("    "));
  }

  private static List<String> row(String name, String property, List<Point> points) {
    List<String> row = new ArrayList<>(List.of(name));
    points.forEach(point -> row.add(point.votes(property).toString()));
    return row;
  }

  // ---- curves

  private void curve(String measure) {
    List<Level> levels = sweep.points().stream().map(Point::level).toList();
    List<Curve> curves = new ArrayList<>(List.of(new Curve(UP, bands(sweep.points(), measure))));
    if (sweep.isHysteresis()) {
      curves.add(new Curve(DOWN, bands(sweep.down(), measure)));
    }
    out.println("  " + paint.bold(measure) + "  " + about());
    List<String> lines = new TextChart(columns - 4, Figures::of).lines(levels, curves);
    lines.forEach(line -> out.println("    " + line));
    if (lines.isEmpty()) {
      out.println("    no data");
    }
    boolean banded = sweep.asked().seeds().size() > 1;
    out.println(
        paint.dim(
            "    "
                + UP
                + (sweep.isHysteresis() ? " up, " + DOWN + " down: " : " ")
                + (banded ? "mean over seeds, │ its 95 % confidence" : "one seed")));
    out.println();
    Table table = new Table();
    table.row(
        "",
        sweep.isHysteresis() ? "up" : "mean",
        banded ? "95 %" : "",
        sweep.isHysteresis() ? "down" : "",
        sweep.isHysteresis() && banded ? "95 %" : "");
    for (int i = 0; i < levels.size(); i++) {
      List<String> row = new ArrayList<>(List.of(levels.get(i).text()));
      cells(row, sweep.points().get(i).band(measure), banded);
      cells(row, sweep.isHysteresis() ? sweep.down().get(i).band(measure) : null, banded);
      table.row(sweep.isHysteresis() ? row : row.subList(0, 3));
    }
    out.print(table.text("    "));
    out.println();
  }

  private static List<@Nullable Band> bands(List<Point> points, String measure) {
    List<@Nullable Band> bands = new ArrayList<>();
    points.forEach(point -> bands.add(point.band(measure)));
    return bands;
  }

  private static void cells(List<String> row, @Nullable Band band, boolean banded) {
    row.add(band == null ? "no data" : Figures.of(band.mean()));
    row.add(
        band == null || !banded ? "" : Figures.of(band.low()) + " to " + Figures.of(band.high()));
  }

  // ---- what they say

  private void answers() {
    for (Answers.Answer answer : Answers.of(sweep)) {
      String word = answer.word();
      out.println("  %s %s".formatted(word + " ".repeat(8 - word.length()), answer.text()));
    }
  }

  // ---- maps

  private void maps() {
    List<Level> across = sweep.levels(0);
    List<Level> up = sweep.levels(1);
    for (String property : sweep.asked().properties()) {
      List<List<@Nullable Double>> shares = new ArrayList<>();
      for (Level row : up) {
        List<@Nullable Double> line = new ArrayList<>();
        for (Level column : across) {
          Votes votes =
              sweep.at(column, row).map(p -> p.votes(property)).orElse(new Votes(0, 0, 0));
          int known = votes.holds() + votes.violated();
          line.add(known == 0 ? null : (Double) ((double) votes.violated() / known));
        }
        shares.add(line);
      }
      map(property, across, up, shares, "· holds, █ violated in all runs, between in some");
    }
    sweep.asked().measures().forEach(measure -> measured(measure, across, up));
  }

  private void measured(String measure, List<Level> across, List<Level> up) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Point point : sweep.points()) {
      Band band = point.band(measure);
      if (band != null) {
        low = Math.min(low, band.mean());
        high = Math.max(high, band.mean());
      }
    }
    List<List<@Nullable Double>> shares = new ArrayList<>();
    Table table = new Table();
    List<String> heading = new ArrayList<>(List.of(""));
    across.forEach(level -> heading.add(level.text()));
    table.row(heading);
    for (Level row : up) {
      List<@Nullable Double> line = new ArrayList<>();
      List<String> cells = new ArrayList<>(List.of(row.text()));
      for (Level column : across) {
        Band band = sweep.at(column, row).map(point -> point.band(measure)).orElse(null);
        double share = band == null || high == low ? 0 : (band.mean() - low) / (high - low);
        line.add(band == null ? null : (Double) share);
        cells.add(band == null ? "-" : Figures.of(band.mean()));
      }
      shares.add(line);
      table.row(cells);
    }
    map(measure, across, up, shares, "· %s, █ %s".formatted(Figures.of(low), Figures.of(high)));
    out.print(table.text("    "));
    out.println();
  }

  private void map(
      String title,
      List<Level> across,
      List<Level> up,
      List<List<@Nullable Double>> shares,
      String legend) {
    out.println(
        "  %s  (across: %s, upwards: %s, %s each)"
            .formatted(
                paint.bold(title),
                sweep.asked().paths().get(0),
                sweep.asked().paths().get(1),
                Figures.count(sweep.asked().seeds().size(), "seed")));
    TextMap.lines(across, up, shares, columns - 4).forEach(line -> out.println("    " + line));
    out.println(paint.dim("    " + legend));
    out.println();
  }
}
