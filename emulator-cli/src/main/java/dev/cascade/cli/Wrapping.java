package dev.cascade.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines no longer than a terminal is wide. */
final class Wrapping {
  /** Columns, as the code has them: two pages fit side by side on a wide screen. */
  static final int COLUMNS = 100;

  private Wrapping() {}

  /**
   * Breaks a line at spaces. A word longer than a line stays whole, so that it can be copied.
   *
   * @param hang columns by which the lines after the first are indented
   */
  static List<String> of(String line, int hang) {
    List<String> lines = new ArrayList<>();
    String rest = line;
    int from = line.length() - line.stripLeading().length();
    while (rest.length() > COLUMNS) {
      int space = rest.lastIndexOf(' ', COLUMNS);
      space = space > from ? space : rest.indexOf(' ', COLUMNS);
      if (space < 0) {
        break;
      }
      lines.add(rest.substring(0, space).stripTrailing());
      rest = " ".repeat(hang) + rest.substring(space).strip();
      from = hang;
    }
    lines.add(rest);
    return lines;
  }
}
