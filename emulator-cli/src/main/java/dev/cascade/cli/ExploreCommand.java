package dev.cascade.cli;

import dev.cascade.cli.explore.Look;
import dev.cascade.cli.explore.Tally;
import dev.cascade.run.Emulation;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunResult;
import dev.cascade.run.Shell;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.schedule.Schedule;
import dev.cascade.schedule.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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
  @Mixin ScenarioOptions which = new ScenarioOptions();

  @Mixin SearchOptions asked = new SearchOptions();

  @Mixin MitigationsOption mitigations = new MitigationsOption();

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

  @Override
  public Integer call() {
    if (shrink != null) {
      Shrinking.checkUnused(shrink);
      shrinking.budget();
    }
    asked.check();
    ScenarioFile file = which.read(output);
    Scenario scenario = file.scenario(mitigations.names);
    asked.check(scenario);
    long began = System.nanoTime();
    Search search = new Search(asked, output);
    Schedule schedule = search.schedule(scenario);
    Tally tally = new Tally(asked.deviations);
    Search.End end = search.run(scenario, schedule, tally);
    Duration wall = Duration.ofNanos(System.nanoTime() - began);
    Look failed = tally.failed();
    if (failed != null) {
      tellFailure(failed, schedule);
    }
    Look hit = tally.hits().isEmpty() ? null : tally.hits().get(0);
    Kept first = hit == null ? null : keep(file, schedule, hit);
    String command = hit == null ? "" : command(schedule, hit);
    Path messages = messages(tally, first);
    new SearchAnswer(
            scenario, schedule, tally, end, wall, command, first, shrunk(tally, first), messages)
        .tell(asked, output);
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

  /** Repeats the first run that deviated, to its end, and keeps it. */
  private Kept keep(ScenarioFile file, Schedule schedule, Look hit) {
    RunFolder.Begun[] begun = new RunFolder.Begun[1];
    Scenario scenario = file.scenario(mitigations.names);
    Schedule repeated =
        schedule.strategy() == Strategy.RANDOM
            ? null
            : asked.variant(scenario, schedule, hit.seed()).timing().schedule();
    try (Emulation emulation = Emulation.of(file, mitigations.names, seed(hit), repeated)) {
      begun[0] = RunFolder.begin(runs.folder(), emulation.scenario());
      RunResult result = Kept.orDiscard(begun[0], emulation::run);
      return Kept.of(
          begun[0], result, command(schedule, hit), noReport ? Kept.Page.NONE : Kept.Page.PLAIN);
    }
  }

  private long seed(Look look) {
    return asked.seed == null ? look.seed() : asked.seed;
  }

  private String command(Schedule schedule, Look look) {
    StringBuilder command = new StringBuilder("./cascade run ").append(which.typed());
    command.append(" --seed ").append(seed(look));
    command.append(mitigations.typed());
    if (schedule.strategy() != Strategy.RANDOM) {
      Schedule own = asked.seed == null ? schedule : schedule.seed(look.seed());
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

  private static ExitCode code(Tally tally, Search.End end) {
    if (end == Search.End.FAILED) {
      return ExitCode.INTERNAL;
    }
    if (!tally.hits().isEmpty()) {
      return ExitCode.DEVIATED;
    }
    if (end == Search.End.INTERRUPTED) {
      return ExitCode.INTERRUPTED;
    }
    boolean judged = tally.runs() > tally.unjudged();
    return judged && tally.controlledSomething() ? ExitCode.AS_EXPECTED : ExitCode.INCONCLUSIVE;
  }
}
