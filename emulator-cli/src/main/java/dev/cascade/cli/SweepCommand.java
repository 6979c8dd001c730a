package dev.cascade.cli;

import dev.cascade.cli.report.SweepPage;
import dev.cascade.cli.sweep.Edge;
import dev.cascade.cli.sweep.EdgeSearch;
import dev.cascade.cli.sweep.Level;
import dev.cascade.cli.sweep.Levels;
import dev.cascade.cli.sweep.Point;
import dev.cascade.cli.sweep.Sweep;
import dev.cascade.node.Suggestion;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.Result;
import dev.cascade.random.DurationText;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.run.Shell;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries many values of a setting: a curve, its knee, and the edges of properties. */
@Command(
    name = "sweep",
    description = {
      "Tries many values of a setting: a curve, its knee, and where properties turn.",
      "A --set may give a range (4..40:4, 2/s..10/s:1/s, 100ms..1s:100ms, 25..400:x2) or a list",
      "(fifo,lifo); one makes a curve, two make a map."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SweepCommand implements Callable<Integer> {
  /** More runs than anybody waits for: a slip of the hand. */
  private static final int RUNS_MAX = 100_000;

  /**
   * A level lasts this part of the scenario's duration, unless said: guessed to be settled then.
   */
  private static final int LEVEL_PART = 4;

  @Mixin ScenarioOptions which = new ScenarioOptions();
  @Mixin ManyRuns how = new ManyRuns();
  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--measure",
      split = ",",
      paramLabel = "NAME",
      description = "A measurement of the scenario to draw; may be repeated.")
  List<String> measures = new ArrayList<>();

  @Option(
      names = "--property",
      split = ",",
      paramLabel = "NAME",
      description = "A property whose edge is looked for; all of them by default.")
  List<String> chosen = new ArrayList<>();

  @Option(names = "--no-report", description = "Writes no page.")
  boolean noReport;

  @Option(
      names = "--until",
      paramLabel = "NEAR",
      description = "Goes towards the edges by halves until it is so near: 1%%, 0.1/s.")
  @Nullable String until;

  @Option(
      names = "--down",
      description = "Lets a load go up in steps and down again within each run: hysteresis.")
  boolean down;

  @Option(
      names = "--hold",
      paramLabel = "TIME",
      description = "With --down: how long a level lasts; a quarter of the duration by default.")
  @Nullable String hold;

  @Override
  public Integer call() {
    List<Levels> varied = varied();
    // At its first value each scenario says what measurements and properties there are.
    List<Level> first = varied.stream().map(levels -> start(levels)).toList();
    Crew crew = new Crew(how.options());
    try (crew) {
      LevelRuns runs = new LevelRuns(which, how, output, crew);
      Scenario scenario = scenario(runs, varied, first);
      requireKnown("measurement", measures, scenario.measurements().keySet());
      List<String> properties = properties(scenario);
      Sweep sweep =
          down
              ? staircase(runs, varied.get(0), scenario, properties)
              : grid(runs, varied, scenario, properties);
      return finish(sweep, scenario, runs).code;
    }
  }

  private Scenario scenario(LevelRuns runs, List<Levels> varied, List<Level> levels) {
    ScenarioFile file = which.with(runs.settings(varied, levels)).read(output);
    return file.scenario(how.mitigations());
  }

  private static Level start(Levels levels) {
    return levels.hasStep() ? levels.all().get(0) : levels.coarse().get(0);
  }

  // ---- the question

  private List<Levels> varied() {
    List<Levels> varied = new ArrayList<>();
    try {
      which.settings.forEach(setting -> Levels.of(setting).ifPresent(varied::add));
      if (varied.isEmpty()) {
        throw new UsageException(
            "Nothing is varied. Maybe --set configuration.rate=10/s..100/s:10/s?");
      }
      if (varied.size() > 2) {
        throw new UsageException(
            "There are %d ranges, and a map has two. Maybe fix one of them?"
                .formatted(varied.size()));
      }
      checkSearch(varied);
      checkDown(varied);
      checkSize(varied);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
    return varied;
  }

  private void checkSearch(List<Levels> varied) {
    if (until == null) {
      for (Levels levels : varied) {
        if (!levels.hasStep()) {
          throw new UsageException(
              "The range of (%s) has no step. Maybe --set %s, or --until 1%% to search it?"
                  .formatted(levels.path(), levels.withStep()));
        }
      }
      return;
    }
    if (varied.size() > 1 || down) {
      throw new UsageException(
          "A search (--until) goes along one range, and not up and down. Maybe leave out %s?"
              .formatted(down ? "--down" : "one of the ranges"));
    }
    if (!varied.get(0).isRange()) {
      throw new UsageException(
          "A search (--until) needs a range to halve, and (%s) has a list. Maybe 1/s..10/s?"
              .formatted(varied.get(0).path()));
    }
    varied.get(0).tolerance(until, start(varied.get(0)));
  }

  private void checkDown(List<Levels> varied) {
    if (down && which.duration != null) {
      throw new UsageException(
          "With --down a run lasts as long as its levels. Maybe --hold in place of --duration?");
    }
    if (hold != null && !down) {
      throw new UsageException("The option --hold belongs to --down. Maybe add that?");
    }
    if (down && (varied.size() > 1 || varied.get(0).all().size() < 2)) {
      throw new UsageException("With --down there is one range, of two levels or more.");
    }
  }

  private void checkSize(List<Levels> varied) {
    long runs = how.seeds.all().size();
    for (Levels levels : varied) {
      runs *= Math.max(1, down ? 1 : levels.all().size());
    }
    if (runs > RUNS_MAX) {
      throw new UsageException(
          "That would be %d runs, and more than %d are not made. Maybe longer steps, fewer seeds, or --until 1%%?"
              .formatted(runs, RUNS_MAX));
    }
  }

  private static void requireKnown(String what, List<String> names, Collection<String> known) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UsageException(
            "The scenario has no %s (%s).%s".formatted(what, name, Suggestion.maybe(name, known)));
      }
    }
  }

  private List<String> properties(Scenario scenario) {
    List<String> all = scenario.properties().stream().map(PropertySpec::name).toList();
    requireKnown("property", chosen, all);
    List<String> asked = chosen.isEmpty() ? all : chosen;
    if (down) {
      List<String> states = Staircase.judged(scenario).stream().map(PropertySpec::name).toList();
      asked = asked.stream().filter(states::contains).toList();
    }
    if (asked.isEmpty() && (measures.isEmpty() || until != null)) {
      throw new UsageException(
          "The scenario has no property to judge%s. Maybe --measure?%s"
              .formatted(
                  down ? " at a level" : "",
                  scenario.measurements().isEmpty()
                      ? ""
                      : " It has " + String.join(", ", scenario.measurements().keySet()) + "."));
    }
    return asked;
  }

  // ---- the runs

  private Sweep grid(
      LevelRuns runs, List<Levels> varied, Scenario scenario, List<String> properties) {
    List<Point> points;
    long planned;
    long gridRuns = 0;
    int seeds = how.seeds.all().size();
    Levels levels = varied.get(0);
    if (until != null) {
      EdgeSearch search = new EdgeSearch(levels, until, new LinkedHashSet<>(properties));
      points = search.points(some -> runs.points(varied, some.stream().map(List::of).toList()));
      gridRuns = levels.gridOf(finest(points, properties, levels)) * seeds;
      planned = runs.done();
    } else {
      List<List<Level>> combinations = combinations(varied);
      points = runs.points(varied, combinations);
      planned = (long) combinations.size() * seeds;
    }
    return new Sweep(
        asked(scenario, varied, properties, gridRuns),
        points,
        List.of(),
        runs.done(),
        runs.gravest() != ExitCode.INTERRUPTED && runs.done() == planned);
  }

  /** How near the search came to its edges; where there was none, how near it was to come. */
  private double finest(List<Point> points, List<String> properties, Levels levels) {
    double finest = Double.POSITIVE_INFINITY;
    for (String property : properties) {
      for (Edge edge : Edge.of(points, property)) {
        finest = Math.min(finest, edge.width());
      }
    }
    List<Level> coarse = levels.coarse();
    return Double.isInfinite(finest)
        ? levels.tolerance(String.valueOf(until), coarse.get(coarse.size() - 1))
        : finest;
  }

  private static List<List<Level>> combinations(List<Levels> varied) {
    List<List<Level>> combinations = new ArrayList<>();
    for (Level level : varied.get(0).all()) {
      if (varied.size() == 1) {
        combinations.add(List.of(level));
      } else {
        varied.get(1).all().forEach(other -> combinations.add(List.of(level, other)));
      }
    }
    return combinations;
  }

  private Sweep staircase(
      LevelRuns runs, Levels levels, Scenario scenario, List<String> properties) {
    List<Levels> varied = List.of(levels);
    List<Scenario> scenarios =
        levels.all().stream()
            .map(level -> which.with(runs.settings(varied, List.of(level))).read(List.of()))
            .map(file -> file.scenario(how.mitigations()))
            .toList();
    Staircase staircase = Staircase.of(levels, scenarios, hold(scenario));
    List<Staircase.Ways> ways = runs.of(staircase.scenario(), command(), staircase::look);
    return new Sweep(
        asked(scenario, varied, properties, 0),
        staircase.points(ways, true),
        staircase.points(ways, false),
        runs.done(),
        ways.size() == how.seeds.all().size());
  }

  private Duration hold(Scenario scenario) {
    try {
      Duration wanted =
          hold == null
              ? scenario.timing().duration().dividedBy(LEVEL_PART)
              : DurationText.parse(hold);
      if (wanted.compareTo(scenario.timing().sampling().multipliedBy(2)) < 0) {
        throw new IllegalArgumentException(
            "The --hold (%s) must be at least two ticks (%s each)."
                .formatted(
                    DurationText.format(wanted),
                    DurationText.format(scenario.timing().sampling())));
      }
      return wanted;
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }

  private Sweep.Asked asked(
      Scenario scenario, List<Levels> varied, List<String> properties, long gridRuns) {
    String title = scenario.metadata().title();
    return new Sweep.Asked(
        scenario.metadata().name(),
        title == null ? scenario.metadata().name() : title,
        command(),
        varied.stream().map(Levels::path).toList(),
        how.seeds.all(),
        measures,
        properties,
        until == null ? "" : until,
        gridRuns);
  }

  private String command() {
    StringBuilder text = new StringBuilder("./cascade sweep ").append(which.typed());
    measures.forEach(measure -> text.append(" --measure ").append(Shell.quoted(measure)));
    chosen.forEach(property -> text.append(" --property ").append(Shell.quoted(property)));
    if (until != null) {
      text.append(" --until ").append(Shell.quoted(until));
    }
    text.append(down ? " --down" : "").append(hold == null ? "" : " --hold " + hold);
    return text.append(how.typed()).toString();
  }

  // ---- the answer

  private ExitCode finish(Sweep sweep, Scenario scenario, LevelRuns runs) {
    ExitCode gravest = runs.gravest();
    Path folder = null;
    Path page = null;
    if (!sweep.points().isEmpty()) {
      folder = RunFolder.beside(how.runs.folder(), scenario, "sweep");
      page = noReport ? null : folder.resolve(SweepPage.FILE);
      write(sweep, scenario, folder, page);
    }
    if (output.isText()) {
      print(sweep, folder, page, runs);
    } else {
      output.print(SweepFiles.json(sweep, folder == null ? null : folder.toString()));
    }
    if (gravest != ExitCode.AS_EXPECTED) {
      return gravest;
    }
    return isAnswer(sweep) ? ExitCode.AS_EXPECTED : ExitCode.INCONCLUSIVE;
  }

  /** Whether any run told anything of what was asked. */
  private static boolean isAnswer(Sweep sweep) {
    return sweep.points().stream()
        .anyMatch(
            point ->
                sweep.asked().measures().stream().anyMatch(name -> point.band(name) != null)
                    || sweep.asked().properties().stream()
                        .anyMatch(name -> point.votes(name).majority() != Result.UNKNOWN));
  }

  private static void write(Sweep sweep, Scenario scenario, Path folder, @Nullable Path page) {
    try {
      Files.writeString(
          folder.resolve("sweep.json"), RunJson.text(SweepFiles.json(sweep, folder.toString())));
      Files.writeString(folder.resolve("sweep.csv"), SweepFiles.csv(sweep));
      Files.writeString(folder.resolve("scenario.yaml"), scenario.merged());
      if (page != null) {
        SweepPage.write(sweep, page);
      }
    } catch (IOException failed) {
      throw new UsageException("The folder (%s) cannot be written.".formatted(folder));
    }
  }

  private void print(Sweep sweep, @Nullable Path folder, @Nullable Path page, LevelRuns runs) {
    Screen screen = output.screen();
    int columns = screen.outIsTerminal() ? screen.errColumns() : 80;
    new SweepText(sweep, output.paint(), columns, screen.out()).print();
    if (!sweep.isComplete()) {
      boolean byUser = runs.gravest() == ExitCode.INTERRUPTED;
      String done = Figures.count(sweep.runs(), "run") + " done";
      screen.out().println("  ended    early" + (byUser ? ", by Ctrl-C: " : ": ") + done);
    }
    if (!runs.uncounted().isEmpty()) {
      screen.out().println("  left out " + runs.uncounted());
    }
    if (folder != null) {
      screen.out().println("  results  " + folder);
    }
    if (page != null) {
      screen.out().println("  report   " + page);
    }
    screen.out().flush();
  }
}
