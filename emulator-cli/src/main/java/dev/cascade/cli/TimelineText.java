package dev.cascade.cli;

import dev.cascade.property.Conclusion;
import dev.cascade.property.Conclusion.Match;
import dev.cascade.property.Result;
import dev.cascade.property.TimelineFinding;
import dev.cascade.random.DurationText;
import dev.cascade.run.RunResult;
import dev.cascade.run.TimelineVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A post-mortem's clock beside that of its runs, for people. Of several runs it tells how many had
 * an entry in time, and the range in which they had it.
 */
final class TimelineText {
  private static final String HEADING = "TIMELINE";

  /** Entries by their place, each with its verdicts in the order of the runs. */
  private final List<List<TimelineVerdict>> entries;

  private TimelineText(List<List<TimelineVerdict>> entries) {
    this.entries = entries;
  }

  /** Of runs of the same variant. */
  static TimelineText of(List<RunResult> runs) {
    int count = runs.stream().mapToInt(run -> run.findings().timeline().size()).min().orElse(0);
    return new TimelineText(
        IntStream.range(0, count)
            .mapToObj(i -> runs.stream().map(run -> run.findings().timeline().get(i)).toList())
            .toList());
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  String heading(Paint paint) {
    return paint.bold(HEADING);
  }

  /** A line for each entry. */
  Table table(Paint paint) {
    Table table = new Table();
    table.row("", "", "clock", "expected at", "measured at", "off by", "tolerance", "");
    for (List<TimelineVerdict> verdicts : entries) {
      TimelineFinding first = verdicts.get(0).finding();
      table.row(
          verdicts.get(0).isScored() ? paint.mark(conclusion(verdicts).match()) : "·",
          verdicts.get(0).name(),
          first.entry().clock().toString(),
          range(verdicts.stream().map(verdict -> verdict.finding().expected()).toList()),
          range(verdicts.stream().map(verdict -> verdict.finding().measured()).toList()),
          late(verdicts),
          first.entry().isEmergent() ? "±" + time(first.tolerance()) : "",
          words(verdicts));
    }
    return table;
  }

  /** What all runs say of each entry that is scored. */
  List<Conclusion> conclusions() {
    return entries.stream()
        .filter(verdicts -> verdicts.get(0).isScored())
        .map(TimelineText::conclusion)
        .toList();
  }

  /** A line for each entry that is not as expected. */
  List<String> reasons(Paint paint, String variant) {
    List<String> lines = new ArrayList<>();
    for (List<TimelineVerdict> verdicts : entries) {
      Conclusion conclusion = conclusion(verdicts);
      if (verdicts.get(0).isScored() && conclusion.match() != Match.MET) {
        lines.add(
            "%s %s, %s: %s"
                .formatted(
                    paint.mark(conclusion.match()),
                    variant,
                    verdicts.get(0).name(),
                    conclusion.reasoning()));
      }
    }
    return lines;
  }

  private static Conclusion conclusion(List<TimelineVerdict> verdicts) {
    return verdicts.size() == 1
        ? verdicts.get(0).conclusion()
        : verdicts.get(0).expected().judge(verdicts.stream().map(TimelineText::result).toList());
  }

  private static Result result(TimelineVerdict verdict) {
    return verdict.finding().result();
  }

  private static String words(List<TimelineVerdict> verdicts) {
    TimelineFinding first = verdicts.get(0).finding();
    if (!first.entry().isEmergent()) {
      return "given";
    }
    if (verdicts.size() == 1) {
      String reason = first.reason();
      return reason == null ? "in time" : reason;
    }
    long inTime = verdicts.stream().filter(verdict -> result(verdict) == Result.HOLDS).count();
    return "in time %d/%d".formatted(inTime, verdicts.size());
  }

  private static String late(List<TimelineVerdict> verdicts) {
    if (!verdicts.get(0).finding().entry().isEmergent()) {
      return "";
    }
    return range(verdicts.stream().map(verdict -> verdict.finding().late()).toList());
  }

  private static String range(List<@Nullable Duration> times) {
    List<Duration> known = times.stream().filter(Objects::nonNull).sorted().toList();
    if (known.isEmpty()) {
      return "-";
    }
    String least = time(known.get(0));
    String most = time(known.get(known.size() - 1));
    return least.equals(most) ? least : least + " to " + most;
  }

  /** To the second, which is as fine as a post-mortem's clock. */
  private static String time(Duration time) {
    long seconds = Math.round(time.toMillis() / 1e3);
    String text = DurationText.format(Duration.ofSeconds(Math.abs(seconds)));
    return seconds < 0 ? "-" + text : text;
  }
}
