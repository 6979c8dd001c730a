package dev.cascade.run;

import dev.cascade.random.DurationText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** A run as a text to be read: one line for each thing that happened, time first. */
public final class RunLog {
  private RunLog() {}

  static String of(RunResult result) {
    StringBuilder text = new StringBuilder();
    for (JournalEntry entry : result.recording().journal()) {
      text.append(line(entry)).append('\n');
    }
    return text.toString();
  }

  /** One line, without its break. */
  public static String line(JournalEntry entry) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%12s  %-12s %s",
            time(entry.timeNanos()),
            entry.kind().word(),
            entry.name()));
    for (Map.Entry<String, String> field : entry.fields().entrySet()) {
      line.append(' ').append(field.getKey()).append('=').append(field.getValue());
    }
    return line.toString();
  }

  private static String time(long nanos) {
    long micros = nanos / 1_000 * 1_000;
    return DurationText.format(Duration.ofNanos(micros));
  }
}
