package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.cli.sweep.Effect;
import dev.cascade.cli.sweep.Outcome;
import dev.cascade.cli.sweep.Point;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.scenario.GuessedValue;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioException;
import dev.cascade.scenario.ScenarioProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Halves and doubles every guess that a scenario rests on, and tells which of them matter. */
@Command(
    name = "sensitivity",
    description = {
      "Halves and doubles each guess that a scenario rests on; tells which turn a verdict.",
      "A guess is a default nobody has measured; what the scenario writes down is yours."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SensitivityCommand implements Callable<Integer> {
  private static final String NO_GUESS =
      "  The scenario rests on no guess, and nothing was run: what could be one is written down.\n"
          + "  Maybe --vary topology.shop.threads=4 varies a value of your own.";

  @Mixin ScenarioOptions which = new ScenarioOptions();
  @Mixin ManyRuns how = new ManyRuns();
  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--vary",
      paramLabel = "PATH=VALUE",
      description = "A value of your own to halve and double too: topology.shop.threads=4.")
  List<String> more = new ArrayList<>();

  /** One change of one guess. */
  private record Change(GuessedValue guess, String word, String value) {
    String setting() {
      return guess.path() + "=" + value;
    }
  }

  @Override
  public Integer call() {
    Scenario scenario = which.read(output).scenario(how.mitigations());
    List<GuessedValue> guesses = new ArrayList<>(scenario.guesses());
    List<GuessedValue> own = more.stream().map(this::own).toList();
    guesses.addAll(own);
    if (guesses.isEmpty() && output.isText()) {
      output.screen().out().println(NO_GUESS);
      output.screen().out().flush();
      return ExitCode.AS_EXPECTED.code;
    }
    List<Change> changes = new ArrayList<>();
    guesses.forEach(
        guess ->
            guess
                .alternatives()
                .forEach((word, value) -> changes.add(new Change(guess, word, value))));
    Crew crew = new Crew(how.options());
    try (crew) {
      LevelRuns runs = new LevelRuns(which, how, output, crew);
      List<Effect> effects = effects(runs, changes);
      return finish(scenario, effects, runs, tally(scenario.guesses(), own, effects)).code;
    }
  }

  /** A value of the user's own, which the scenario must have. */
  private GuessedValue own(String setting) {
    int equals = setting.indexOf('=');
    GuessedValue value =
        equals < 1
            ? null
            : GuessedValue.own(setting.substring(0, equals), setting.substring(equals + 1));
    if (value == null || value.alternatives().isEmpty()) {
      throw new UsageException(
          "The --vary (%s) must be a path and its number. Maybe topology.shop.threads=4?"
              .formatted(setting));
    }
    List<String> settings = new ArrayList<>(which.settings);
    settings.add(setting);
    which.with(settings).read(List.of()).scenario(how.mitigations());
    return value;
  }

  /** How many of each kind turn a verdict: what is the user's own is no guess. */
  private static String tally(
      List<GuessedValue> guesses, List<GuessedValue> own, List<Effect> effects) {
    String said =
        "%d of %s".formatted(turning(guesses, effects), Figures.count(guesses.size(), "guess"));
    return own.isEmpty()
        ? said + " turn a verdict"
        : "%s and %d of %s turn a verdict"
            .formatted(
                said,
                turning(own, effects),
                own.size() == 1 ? "1 value of your own" : own.size() + " values of your own");
  }

  private static long turning(List<GuessedValue> values, List<Effect> effects) {
    List<String> paths = values.stream().map(GuessedValue::path).toList();
    return effects.stream()
        .filter(effect -> !effect.turned().isEmpty())
        .map(Effect::path)
        .filter(paths::contains)
        .distinct()
        .count();
  }

  private List<Effect> effects(LevelRuns runs, List<Change> changes) {
    List<List<String>> settings = new ArrayList<>(List.of(which.settings));
    List<Change> possible = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    for (Change change : changes) {
      List<String> changed = new ArrayList<>(which.settings);
      changed.add(change.setting());
      String problem = problem(changed);
      if (problem == null) {
        settings.add(changed);
        possible.add(change);
      } else {
        effects.add(impossible(change, problem));
      }
    }
    if (possible.isEmpty()) {
      return effects; // there is nothing to set the base against
    }
    List<List<Outcome>> outcomes = runs.outcomes(settings, LevelRuns::outcome);
    Point base = new Point(List.of(), outcomes.get(0));
    for (int i = 0; i < possible.size(); i++) {
      Change change = possible.get(i);
      GuessedValue guess = change.guess();
      Point changed = new Point(List.of(), outcomes.get(i + 1));
      if (!changed.outcomes().isEmpty()) {
        effects.add(
            Effect.of(
                guess.path(),
                guess.value(),
                change.word(),
                change.value(),
                guess.note(),
                base,
                changed));
      }
    }
    effects.sort(Effect::compareByEffect);
    return effects;
  }

  /** Why there is no scenario with these settings; null if there is. */
  private @Nullable String problem(List<String> settings) {
    try {
      which.with(settings).read(List.of()).scenario(how.mitigations());
      return null;
    } catch (ScenarioException invalid) {
      return invalid.problems().stream()
          .findFirst()
          .map(ScenarioProblem::message)
          .orElse("It is no scenario.");
    }
  }

  private static Effect impossible(Change change, String problem) {
    GuessedValue guess = change.guess();
    return new Effect(
        guess.path(),
        guess.value(),
        change.word(),
        change.value(),
        guess.note(),
        problem,
        Map.of(),
        Map.of());
  }

  // ---- the answer

  private ExitCode finish(Scenario scenario, List<Effect> effects, LevelRuns runs, String tally) {
    Path folder = null;
    if (!effects.isEmpty()) {
      folder = RunFolder.beside(how.runs.folder(), scenario, "sensitivity");
      try {
        Files.writeString(
            folder.resolve("sensitivity.json"),
            RunJson.text(json(scenario, effects, runs, folder)));
      } catch (IOException failed) {
        throw new UsageException("The folder (%s) cannot be written.".formatted(folder));
      }
    }
    if (output.isText()) {
      print(effects, runs, tally, folder);
    } else {
      output.print(json(scenario, effects, runs, folder));
    }
    return runs.gravest();
  }

  private ObjectNode json(
      Scenario scenario, List<Effect> effects, LevelRuns runs, @Nullable Path folder) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    json.put("scenario", scenario.metadata().name());
    json.put("command", "./cascade sensitivity " + which.typed() + how.typed());
    how.seeds.all().forEach(json.putArray("seeds")::add);
    json.put("runs", runs.done());
    ArrayNode all = json.putArray("effects");
    for (Effect effect : effects) {
      ObjectNode node = all.addObject();
      node.put("path", effect.path()).put("value", effect.before()).put("change", effect.change());
      node.put("changed", effect.after()).put("note", effect.note());
      if (effect.problem() != null) {
        node.put("problem", effect.problem());
        continue;
      }
      ObjectNode turned = node.putObject("turned");
      effect
          .turned()
          .forEach(
              (property, turn) -> {
                ObjectNode own = turned.putObject(property);
                own.set("from", SweepFiles.votes(turn.from()));
                own.set("to", SweepFiles.votes(turn.to()));
              });
      ObjectNode moved = node.putObject("moved");
      effect
          .moved()
          .forEach(
              (measure, move) ->
                  moved
                      .putObject(measure)
                      .put("base", SweepFiles.number(move.base()))
                      .put("difference", SweepFiles.number(move.difference()))
                      .put("low", SweepFiles.number(move.low()))
                      .put("high", SweepFiles.number(move.high()))
                      .put("noise", move.isNoise()));
    }
    json.put("runFolder", folder == null ? null : folder.toString());
    return json;
  }

  private void print(List<Effect> effects, LevelRuns runs, String tally, @Nullable Path folder) {
    PrintWriter out = output.screen().out();
    Paint paint = output.paint();
    out.println(
        "  %s  (%s each)"
            .formatted(paint.bold("GUESSES"), Figures.count(how.seeds.all().size(), "seed")));
    Table table = new Table();
    table.row("", "", "value", "", "turns", "moves most");
    Set<String> idle = new LinkedHashSet<>(effects.stream().map(Effect::path).toList());
    for (Effect effect : effects) {
      if (effect.isFelt()) {
        idle.remove(effect.path());
        table.row(
            effect.turned().isEmpty() ? "" : "!",
            effect.path(),
            effect.before().startsWith("{") ? "" : effect.before(),
            effect.change(),
            effect.problem() == null ? turns(effect) : "cannot be: " + effect.problem(),
            effect.problem() == null ? moves(effect) : "");
      }
    }
    if (effects.stream().anyMatch(Effect::isFelt)) {
      out.print(table.text("    "));
      out.println();
    }
    if (!idle.isEmpty()) {
      out.println("    Half or double, nothing changes beyond noise:");
      idle.forEach(path -> out.println("      " + path));
      out.println();
    }
    out.println("  %s; %s".formatted(tally, Figures.count(runs.done(), "run")));
    if (runs.gravest() == ExitCode.INTERRUPTED) {
      out.println("  ended    early, by Ctrl-C");
    }
    if (!runs.uncounted().isEmpty()) {
      out.println("  left out " + runs.uncounted());
    }
    if (folder != null) {
      out.println("  results  " + folder);
    }
    out.flush();
  }

  private static String turns(Effect effect) {
    List<String> words = new ArrayList<>();
    effect
        .turned()
        .forEach(
            (property, turn) ->
                words.add(
                    "%s: %s, was %s"
                        .formatted(
                            property, turn.to().majority().word(), turn.from().majority().word())));
    return words.isEmpty() ? "" : String.join("; ", words);
  }

  private static String moves(Effect effect) {
    String name = null;
    for (Map.Entry<String, Effect.Move> entry : effect.moved().entrySet()) {
      boolean most =
          !entry.getValue().isNoise() && entry.getValue().relative() == effect.greatest();
      name = most && name == null ? entry.getKey() : name;
    }
    Effect.Move move = name == null ? null : effect.moved().get(name);
    if (move == null || effect.greatest() == 0) {
      return "";
    }
    return move.base() == 0
        ? "%s 0 to %s".formatted(name, Figures.of(move.difference()))
        : "%s %s%s %%"
            .formatted(
                name,
                move.difference() / move.base() > 0 ? "+" : "-",
                Figures.of(100 * move.relative()));
  }
}
