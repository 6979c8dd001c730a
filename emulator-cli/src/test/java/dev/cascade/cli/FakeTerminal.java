package dev.cascade.cli;

import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A terminal as far as Cascade uses one: text, line ends, and "up so many lines and clear below".
 */
final class FakeTerminal extends Writer {
  private static final Pattern UP_AND_CLEAR = Pattern.compile("\u001b\\[(\\d+)A\u001b\\[J");

  private final List<String> lines = new ArrayList<>(List.of(""));
  private final List<String> screens = new ArrayList<>();

  /** What is to be seen now. */
  String screen() {
    return String.join("\n", lines);
  }

  /** What was to be seen whenever something had been written out. */
  List<String> screens() {
    return screens;
  }

  @Override
  public synchronized void write(char[] buffer, int offset, int length) {
    String text = new String(buffer, offset, length);
    Matcher control = UP_AND_CLEAR.matcher(text);
    int from = 0;
    while (control.find()) {
      put(text.substring(from, control.start()));
      int left = lines.size() - 1 - Integer.parseInt(control.group(1));
      if (left < 0) {
        throw new IllegalStateException("The cursor leaves the screen:\n" + screen());
      }
      lines.subList(left, lines.size()).clear();
      lines.add("");
      from = control.end();
    }
    put(text.substring(from));
  }

  private void put(String text) {
    if (text.indexOf('\u001b') >= 0) {
      throw new IllegalStateException("This terminal does not know: " + text);
    }
    String[] parts = text.split("\n", -1);
    lines.set(lines.size() - 1, lines.get(lines.size() - 1) + parts[0]);
    lines.addAll(List.of(parts).subList(1, parts.length));
  }

  @Override
  public synchronized void flush() {
    screens.add(screen());
  }

  @Override
  public void close() {}
}
