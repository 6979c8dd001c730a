package dev.cascade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cascade.engine.MessageCounts;
import dev.cascade.random.DurationText;
import dev.cascade.run.RunFolder;
import dev.cascade.run.Why;
import dev.cascade.run.WhyChain.Step;
import dev.cascade.run.WhyJson;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells what led to the first violation of a property. */
@Command(
    name = "why",
    description =
        "Repeats a run up to the first violation of a property, and tells what led to it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class WhyCommand implements Callable<Integer> {
  private static final int DROPS_SHOWN = 6;
  private static final int EVENTS_SHOWN = 8;

  @Mixin KeptRun run = new KeptRun();

  @Parameters(index = "1", paramLabel = "PROPERTY", description = "A property that was violated.")
  String property = "";

  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    RunFolder folder = run.folder();
    Why why = of(folder, property);
    if (output.isText()) {
      PrintWriter out = output.screen().out();
      lines(why, output.paint()).forEach(out::println);
      out.flush();
    } else {
      output.print(WhyJson.of(why));
    }
    return ExitCode.AS_EXPECTED.code;
  }

  /** Why a property of a run was violated. */
  static Why of(RunFolder folder, String property) {
    for (JsonNode one : folder.results().path("properties")) {
      if (one.path("name").asText().equals(property)) {
        JsonNode first = one.path("firstViolation");
        if (!first.isNumber()) {
          throw new UsageException(
              "The property (%s) %s; there is no violation to explain."
                  .formatted(property, one.path("result").asText()));
        }
        long nanos = first.decimalValue().movePointRight(9).longValue();
        return Why.of(ReplayCommand.scenario(folder), property, Duration.ofNanos(nanos));
      }
    }
    throw new UsageException(
        "The run has no property (%s). It has: %s."
            .formatted(property, String.join(", ", names(folder))));
  }

  /** Of each property that was violated, what led to it, in lines of a page. */
  static Map<String, List<String>> ofAll(RunFolder folder) {
    Map<String, List<String>> lines = new TreeMap<>();
    for (JsonNode property : folder.results().path("properties")) {
      if (property.path("firstViolation").isNumber()) {
        String name = property.path("name").asText();
        lines.put(name, lines(of(folder, name), new Paint(false)));
      }
    }
    return lines;
  }

  private static List<String> names(RunFolder folder) {
    return folder.results().path("properties").findValuesAsText("name");
  }

  /** The whole explanation. */
  static List<String> lines(Why why, Paint paint) {
    List<String> out = new ArrayList<>();
    out.add(
        "  %s was violated first at %s"
            .formatted(paint.bold(why.property().name()), DurationText.instant(why.violation())));
    wrap(out, "    %s  %s".formatted(mode(why), why.property().expression()), 6);
    if (why.changes() > 0) {
      Double before = why.perSecondBefore();
      wrap(
          out,
          "    %s changed %s%s; its last %d changes are explained"
              .formatted(
                  why.seed(),
                  before == null ? "" : WhyWords.rate(before) + " → ",
                  WhyWords.rate(why.perSecondAfter()),
                  why.changes()),
          6);
    }
    out.add("");
    if (!why.deeds().isEmpty()) {
      out.add("  " + paint.bold("WHAT WAS DONE"));
      for (Why.Deed deed : why.deeds()) {
        wrap(
            out,
            "    %s  %s: %s  (%s)"
                .formatted(
                    WhyWords.time(deed.at()), deed.name(), deed.what(), WhyWords.relation(deed)),
            8);
      }
      out.add("");
    }
    out.add("  " + paint.bold("HOW IT CAME") + "  " + paint.dim("(before → since)"));
    for (Step step : why.steps()) {
      wrap(out, "   %2d  %s".formatted(step.number(), WhyWords.of(step.kind())), 9);
      String numbers = WhyWords.numbers(step);
      if (!numbers.isEmpty()) {
        Wrapping.of("       " + numbers, 7).forEach(line -> out.add(paint.dim(line)));
      }
    }
    wrap(out, "    " + WhyWords.beginning(why), 4);
    if (why.forgotten() > 0) {
      out.add(
          "    The run is too long to keep all of it: its first %d turns are not looked at."
              .formatted(why.forgotten()));
    }
    out.add("");
    out.add("  " + paint.bold("ON THE WAY"));
    if (!why.inHand().isEmpty()) {
      wrap(out, "    in hand    " + inHand(why), 15);
    }
    if (!why.drops().isEmpty()) {
      wrap(out, "    dropped    " + drops(why), 15);
    }
    if (!why.events().isEmpty()) {
      wrap(out, "    events     " + events(why), 15);
    }
    WorkLines.of(why.work())
        .forEach(
            line -> wrap(out, "    work       %s: %s".formatted(line.name(), line.value()), 15));
    return out;
  }

  private static void wrap(List<String> out, String line, int hang) {
    out.addAll(Wrapping.of(line, hang));
  }

  private static String mode(Why why) {
    return why.property().mode().name().toLowerCase(Locale.ROOT);
  }

  private static String inHand(Why why) {
    Map<String, Long> before = new TreeMap<>(why.inHandBefore());
    return why.inHand().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(DROPS_SHOWN)
        .map(
            one ->
                "%s %d → %d"
                    .formatted(one.getKey(), before.getOrDefault(one.getKey(), 0L), one.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String drops(Why why) {
    return why.drops().entrySet().stream()
        .sorted(Map.Entry.<MessageCounts.Drop, Long>comparingByValue().reversed())
        .limit(DROPS_SHOWN)
        .map(
            drop ->
                "%d %s %s at %s"
                    .formatted(
                        drop.getValue(),
                        drop.getKey().type(),
                        drop.getKey().reason(),
                        drop.getKey().place()))
        .collect(Collectors.joining(", "));
  }

  private static String events(Why why) {
    return why.events().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(EVENTS_SHOWN)
        .map(event -> event.getKey() + " ×" + event.getValue())
        .collect(Collectors.joining(", "));
  }
}
