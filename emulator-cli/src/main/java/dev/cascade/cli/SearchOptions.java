package dev.cascade.cli;

import dev.cascade.node.Suggestion;
import dev.cascade.property.PropertySpec;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.TopologyEntry;
import dev.cascade.schedule.Schedule;
import dev.cascade.schedule.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is sought, where, and for how long. */
final class SearchOptions {
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

  /** That the options go together. */
  void check() {
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

  /** That the scenario has what they name. */
  void check(Scenario scenario) {
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

  /** Among which messages there is something to choose. */
  Schedule.Scope scope() {
    return new Schedule.Scope(among, TypedTime.of(after), TypedTime.orNull(until));
  }

  /** How long it may take on the wall clock. */
  long limitNanos() {
    return TypedTime.orNever(time).toNanos();
  }

  /** The scenario of one of the runs, which differ by a number. */
  Scenario variant(Scenario scenario, Schedule schedule, long number) {
    return seed == null
        ? scenario.seed(number).schedule(schedule)
        : scenario.seed(seed).schedule(schedule.seed(number));
  }
}
