package dev.cascade.cli.sweep;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two parameters as a map: one across, one upwards, darker is more. */
public final class TextMap {
  private static final char[] SHADES = {'·', '░', '▒', '▓', '█'};

  private TextMap() {}

  /** How dark a share, 0 to 1, is. */
  public static int shade(double share) {
    if (share <= 0) {
      return 0;
    }
    return share >= 1
        ? SHADES.length - 1
        : Math.max(1, Math.min(SHADES.length - 2, (int) (share * SHADES.length)));
  }

  /**
   * The lines of a map.
   *
   * @param across the levels of the first parameter
   * @param up those of the second, least first: it is drawn lowest
   * @param shares 0 to 1, by up and across; null where nothing is known
   */
  public static List<String> lines(
      List<Level> across, List<Level> up, List<List<@Nullable Double>> shares, int columns) {
    int margin = up.stream().mapToInt(level -> level.text().length()).max().orElse(0);
    int widest = across.stream().mapToInt(level -> level.text().length()).max().orElse(1) + 1;
    int room = Math.max(1, (columns - margin - 3) / across.size());
    int cell = Math.min(widest, room);
    List<String> lines = new ArrayList<>();
    for (int row = up.size() - 1; row >= 0; row--) {
      String label = up.get(row).text();
      StringBuilder line = new StringBuilder(" ".repeat(margin - label.length()) + label + " ┤");
      for (int column = 0; column < across.size(); column++) {
        Double share = shares.get(row).get(column);
        char shade = share == null ? '?' : SHADES[shade(share)];
        line.append(String.valueOf(shade).repeat(cell));
      }
      lines.add(line.toString());
    }
    lines.add(" ".repeat(margin) + " └" + "─".repeat(cell * across.size()));
    StringBuilder axis = new StringBuilder();
    for (int column = 0; column < across.size(); column++) {
      String text = across.get(column).text();
      int start = column * cell + Math.max(0, (cell - text.length()) / 2);
      if (axis.isEmpty() || start > axis.length()) {
        axis.append(" ".repeat(Math.max(0, start - axis.length()))).append(text);
      }
    }
    lines.add(" ".repeat(margin + 2) + axis);
    return lines;
  }
}
