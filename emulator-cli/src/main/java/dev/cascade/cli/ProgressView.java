package dev.cascade.cli;

import dev.cascade.property.MonitorState;
import dev.cascade.random.DurationText;
import dev.cascade.run.JournalEntry;
import dev.cascade.run.Progress;
import dev.cascade.run.RunListener;
import dev.cascade.run.RunLog;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a run goes on: a block that is drawn anew in its place on a terminal, else one line now
 * and then.
 */
final class ProgressView implements RunListener {
  private static final long LINE_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long DRAW_EVERY_NANOS = Duration.ofMillis(200).toNanos();
  private static final int BAR = 32;

  private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

  private final PrintWriter err;
  private final boolean live;
  private final int columns;
  private final boolean verbose;
  private final String title;
  private final LongSupplier nanoTime;
  private long startNanos;
  private long lastNanos;
  private boolean control;
  private long lastEvents;
  private int linesDrawn;
  private @Nullable JournalEntry lastStep;

  ProgressView(OutputOptions output, String title) {
    this(output.screen(), output.verbose, title, System::nanoTime);
  }

  /**
   * A view with a clock of its own.
   *
   * @param nanoTime the clock on the wall, in nanoseconds since any time
   */
  ProgressView(Screen screen, boolean verbose, String title, LongSupplier nanoTime) {
    this.err = screen.err();
    this.live = screen.errIsTerminal();
    this.columns = screen.errColumns();
    this.verbose = verbose;
    this.title = title;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.lastNanos = startNanos;
  }

  @Override
  public void onProgress(Progress progress) {
    long now = nanoTime.getAsLong();
    if (progress.control() && !control) { // another run, from its beginning
      startNanos = now;
      lastNanos = now;
      lastEvents = 0;
      lastStep = null;
    }
    control = progress.control();
    if (now - lastNanos < (live ? DRAW_EVERY_NANOS : LINE_EVERY_NANOS)) {
      return;
    }
    double seconds = (now - lastNanos) / 1e9;
    double rate = (progress.events() - lastEvents) / seconds;
    lastNanos = now;
    lastEvents = progress.events();
    if (live) {
      draw(progress, rate, now);
    } else {
      err.println(line(progress, rate, now));
      err.flush();
    }
  }

  @Override
  public void onJournal(JournalEntry entry) {
    if (entry.kind() == JournalEntry.Kind.STEP) {
      lastStep = entry;
    }
    if (verbose) {
      clear();
      err.println(RunLog.line(entry));
    }
  }

  /** Takes the block away. */
  void done() {
    clear();
    err.flush();
  }

  private String line(Progress progress, double rate, long now) {
    return "%s: %s of %s%s, %s events/s%s"
            .formatted(
                title,
                brief(progress.time()),
                brief(progress.duration()),
                progress.control() ? " (control run)" : "",
                count(rate),
                stateWords(progress.properties()))
        + ", "
        + factor(progress, now);
  }

  private void draw(Progress progress, double rate, long now) {
    clear();
    StringBuilder block = new StringBuilder();
    double part = (double) progress.time().toNanos() / progress.duration().toNanos();
    int full = (int) Math.min(BAR, Math.round(part * BAR));
    block.append(
        "  cascade  %s%s%n  [%s>%s]  %s / %s  %s  %s events/s  %d hosts%n"
            .formatted(
                title,
                progress.control() ? "  (control run)" : "",
                "=".repeat(full),
                "-".repeat(BAR - full),
                brief(progress.time()),
                brief(progress.duration()),
                factor(progress, now),
                count(rate),
                progress.hosts()));
    if (lastStep != null) {
      block.append(
          "  method     %s %s%n"
              .formatted(brief(Duration.ofNanos(lastStep.timeNanos())), lastStep.name()));
    }
    progress
        .properties()
        .forEach((name, state) -> block.append("  %-10s %s%n".formatted(word(state), name)));
    // A line that the terminal breaks in two would not be found again to be drawn over.
    StringBuilder cut = new StringBuilder();
    for (String line : block.toString().lines().toList()) {
      cut.append(line.length() < columns ? line : line.substring(0, columns - 2) + "…");
      cut.append(System.lineSeparator());
      linesDrawn++;
    }
    err.print(cut); // at once, so that nothing flickers
    err.flush();
  }

  private void clear() {
    if (linesDrawn > 0) {
      err.print(UP_AND_CLEAR.formatted(linesDrawn));
      linesDrawn = 0;
    }
  }

  private String factor(Progress progress, long now) {
    double factor = progress.time().toNanos() / (double) Math.max(1, now - startNanos);
    return String.format(Locale.ROOT, factor < 10 ? "%.1fx" : "%.0fx", factor);
  }

  private static String stateWords(Map<String, MonitorState> properties) {
    List<String> violated =
        properties.entrySet().stream()
            .filter(entry -> entry.getValue() == MonitorState.VIOLATED)
            .map(Map.Entry::getKey)
            .toList();
    return violated.isEmpty()
        ? ""
        : ", violated: " + violated.stream().collect(Collectors.joining(" "));
  }

  private static String word(MonitorState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String brief(Duration time) {
    return DurationText.brief(time);
  }

  private static String count(double rate) {
    if (rate >= 1e6) {
      return String.format(Locale.ROOT, "%.1fM", rate / 1e6);
    }
    return rate >= 1e3
        ? String.format(Locale.ROOT, "%.0fk", rate / 1e3)
        : String.format(Locale.ROOT, "%.0f", rate);
  }
}
