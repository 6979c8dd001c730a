package dev.cascade.cli;

import dev.cascade.cli.sweep.Level;
import dev.cascade.cli.sweep.Levels;
import dev.cascade.cli.sweep.Outcome;
import dev.cascade.cli.sweep.Point;
import dev.cascade.engine.RunFailure;
import dev.cascade.property.Result;
import dev.cascade.run.Emulation;
import dev.cascade.run.PropertyVerdict;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.Scenario;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes runs of a scenario with other values than the file's, over seeds, and tells how it goes.
 */
final class LevelRuns {
  private static final long TELL_EVERY_NANOS = 1_000_000_000L;

  private final ScenarioOptions which;
  private final ManyRuns how;
  private final OutputOptions output;
  private final Crew crew;
  private final PrintWriter err;
  private final Map<String, Integer> uncounted = new TreeMap<>();
  private int planned;
  private int done;
  private long toldNanos;
  private boolean failureTold;
  private ExitCode gravest = ExitCode.AS_EXPECTED;

  LevelRuns(ScenarioOptions which, ManyRuns how, OutputOptions output, Crew crew) {
    this.which = which;
    this.how = how;
    this.output = output;
    this.crew = crew;
    this.err = output.screen().err();
  }

  /** How many runs came to an end, whatever it was. */
  int done() {
    return done;
  }

  /** The gravest that happened: runs that failed, or met their time limit; or Ctrl-C. */
  ExitCode gravest() {
    return crew.isStopped() && gravest.compareTo(ExitCode.INTERRUPTED) < 0
        ? ExitCode.INTERRUPTED
        : gravest;
  }

  /** What became of runs that tell nothing, in words; empty if there was none. */
  String uncounted() {
    return String.join(
        ", ",
        uncounted.entrySet().stream()
            .map(entry -> Figures.count(entry.getValue(), "run") + " ended by " + entry.getKey())
            .toList());
  }

  /** All levels over all seeds; those that no run was made of are left out. */
  List<Point> points(List<Levels> varied, List<List<Level>> combinations) {
    List<List<Outcome>> found =
        outcomes(
            combinations.stream().map(levels -> settings(varied, levels)).toList(),
            LevelRuns::outcome);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i).isEmpty()) {
        points.add(new Point(combinations.get(i), found.get(i)));
      }
    }
    return points;
  }

  /** What was typed, each range replaced by one of its values. */
  List<String> settings(List<Levels> varied, List<Level> levels) {
    List<String> settings = new ArrayList<>();
    int next = 0;
    for (String setting : which.settings) {
      if (Levels.of(setting).isPresent()) {
        settings.add(varied.get(next).path() + "=" + levels.get(next));
        next++;
      } else {
        settings.add(setting);
      }
    }
    return settings;
  }

  /**
   * Each choice of settings over all seeds. All are read before the first run, so that what is
   * wrong with a value is told at once; they are kept only while they run, as there may be many.
   *
   * @return for each choice what was made of those runs that were not stopped
   */
  <T> List<List<T>> outcomes(List<List<String>> settings, Function<RunResult, T> look) {
    List<ScenarioOptions> options = settings.stream().map(which::with).toList();
    options.forEach(option -> option.read(List.of()));
    planned += options.size() * how.seeds.all().size();
    List<Crew.Job<Placed<T>>> jobs = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      int choice = i;
      String command = "./cascade run " + options.get(i).typed();
      for (long seed : how.seeds.all()) {
        jobs.add(
            new Crew.Job<>(
                () -> Emulation.of(options.get(choice).read(List.of()), how.mitigations(), seed),
                result -> {
                  tell(result, command, settings.get(choice));
                  return new Placed<>(choice, look.apply(result));
                }));
      }
    }
    List<List<T>> byChoice = new ArrayList<>();
    settings.forEach(choice -> byChoice.add(new ArrayList<>()));
    crew.run(jobs).forEach(placed -> byChoice.get(placed.choice()).add(placed.what()));
    return byChoice;
  }

  /** A scenario over all seeds: what was made of those runs that were not stopped. */
  <T> List<T> of(Scenario scenario, String command, Function<RunResult, T> look) {
    List<Crew.Job<T>> jobs = new ArrayList<>();
    for (long seed : how.seeds.all()) {
      jobs.add(
          new Crew.Job<>(
              () -> Emulation.of(scenario.seed(seed)),
              result -> {
                tell(result, command, List.of("up and down"));
                return look.apply(result);
              }));
    }
    planned += jobs.size();
    return crew.run(jobs);
  }

  /** What was made of a run, and of which choice it was. */
  private record Placed<T>(int choice, T what) {}

  private synchronized void tell(RunResult result, String command, List<String> settings) {
    done++;
    if (!result.end().ending().isWhole()) {
      uncounted.merge(result.end().ending().word(), 1, Integer::sum);
    }
    ExitCode code = ExitCode.of(result);
    boolean grave = code == ExitCode.INTERNAL || code == ExitCode.TIME_LIMIT;
    gravest = grave && code.compareTo(gravest) > 0 ? code : gravest;
    RunFailure failure = result.end().failure();
    if (failure != null && !failureTold) {
      failureTold = true;
      String seed = Long.toString(result.scenario().timing().seed());
      String repeat = command.contains(" --seeds ") ? command : command + " --seed " + seed;
      FailureReport.print(result, failure, repeat, output.verbose, err);
    }
    long now = System.nanoTime();
    boolean isTime = now - toldNanos > TELL_EVERY_NANOS || done == planned;
    if (!output.quiet && (isTime || output.verbose)) {
      toldNanos = now;
      err.println(
          "%d of %d runs done: %s, seed %d"
              .formatted(
                  done,
                  planned,
                  settings.isEmpty() ? "as it is" : String.join(" ", settings),
                  result.scenario().timing().seed()));
      err.flush();
    }
  }

  /** What a run showed in short. */
  static Outcome outcome(RunResult result) {
    Map<String, Result> properties =
        result.findings().properties().stream()
            .collect(
                Collectors.toMap(
                    PropertyVerdict::name,
                    verdict -> verdict.result().result(),
                    (one, other) -> one,
                    LinkedHashMap::new));
    return new Outcome(
        result.scenario().timing().seed(),
        result.end().ending().word(),
        result.end().ending().isWhole(),
        properties,
        result.findings().measurements(),
        result.recording().traceHash());
  }
}
