package dev.cascade.cli.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Curves in characters: means as dots, bands as bars, levels below. */
public final class TextChart {
  private static final int ROWS = 12;

  private final int columns;
  private final DoubleFunction<String> numbers;

  /**
   * A curve.
   *
   * @param dot what its means are drawn with
   * @param bands one for each level, null where nothing was measured
   */
  public record Curve(char dot, List<@Nullable Band> bands) {}

  /**
   * A chart.
   *
   * @param columns the width of the terminal
   * @param numbers how numbers are written
   */
  public TextChart(int columns, DoubleFunction<String> numbers) {
    this.columns = columns;
    this.numbers = numbers;
  }

  /** The lines of curves over levels in their order; none if there is nothing to draw. */
  public List<String> lines(List<Level> levels, List<Curve> curves) {
    List<Band> known =
        curves.stream()
            .flatMap(curve -> curve.bands().stream())
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList();
    if (known.isEmpty()) {
      return List.of();
    }
    // A band may reach below zero where no number does.
    boolean negative = known.stream().anyMatch(band -> band.mean() < 0);
    double bottom = negative ? known.stream().mapToDouble(Band::low).min().orElse(0) : 0;
    double high = known.stream().mapToDouble(Band::high).max().orElse(1);
    Canvas canvas = new Canvas(levels, bottom, high > bottom ? high : bottom + 1);
    curves.forEach(curve -> canvas.join(curve.bands()));
    for (int i = curves.size() - 1; i >= 0; i--) { // the first lies on top
      canvas.draw(curves.get(i));
    }
    return canvas.lines();
  }

  /** The characters of one chart. */
  private final class Canvas {
    private final List<Level> levels;
    private final double bottom;
    private final double top;
    private final String[] labels = new String[ROWS];
    private final int margin;
    private final int width;
    private final int[] places;
    private final char[][] grid;

    Canvas(List<Level> levels, double bottom, double top) {
      this.levels = levels;
      this.bottom = bottom;
      this.top = top;
      Arrays.fill(labels, "");
      for (int row : new int[] {0, ROWS / 2, ROWS - 1}) {
        labels[row] = numbers.apply(top - (top - bottom) * row / (ROWS - 1));
      }
      margin = Arrays.stream(labels).mapToInt(String::length).max().orElse(0);
      width = Math.max(10, columns - margin - 3);
      places = places();
      grid = new char[ROWS][width];
      for (char[] row : grid) {
        Arrays.fill(row, ' ');
      }
    }

    /** Columns of the levels: as far apart as their values. */
    private int[] places() {
      double first = levels.get(0).value();
      double span = levels.get(levels.size() - 1).value() - first;
      return levels.stream()
          .mapToInt(
              level ->
                  1
                      + (span == 0
                          ? 0
                          : (int) Math.round((level.value() - first) / span * (width - 3))))
          .toArray();
    }

    private int row(double value) {
      double share = (value - bottom) / (top - bottom);
      return Math.max(0, Math.min(ROWS - 1, (int) Math.round((1 - share) * (ROWS - 1))));
    }

    /** Points between the means, for the eye. */
    void join(List<@Nullable Band> bands) {
      for (int i = 1; i < places.length; i++) {
        Band left = bands.get(i - 1);
        Band right = bands.get(i);
        for (int column = places[i - 1] + 1;
            left != null && right != null && column < places[i];
            column++) {
          double along = (double) (column - places[i - 1]) / (places[i] - places[i - 1]);
          grid[row(left.mean() + along * (right.mean() - left.mean()))][column] = '·';
        }
      }
    }

    void draw(Curve curve) {
      for (int i = 0; i < places.length; i++) {
        Band band = curve.bands().get(i);
        if (band != null) {
          for (int row = row(band.high()); row <= row(band.low()); row++) {
            grid[row][places[i]] = '│';
          }
          grid[row(band.mean())][places[i]] = curve.dot();
        }
      }
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        String label = " ".repeat(margin - labels[row].length()) + labels[row];
        lines.add((label + " ┤" + new String(grid[row])).stripTrailing());
      }
      lines.add(" ".repeat(margin) + " └" + "─".repeat(width));
      lines.add(" ".repeat(margin + 2) + axis());
      return lines;
    }

    /** The levels below their columns, as many as there is room for. */
    private String axis() {
      StringBuilder axis = new StringBuilder();
      for (int i = 0; i < places.length; i++) {
        String text = levels.get(i).text();
        int start = Math.max(0, Math.min(places[i] - text.length() / 2, width - text.length()));
        if (axis.isEmpty() || start > axis.length()) {
          axis.append(" ".repeat(Math.max(0, start - axis.length()))).append(text);
        }
      }
      return axis.toString();
    }
  }
}
