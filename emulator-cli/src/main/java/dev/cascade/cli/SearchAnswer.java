package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.cli.explore.Look;
import dev.cascade.cli.explore.Tally;
import dev.cascade.property.ClopperPearson;
import dev.cascade.run.RunJson;
import dev.cascade.scenario.Scenario;
import dev.cascade.schedule.Schedule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a search over runs came to.
 *
 * @param scenario that was run
 * @param schedule of all runs, without the seed that each has of its own
 * @param tally what was seen
 * @param end how it ended
 * @param wall how long it took
 * @param command what repeats the first run that deviated; empty if none did
 * @param first that run; null if none did
 * @param shrunk a smaller one; null if none was asked for
 * @param messages where those around the violation are drawn; null if they are not
 */
record SearchAnswer(
    Scenario scenario,
    Schedule schedule,
    Tally tally,
    Search.End end,
    Duration wall,
    String command,
    @Nullable Kept first,
    Shrinking.@Nullable Shrunk shrunk,
    @Nullable Path messages) {

  void tell(SearchOptions asked, OutputOptions output) {
    if (output.isText()) {
      print(asked, output);
    } else {
      output.print(json(asked));
    }
  }

  private ObjectNode json(SearchOptions asked) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    json.put("scenario", scenario.metadata().name());
    json.put("strategy", asked.strategy.word());
    json.put("schedule", schedule.toString());
    json.put("ended", end.word);
    json.put("runs", tally.runs());
    json.put("deviations", tally.hits().size());
    json.put("unjudged", tally.unjudged());
    ClopperPearson interval = tally.interval();
    json.putObject("rate")
        .put("estimate", tally.runs() == 0 ? 0 : (double) tally.hits().size() / tally.runs())
        .put("low", interval.low())
        .put("high", interval.high())
        .put("confidence", 0.95);
    ObjectNode violated = json.putObject("properties");
    byProperty().forEach(violated::put);
    json.put("schedules", tally.schedules());
    json.put("choices", tally.choices());
    json.put("messages", tally.messages());
    json.put("secondsPerRun", tally.secondsPerRun());
    json.put("wallSeconds", wall.toNanos() / 1e9);
    Look hit = tally.hits().isEmpty() ? null : tally.hits().get(0);
    if (hit != null) {
      json.put("firstSeed", hit.seed());
      json.put("command", command);
    }
    json.put("runFolder", first == null ? null : first.folder());
    if (messages != null) {
      json.put("messages", messages.toString());
    }
    if (shrunk != null) {
      json.set("shrunk", ShrinkCommand.json(shrunk));
    }
    return json;
  }

  private Map<String, Integer> byProperty() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    tally.hits().forEach(hit -> hit.hits().forEach(name -> counts.merge(name, 1, Integer::sum)));
    return counts;
  }

  private void print(SearchOptions asked, OutputOptions output) {
    PrintWriter out = output.screen().out();
    Paint paint = output.paint();
    ClopperPearson interval = tally.interval();
    out.println(
        "  %s  %s  %s"
            .formatted(
                paint.bold("EXPLORED"),
                scenario.metadata().name(),
                paint.dim(schedule.toString())));
    out.println(
        "    deviates     in %d of %s: %s (95 %%: %s to %s)"
            .formatted(
                tally.hits().size(),
                Figures.count(tally.runs(), "run"),
                percent(tally.runs() == 0 ? 0 : (double) tally.hits().size() / tally.runs()),
                percent(interval.low()),
                percent(interval.high())));
    byProperty().forEach((name, count) -> out.println("      %s in %d".formatted(name, count)));
    out.println("    ended        " + ended(asked));
    out.println(
        "    time         %s a run, %s in all"
            .formatted(
                Figures.seconds(tally.secondsPerRun()), Figures.seconds(wall.toMillis() / 1e3)));
    out.println(
        "    schedules    %d differ; %s choices among %s messages a run"
            .formatted(
                tally.schedules(),
                perRun(tally.choices(), tally.runs()),
                perRun(tally.messages(), tally.runs())));
    if (tally.unjudged() > 0) {
      out.println("    not judged   " + Figures.count(tally.unjudged(), "run"));
    }
    if (!tally.controlledSomething() && tally.hits().isEmpty()) {
      out.println(
          "    inconclusive "
              + (tally.choices() == 0
                  ? "There was nothing to choose: no two messages are under way at once, or their"
                      + " links let them come in one order only. Maybe give links a jitter?"
                  : "All runs were the same schedule: whatever was chosen made no difference."));
    }
    Look hit = tally.hits().isEmpty() ? null : tally.hits().get(0);
    if (hit != null && first != null) {
      out.println("    first seed   " + hit.seed());
      out.println("    repeat       " + command);
      if (shrunk != null) {
        ShrinkCommand.print(shrunk, output);
      }
      out.println("  results  " + first.folder());
      if (messages != null) {
        out.println("  messages " + messages);
      }
      if (first.report() != null) {
        out.println("  report   " + first.report());
      }
    }
    out.flush();
  }

  private static String perRun(long sum, int runs) {
    return Figures.of(runs == 0 ? 0 : (double) sum / runs);
  }

  private static String percent(double share) {
    return Figures.of(100 * share) + " %";
  }

  private String ended(SearchOptions asked) {
    return switch (end) {
      case FOUND ->
          asked.deviations == 1 ? "with the first" : "with " + asked.deviations + " of them";
      case RUNS -> "with the last run";
      case TIME -> "by --time, " + asked.time;
      case INTERRUPTED -> "early, by Ctrl-C";
      case FAILED -> "by a run that failed";
    };
  }
}
