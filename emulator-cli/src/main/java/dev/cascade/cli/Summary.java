package dev.cascade.cli;

import dev.cascade.cli.report.Reasons;
import dev.cascade.engine.MessageCounts;
import dev.cascade.engine.RunFailure;
import dev.cascade.metrics.Readings;
import dev.cascade.node.MetricInfo;
import dev.cascade.property.Conclusion.Match;
import dev.cascade.property.Expression;
import dev.cascade.property.ProbeResult;
import dev.cascade.property.PropertyResult;
import dev.cascade.property.Result;
import dev.cascade.property.Vocabulary;
import dev.cascade.random.DurationText;
import dev.cascade.run.PropertyVerdict;
import dev.cascade.run.RunResult;
import dev.cascade.run.ThresholdVerdict;
import dev.cascade.run.Words;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run for people, in k6's manner. */
final class Summary {
  private final RunResult result;
  private final Paint paint;
  private final PrintWriter out;

  private Summary(RunResult result, Paint paint, PrintWriter out) {
    this.result = result;
    this.paint = paint;
    this.out = out;
  }

  /** Prints it; the last lines are where the run and its page are kept. */
  static void print(RunResult result, Paint paint, PrintWriter out, Kept kept) {
    Summary summary = new Summary(result, paint, out);
    summary.properties();
    summary.thresholds();
    summary.timeline();
    summary.steadyState();
    summary.measurements();
    summary.totals();
    summary.work();
    summary.verdict();
    if (kept.folder() != null) {
      out.println("  results  " + kept.folder());
    }
    String report = kept.report();
    if (report != null) {
      out.println("  report   " + report);
    }
    out.flush();
  }

  private void properties() {
    List<PropertyVerdict> properties =
        result.findings().properties().stream().filter(p -> p.thresholds().isEmpty()).toList();
    if (properties.isEmpty()) {
      return;
    }
    heading("PROPERTIES");
    int width = width(properties.stream().map(PropertyVerdict::name).toList());
    int resultWidth = width(properties.stream().map(p -> said(p.result())).toList());
    for (PropertyVerdict property : properties) {
      Match match = property.conclusion().match();
      out.println(
          "    %s %s  %s  expected: %s%s%s"
              .formatted(
                  paint.mark(match),
                  pad(property.name(), width),
                  pad(said(property.result()), resultWidth),
                  property.expected(),
                  measured(property.result()),
                  property.result().reason() == null
                      ? ""
                      : paint.dim("  (" + property.result().reason() + ")")));
      for (String note : property.result().notes()) {
        out.println("        " + paint.dim(note));
      }
    }
    out.println();
  }

  private static String said(PropertyResult result) {
    Duration first = result.firstViolation();
    Duration slowest = result.slowestResponse();
    if (result.result() == Result.VIOLATED && first != null) {
      return "violated at " + DurationText.instant(first);
    }
    return result.result() == Result.HOLDS && slowest != null
        ? "holds, after " + DurationText.brief(slowest)
        : result.result().word();
  }

  private static String measured(PropertyResult result) {
    Double measured = result.measured();
    return measured == null ? "" : "  measured: " + Figures.of(measured);
  }

  /** As k6 tells them: by metric, each with its number. */
  private void thresholds() {
    List<PropertyVerdict> metrics =
        result.findings().properties().stream().filter(p -> !p.thresholds().isEmpty()).toList();
    if (metrics.isEmpty()) {
      return;
    }
    heading("THRESHOLDS");
    for (PropertyVerdict metric : metrics) {
      out.println(
          "    %s %s  %s  expected: %s"
              .formatted(
                  paint.mark(metric.conclusion().match()),
                  metric.name(),
                  metric.result().result().word(),
                  metric.expected()));
      int width =
          width(metric.thresholds().stream().map(threshold -> threshold.limit().text()).toList());
      for (ThresholdVerdict threshold : metric.thresholds()) {
        out.println(
            "        %s  %s"
                .formatted(pad(threshold.limit().text(), width), measured(threshold))
                .stripTrailing());
      }
    }
    out.println();
  }

  private static String measured(ThresholdVerdict threshold) {
    Double measured = threshold.measured();
    if (measured == null) {
      return "no data";
    }
    String number =
        switch (threshold.limit().measure()) {
          case SECONDS -> Figures.seconds(measured);
          case SHARE -> Figures.of(100 * measured) + "%";
          case NUMBER -> Figures.of(measured);
        };
    String verdict = threshold.result() == Result.VIOLATED ? "  violated" : "";
    return "%s=%s%s".formatted(threshold.limit().aggregation(), number, verdict);
  }

  private void timeline() {
    TimelineText timeline = TimelineText.of(List.of(result));
    if (!timeline.isEmpty()) {
      out.println("  " + timeline.heading(paint));
      out.println(timeline.table(paint).text("    "));
    }
  }

  private void steadyState() {
    if (result.findings().steadyBefore().isEmpty() && result.findings().steadyAfter().isEmpty()) {
      return;
    }
    heading("STEADY STATE");
    probes("before", result.findings().steadyBefore());
    probes("after", result.findings().steadyAfter());
    out.println();
  }

  private void probes(String when, List<ProbeResult> probes) {
    for (ProbeResult probe : probes) {
      Match match =
          switch (probe.result()) {
            case HOLDS -> Match.MET;
            case VIOLATED -> Match.DEVIATED;
            case UNKNOWN -> Match.INCONCLUSIVE;
          };
      Double measured = probe.measured();
      out.println(
          "    %s %s  %s  %s%s"
              .formatted(
                  paint.mark(match),
                  pad(when, 6),
                  probe.name(),
                  probe.result().word(),
                  measured == null ? "" : "  measured: " + Figures.of(measured)));
    }
  }

  private void measurements() {
    Map<String, @Nullable Double> numbers = result.findings().measurements();
    if (numbers.isEmpty()) {
      return;
    }
    heading("MEASUREMENTS");
    int width = width(List.copyOf(numbers.keySet()));
    numbers.forEach(
        (name, value) -> line(name, width, value == null ? "no data" : Figures.of(value)));
    out.println();
  }

  private void totals() {
    heading("TOTAL RESULTS");
    List<MetricInfo> seen = new ArrayList<>();
    for (MetricInfo info : result.recording().metrics()) {
      if (result.recording().series().names().contains(info.name())) {
        seen.add(info);
      }
    }
    List<String> names = new ArrayList<>(seen.stream().map(MetricInfo::name).toList());
    names.add("messages_accounted");
    int width = width(names);
    for (MetricInfo info : seen) {
      String text = total(info);
      if (text != null) {
        line(info.name(), width, text);
      }
    }
    MessageCounts messages = result.recording().messages();
    double seconds = result.end().virtualTime().toNanos() / 1e9;
    line("messages_sent", width, count(messages.sent(), seconds));
    line("messages_accounted", width, account(messages));
    if (messages.droppedTotal() > 0) {
      line("messages_dropped", width, count(messages.droppedTotal(), seconds) + mostDropped());
    }
    line("virtual_time", width, DurationText.format(result.end().virtualTime()));
    line(
        "wall_time",
        width,
        "%s (%s events)"
            .formatted(
                String.format(Locale.ROOT, "%.1fs", result.end().wallTime().toMillis() / 1e3),
                result.recording().events()));
    out.println();
  }

  private void work() {
    List<WorkLines.Line> lines = WorkLines.of(result.recording().work());
    heading("WORK");
    int width = width(lines.stream().map(WorkLines.Line::name).toList());
    lines.forEach(line -> line(line.name(), width, line.value()));
    out.println();
  }

  /** What came in and what became of it: the two sides are equal, or the run has failed. */
  private static String account(MessageCounts messages) {
    return "%d sent + %d duplicated = %d handled + %d dropped + %d lost in crashes + %d queued + %d in flight"
        .formatted(
            messages.sent(),
            messages.duplicated(),
            messages.handled(),
            messages.droppedTotal(),
            messages.lostInCrashes(),
            messages.queued(),
            messages.inFlight());
  }

  private String mostDropped() {
    return result.recording().messages().dropped().entrySet().stream()
        .sorted(Map.Entry.<MessageCounts.Drop, Long>comparingByValue().reversed())
        .limit(3)
        .map(
            drop ->
                "%s %s %s at %s"
                    .formatted(
                        drop.getValue(),
                        drop.getKey().type(),
                        drop.getKey().reason(),
                        drop.getKey().place()))
        .collect(Collectors.joining(", ", "  (", ")"));
  }

  private static String count(long count, double seconds) {
    return count + "  " + Figures.of(seconds > 0 ? count / seconds : 0) + "/s";
  }

  private @Nullable String total(MetricInfo info) {
    String name = info.name();
    return switch (info.kind()) {
      case COUNTER -> {
        Double total = number("sum(total('" + name + "'))");
        Double rate = number("sum(rate('" + name + "'))");
        yield total == null || rate == null
            ? null
            : Figures.of(total) + "  " + Figures.of(rate) + "/s";
      }
      case HISTOGRAM -> {
        Double mean = number("mean('" + name + "')");
        yield mean == null
            ? null
            : "avg=%s med=%s p(95)=%s p(99)=%s max=%s"
                .formatted(
                    Figures.seconds(mean),
                    quantile(name, "0.5"),
                    quantile(name, "0.95"),
                    quantile(name, "0.99"),
                    quantile(name, "1.0"));
      }
      case GAUGE -> null;
    };
  }

  private String quantile(String name, String quantile) {
    Double value = number("quantile(" + quantile + ", '" + name + "')");
    return value == null ? "-" : Figures.seconds(value);
  }

  private @Nullable Double number(String expression) {
    Vocabulary vocabulary = Words.vocabulary(result.scenario());
    Readings readings =
        new Readings(result.recording().series(), result.scenario().timing().warmup().toNanos());
    return Expression.number(expression, vocabulary)
        .measure(readings, result.recording().series().ticks() - 1);
  }

  private void verdict() {
    RunFailure failure = result.end().failure();
    if (failure != null) {
      return; // told on the other side
    }
    String why = Reasons.of(result.end().ending(), result.verdict(), variant());
    Match match =
        switch (result.verdict()) {
          case PASS -> Match.MET;
          case FAIL -> Match.DEVIATED;
          case INCONCLUSIVE -> Match.INCONCLUSIVE;
        };
    out.println("  verdict  %s (%s)".formatted(paint.of(match, result.verdict().word()), why));
    out.println(
        "  trace    %s, seed %d"
            .formatted(result.recording().traceHash(), result.scenario().timing().seed()));
  }

  private String variant() {
    List<String> active = result.scenario().active();
    return active.isEmpty() ? "the base" : String.join("+", active);
  }

  private void heading(String text) {
    out.println("  " + paint.bold(text));
  }

  private void line(String name, int width, String value) {
    out.println("    %s: %s".formatted(name + ".".repeat(width - name.length() + 3), value));
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
