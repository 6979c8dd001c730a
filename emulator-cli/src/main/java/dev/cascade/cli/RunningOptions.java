package dev.cascade.cli;

import dev.cascade.run.Pace;
import dev.cascade.run.RunOptions;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a scenario is run, and where the runs are kept. */
final class RunningOptions {
  @Option(names = "--seed", paramLabel = "N", description = "The seed; the scenario's if absent.")
  @Nullable Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "SEEDS",
      converter = Seeds.Converter.class,
      description = "Several runs: 1..20 or 3,5,8.")
  @Nullable Seeds seeds;

  @Option(
      names = "--schedule",
      converter = ScheduleConverter.class,
      paramLabel = "SCHEDULE",
      description =
          "Who chooses where messages may come in this order or that, as explore found it:"
              + " pct:depth=3,steps=400,seed=7.")
  @Nullable Schedule schedule;

  @Mixin private MitigationsOption mitigations = new MitigationsOption();

  @Mixin private EachRun each = new EachRun();

  @Option(
      names = "--speed",
      defaultValue = "max",
      paramLabel = "SPEED",
      description = "Virtual against real time: 1x, 10x or max (default).")
  String speed = "max";

  @Option(
      names = "--check",
      description = "Lets every message across hosts pass through its serialized form.")
  boolean check;

  @Option(names = "--fail-fast", description = "Ends a run with the first property that deviates.")
  boolean failFast;

  @Option(names = "--no-report", description = "Writes no page (report.html, compare.html).")
  boolean noReport;

  @Option(
      names = "--why",
      description =
          "Repeats a run for each property that was violated, and tells in its page what led to it.")
  boolean why;

  @Mixin RunsOption runs = new RunsOption();

  /** Reads a schedule. */
  static final class ScheduleConverter implements ITypeConverter<Schedule> {
    @Override
    public Schedule convert(String text) {
      try {
        return Schedule.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(String.valueOf(wrong.getMessage()));
      }
    }
  }

  /** Whether to write a page of what was run. */
  boolean report() {
    return !noReport;
  }

  /** Which page each run gets. */
  Kept.Page page() {
    if (noReport && why) {
      throw new UsageException("--why tells it in the page, and --no-report writes none.");
    }
    return noReport ? Kept.Page.NONE : why ? Kept.Page.EXPLAINED : Kept.Page.PLAIN;
  }

  /** How to run. */
  RunOptions options() {
    try {
      return each.options(Pace.parse(speed), check, failFast);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }

  /** The seeds to run: those asked for, or the scenario's own. */
  List<Long> seedsOf(Scenario scenario) {
    if (seed != null && seeds != null) {
      throw new UsageException("Either --seed or --seeds, not both.");
    }
    if (seeds != null) {
      return seeds.all();
    }
    return List.of(seed == null ? scenario.timing().seed() : seed);
  }

  /** The mitigations asked for. */
  List<String> mitigations() {
    return mitigations.names;
  }

  /** Threads that share the hosts of a run. */
  int shards() {
    return each.shards();
  }

  /** The scenario with the mitigations asked for. */
  Scenario variant(ScenarioFile file) {
    return file.scenario(mitigations.names);
  }
}
