package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.cli.explore.Look;
import dev.cascade.cli.explore.Tally;
import dev.cascade.node.Suggestion;
import dev.cascade.property.ClopperPearson;
import dev.cascade.property.PropertySpec;
import dev.cascade.random.DurationText;
import dev.cascade.run.Emulation;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.run.RunOptions;
import dev.cascade.run.RunResult;
import dev.cascade.run.Shell;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.scenario.TopologyEntry;
import dev.cascade.schedule.Schedule;
import dev.cascade.schedule.ScheduleCounts;
import dev.cascade.schedule.Strategy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searches for a run in which a property deviates. */
@Command(
    name = "explore",
    description = {
      "Runs a scenario over many seeds or schedules, on all cores, until a property deviates.",
      "Tells how often it does, and the command that repeats the first such run."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExploreCommand implements Callable<Integer> {
  private static final long TELL_EVERY_NANOS = 10_000_000_000L;
  private static final long NEVER_NANOS = Duration.ofDays(3650).toNanos();

  @Mixin ScenarioOptions which = new ScenarioOptions();

  @Option(
      names = "--strategy",
      defaultValue = "random",
      paramLabel = "NAME",
      description = {
        "What chooses the order of what is concurrent: ${COMPLETION-CANDIDATES}.",
        "random: latencies and ties as the seed draws them; pct: priorities of chains of"
            + " messages; delay: a few messages take longer."
      })
  Strategy strategy = Strategy.RANDOM;

  @Option(
      names = "--depth",
      defaultValue = "3",
      paramLabel = "D",
      description =
          "pct: orderings that a bug needs; delay: messages that are delayed."
              + " Default: ${DEFAULT-VALUE}.")
  int depth = Schedule.DEPTH;

  @Option(
      names = "--steps",
      paramLabel = "K",
      description =
          "Messages of a run, among which pct and delay draw; counted in a run if absent.")
  @Nullable Integer steps;

  @Option(
      names = "--among",
      split = ",",
      paramLabel = "ENTRY",
      description =
          "Only messages from one of these entries to one of them may come otherwise than drawn;"
              + " all if absent.")
  List<String> among = new ArrayList<>();

  @Option(
      names = "--after",
      defaultValue = "0s",
      paramLabel = "TIME",
      description =
          "Only messages that are sent from this emulated time on, such as the trigger's.")
  String after = "0s";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only messages that are sent before this emulated time.")
  @Nullable String until;

  @Option(
      names = "--property",
      split = ",",
      paramLabel = "NAME",
      description =
          "Seeks a violation of this, expected or not; may be repeated."
              + " If absent, any property that deviates from what is expected.")
  List<String> properties = new ArrayList<>();

  @Option(
      names = "--deviations",
      defaultValue = "1",
      paramLabel = "N",
      description = "Ends after so many runs that deviate; 0 for never. Default: ${DEFAULT-VALUE}.")
  int deviations = 1;

  @Option(
      names = "--runs",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Ends after so many runs. Default: ${DEFAULT-VALUE}.")
  int runsMax = 1000;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "Ends after so much time on the wall clock: 10m.")
  @Nullable String time;

  @Option(
      names = "--from",
      defaultValue = "1",
      paramLabel = "SEED",
      description = "The first seed. Default: ${DEFAULT-VALUE}.")
  long from = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Keeps the scenario's seed, and varies the schedule's alone.")
  @Nullable Long seed;

  @Option(
      names = "--mitigation",
      split = ",",
      paramLabel = "NAME",
      description = "Switches a mitigation on; may be repeated.")
  List<String> mitigations = new ArrayList<>();

  @Option(
      names = "--shrink",
      paramLabel = "FILE",
      description =
          "Looks for a smaller scenario that fails, too, and writes it here; never over a file.")
  @Nullable Path shrink;

  @Mixin ShrinkOptions shrinking = new ShrinkOptions();

  @Option(names = "--no-report", description = "Writes no page of the run that was found.")
  boolean noReport;

  @Mixin RunsOption runs = new RunsOption();
  @Mixin OutputOptions output = new OutputOptions();

  private long toldNanos = System.nanoTime();

  /** How a search ended. */
  private enum End {
    FOUND("found"),
    RUNS("runs"),
    TIME("time"),
    INTERRUPTED("interrupted"),
    FAILED("failed");

    private final String word;

    End(String word) {
      this.word = word;
    }
  }

  /** What is told. */
  private record Answer(
      Scenario scenario,
      Schedule schedule,
      Tally tally,
      End end,
      Duration wall,
      @Nullable Kept first,
      Shrinking.@Nullable Shrunk shrunk,
      @Nullable Path messages) {}

  @Override
  public Integer call() {
    checkOptions();
    ScenarioFile file = which.read(output);
    Scenario scenario = file.scenario(mitigations);
    checkProperties(scenario);
    long began = System.nanoTime();
    Schedule schedule = schedule(scenario);
    Tally tally = new Tally(deviations);
    End end = search(scenario, schedule, tally, began);
    Duration wall = Duration.ofNanos(System.nanoTime() - began);
    Look failed = tally.failed();
    if (failed != null) {
      tellFailure(failed, schedule);
    }
    Kept first = tally.hits().isEmpty() ? null : keep(file, schedule, tally.hits().get(0));
    Path messages = messages(tally, first);
    tell(new Answer(scenario, schedule, tally, end, wall, first, shrunk(tally, first), messages));
    if (first != null) {
      Kept.complain(List.of(first));
    }
    return code(tally, end).code;
  }

  /** Draws the messages around the violation; null if nothing was found, or kept. */
  private @Nullable Path messages(Tally tally, @Nullable Kept first) {
    String folder = first == null ? null : first.folder();
    if (folder == null || noReport) {
      return null;
    }
    try {
      return ReportCommand.draw(
          RunFolder.at(Path.of(folder)), tally.hits().get(0).hits().get(0), true);
    } catch (IOException failed) {
      throw new UsageException("The folder (%s) cannot be written.".formatted(folder));
    }
  }

  private Shrinking.@Nullable Shrunk shrunk(Tally tally, @Nullable Kept first) {
    Path file = shrink;
    String folder = first == null ? null : first.folder();
    if (file == null || folder == null) {
      return null;
    }
    String property = tally.hits().get(0).hits().get(0);
    return ShrinkCommand.shrink(
        RunFolder.at(Path.of(folder)), property, file, shrinking.budget(), output);
  }

  private void checkOptions() {
    if (shrink != null) {
      Shrinking.checkUnused(shrink);
      shrinking.budget();
    }
    require(runsMax >= 1, "The --runs (%d) must be at least 1.", runsMax);
    require(deviations >= 0, "The --deviations (%d) cannot be negative.", deviations);
    require(
        seed == null || strategy != Strategy.RANDOM,
        "With --strategy random the --seed (%d) is all that can vary. Maybe --from?",
        seed);
    require(steps == null || steps >= 1, "The --steps (%d) must be at least 1.", steps);
    require(depth >= 1 && depth <= 100, "The --depth (%d) must be 1 to 100.", depth);
  }

  private static void require(boolean condition, String message, @Nullable Object value) {
    if (!condition) {
      throw new UsageException(message.formatted(value));
    }
  }

  private void checkProperties(Scenario scenario) {
    List<String> names = scenario.properties().stream().map(PropertySpec::name).toList();
    List<String> entries = scenario.topology().stream().map(TopologyEntry::name).toList();
    for (String entry : among) {
      require(
          entries.contains(entry),
          "The scenario has no entry (%s)." + Suggestion.maybe(entry, entries),
          entry);
    }
    for (String property : properties) {
      require(
          names.contains(property),
          "The scenario has no property (%s)." + Suggestion.maybe(property, names),
          property);
    }
    require(!names.isEmpty(), "The scenario (%s) has no property.", scenario.metadata().name());
  }

  // ---- searching

  /** The schedule of all runs, without the seed that each has of its own. */
  private Schedule schedule(Scenario scenario) {
    Schedule.Scope scope =
        new Schedule.Scope(among, duration(after), until == null ? null : duration(until));
    Schedule drawn = Schedule.RANDOM.scope(scope);
    if (strategy == Strategy.RANDOM) {
      return drawn;
    }
    Integer given = steps;
    if (given != null) {
      return new Schedule(strategy, depth, given, null, scope);
    }
    Schedule pilot = strategy == Strategy.PCT ? new Schedule(strategy, 1, 1, null, scope) : drawn;
    ScheduleCounts[] counts = new ScheduleCounts[1];
    try (Emulation emulation = emulation(scenario, pilot, from)) {
      counts[0] = emulation.options(RunOptions.DEFAULT.failFast(true)).run().recording().schedule();
    }
    long messages = counts[0] == null ? 1 : counts[0].messages();
    return new Schedule(
        strategy, depth, (int) Math.max(1, Math.min(Integer.MAX_VALUE, messages)), null, scope);
  }

  private Emulation emulation(Scenario scenario, Schedule schedule, long number) {
    return Emulation.of(variant(scenario, schedule, number));
  }

  private Scenario variant(Scenario scenario, Schedule schedule, long number) {
    return seed == null
        ? scenario.seed(number).schedule(schedule)
        : scenario.seed(seed).schedule(schedule.seed(number));
  }

  private End search(Scenario scenario, Schedule schedule, Tally tally, long began) {
    Crew crew = new Crew(RunOptions.DEFAULT.failFast(true));
    try (crew) {
      boolean inTime =
          crew.stream(
              LongStream.range(from, from + runsMax)
                  .mapToObj(
                      number ->
                          new Crew.Job<>(
                              () -> emulation(scenario, schedule, number),
                              result -> Look.of(result, number, properties)))
                  .iterator(),
              began + limitNanos(),
              look -> {
                boolean goOn = tally.add(look);
                tellProgress(tally, began);
                return goOn;
              });
      if (tally.failed() != null) {
        return End.FAILED;
      }
      return tally.hasEnough()
          ? End.FOUND
          : crew.isStopped() ? End.INTERRUPTED : inTime ? End.RUNS : End.TIME;
    }
  }

  private long limitNanos() {
    String limit = time;
    return limit == null ? NEVER_NANOS : duration(limit).toNanos();
  }

  private static Duration duration(String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }

  private void tellProgress(Tally tally, long began) {
    long now = System.nanoTime();
    if (output.quiet || now - toldNanos < TELL_EVERY_NANOS) {
      return;
    }
    toldNanos = now;
    PrintWriter err = output.screen().err();
    err.println(
        "%d of %d runs done, %d deviate, %d schedules, %s runs/s"
            .formatted(
                tally.runs(),
                runsMax,
                tally.hits().size(),
                tally.schedules(),
                Figures.of(tally.runs() / ((now - began) / 1e9))));
    err.flush();
  }

  /** Repeats the first run that deviated, to its end, and keeps it. */
  private Kept keep(ScenarioFile file, Schedule schedule, Look hit) {
    RunFolder.Begun[] begun = new RunFolder.Begun[1];
    Scenario scenario = file.scenario(mitigations);
    Schedule repeated =
        schedule.strategy() == Strategy.RANDOM
            ? null
            : variant(scenario, schedule, hit.seed()).timing().schedule();
    try (Emulation emulation =
        Emulation.of(file, mitigations, seed == null ? hit.seed() : seed, repeated)) {
      begun[0] = RunFolder.begin(runs.folder(), emulation.scenario());
      RunResult result = Kept.orDiscard(begun[0], emulation::run);
      return Kept.of(
          begun[0], result, command(schedule, hit), noReport ? Kept.Page.NONE : Kept.Page.PLAIN);
    }
  }

  private String command(Schedule schedule, Look look) {
    StringBuilder command = new StringBuilder("./cascade run ").append(which.typed());
    command.append(" --seed ").append(seed == null ? look.seed() : seed);
    if (!mitigations.isEmpty()) {
      command.append(" --mitigation ").append(Shell.quoted(String.join(",", mitigations)));
    }
    if (schedule.strategy() != Strategy.RANDOM) {
      Schedule own = seed == null ? schedule : schedule.seed(look.seed());
      command.append(" --schedule ").append(Shell.quoted(own.toString()));
    }
    Models.arguments().forEach(word -> command.append(' ').append(Shell.quoted(word)));
    return command.toString();
  }

  private void tellFailure(Look look, Schedule schedule) {
    RunResult result = look.failed();
    if (result != null && result.end().failure() != null) {
      FailureReport.print(
          result,
          result.end().failure(),
          command(schedule, look),
          output.verbose,
          output.screen().err());
    }
  }

  private static ExitCode code(Tally tally, End end) {
    if (end == End.FAILED) {
      return ExitCode.INTERNAL;
    }
    if (!tally.hits().isEmpty()) {
      return ExitCode.DEVIATED;
    }
    if (end == End.INTERRUPTED) {
      return ExitCode.INTERRUPTED;
    }
    boolean judged = tally.runs() > tally.unjudged();
    return judged && tally.controlledSomething() ? ExitCode.AS_EXPECTED : ExitCode.INCONCLUSIVE;
  }

  // ---- the answer

  private void tell(Answer answer) {
    if (output.isText()) {
      print(answer);
    } else {
      output.print(json(answer));
    }
  }

  private ObjectNode json(Answer answer) {
    Tally tally = answer.tally();
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    json.put("scenario", answer.scenario().metadata().name());
    json.put("strategy", strategy.word());
    json.put("schedule", answer.schedule().toString());
    json.put("ended", answer.end().word);
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
    byProperty(tally).forEach(violated::put);
    json.put("schedules", tally.schedules());
    json.put("choices", tally.choices());
    json.put("messages", tally.messages());
    json.put("secondsPerRun", tally.secondsPerRun());
    json.put("wallSeconds", answer.wall().toNanos() / 1e9);
    Look first = tally.hits().isEmpty() ? null : tally.hits().get(0);
    if (first != null) {
      json.put("firstSeed", first.seed());
      json.put("command", command(answer.schedule(), first));
    }
    Kept kept = answer.first();
    json.put("runFolder", kept == null ? null : kept.folder());
    if (answer.messages() != null) {
      json.put("messages", answer.messages().toString());
    }
    if (answer.shrunk() != null) {
      json.set("shrunk", ShrinkCommand.json(answer.shrunk()));
    }
    return json;
  }

  private static Map<String, Integer> byProperty(Tally tally) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    tally.hits().forEach(hit -> hit.hits().forEach(name -> counts.merge(name, 1, Integer::sum)));
    return counts;
  }

  private void print(Answer answer) {
    PrintWriter out = output.screen().out();
    Paint paint = output.paint();
    Tally tally = answer.tally();
    ClopperPearson interval = tally.interval();
    out.println(
        "  %s  %s  %s"
            .formatted(
                paint.bold("EXPLORED"),
                answer.scenario().metadata().name(),
                paint.dim(answer.schedule().toString())));
    out.println(
        "    deviates     in %d of %s: %s (95 %%: %s to %s)"
            .formatted(
                tally.hits().size(),
                Figures.count(tally.runs(), "run"),
                percent(tally.runs() == 0 ? 0 : (double) tally.hits().size() / tally.runs()),
                percent(interval.low()),
                percent(interval.high())));
    byProperty(tally)
        .forEach((name, count) -> out.println("      %s in %d".formatted(name, count)));
    out.println("    ended        " + ended(answer));
    out.println(
        "    time         %s a run, %s in all"
            .formatted(
                Figures.seconds(tally.secondsPerRun()),
                Figures.seconds(answer.wall().toMillis() / 1e3)));
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
    Look first = tally.hits().isEmpty() ? null : tally.hits().get(0);
    Kept kept = answer.first();
    if (first != null && kept != null) {
      out.println("    first seed   " + first.seed());
      out.println("    repeat       " + command(answer.schedule(), first));
      if (answer.shrunk() != null) {
        ShrinkCommand.print(answer.shrunk(), output);
      }
      out.println("  results  " + kept.folder());
      if (answer.messages() != null) {
        out.println("  messages " + answer.messages());
      }
      if (kept.report() != null) {
        out.println("  report   " + kept.report());
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

  private String ended(Answer answer) {
    return switch (answer.end()) {
      case FOUND -> deviations == 1 ? "with the first" : "with " + deviations + " of them";
      case RUNS -> "with the last run";
      case TIME -> "by --time, " + time;
      case INTERRUPTED -> "early, by Ctrl-C";
      case FAILED -> "by a run that failed";
    };
  }
}
