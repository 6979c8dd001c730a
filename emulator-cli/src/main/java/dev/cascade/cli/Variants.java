package dev.cascade.cli;

import dev.cascade.engine.RunFailure;
import dev.cascade.property.Conclusion;
import dev.cascade.property.Conclusion.Match;
import dev.cascade.property.Expectation;
import dev.cascade.property.Result;
import dev.cascade.run.Emulation;
import dev.cascade.run.PropertyVerdict;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunOptions;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioFile;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Variants of a scenario, each run with the same seeds, side by side. */
final class Variants {
  /** The scenario without mitigations, as tables call it. */
  static final String BASE = "base";

  private final ScenarioFile file;
  private final Map<String, Scenario> scenarios;
  private final List<Long> seeds;

  private Variants(ScenarioFile file, Map<String, Scenario> scenarios, List<Long> seeds) {
    this.file = file;
    this.scenarios = scenarios;
    this.seeds = seeds;
  }

  /** Each of these choices of mitigations with each of these seeds. */
  static Variants of(ScenarioFile file, List<List<String>> choices, List<Long> seeds) {
    Map<String, Scenario> scenarios = new LinkedHashMap<>();
    for (List<String> choice : choices) {
      String name = choice.isEmpty() ? BASE : String.join("+", choice);
      scenarios.put(name, file.scenario(choice));
    }
    return new Variants(file, scenarios, seeds);
  }

  /** Runs all, keeps all, and prints them side by side. */
  ExitCode run(ScenarioOptions which, RunningOptions how, OutputOptions output) {
    RunOptions options = how.options();
    List<Emulation> emulations = new ArrayList<>();
    for (Scenario variant : scenarios.values()) {
      for (long seed : seeds) {
        emulations.add(Emulation.of(file, variant.active(), seed).options(options));
      }
    }
    AtomicInteger done = new AtomicInteger();
    PrintWriter err = output.screen().err();
    List<Kept> runs =
        new Batch(emulations, Batch.threads(options))
            .run(
                emulation -> {
                  String command = Repeat.command(which, how, emulation.scenario());
                  RunFolder.Begun begun = Kept.begin(how.out, emulation.scenario());
                  RunResult result = Kept.orDiscard(begun, emulation::run);
                  RunFolder folder = begun.finish(result, command);
                  tell(result, command, done.incrementAndGet(), emulations.size(), output, err);
                  return new Kept(result, folder.path().toString());
                });
    if (output.isText()) {
      print(runs, output);
    } else {
      output.print(RunCommand.array(runs));
    }
    return verdict(runs);
  }

  private static void tell(
      RunResult result, String command, int done, int all, OutputOptions output, PrintWriter err) {
    synchronized (err) {
      RunFailure failure = result.end().failure();
      if (failure != null) {
        FailureReport.print(result, failure, command, output.verbose, err);
      }
      if (!output.quiet) {
        List<String> active = result.scenario().active();
        err.println(
            "%d of %d runs done: %s, seed %d, %s"
                .formatted(
                    done,
                    all,
                    active.isEmpty() ? BASE : String.join("+", active),
                    result.scenario().timing().seed(),
                    result.verdict().word()));
        err.flush();
      }
    }
  }

  private List<RunResult> of(String variant, List<Kept> runs) {
    int from = List.copyOf(scenarios.keySet()).indexOf(variant) * seeds.size();
    return runs.subList(from, from + seeds.size()).stream().map(Kept::result).toList();
  }

  private Set<String> properties(List<Kept> runs) {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(
        run ->
            run.result().findings().properties().forEach(property -> names.add(property.name())));
    return names;
  }

  private Set<String> measurements(List<Kept> runs) {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.addAll(run.result().findings().measurements().keySet()));
    return names;
  }

  private void print(List<Kept> runs, OutputOptions output) {
    PrintWriter out = output.screen().out();
    Paint paint = output.paint();
    Table table = new Table();
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(scenarios.keySet());
    table.row(head);
    for (String property : properties(runs)) {
      List<String> cells = new ArrayList<>(List.of(property));
      for (String variant : scenarios.keySet()) {
        cells.add(cell(property, of(variant, runs)));
      }
      table.row(cells);
    }
    for (String measurement : measurements(runs)) {
      List<String> cells = new ArrayList<>(List.of(measurement));
      for (String variant : scenarios.keySet()) {
        cells.add(mean(measurement, of(variant, runs)));
      }
      table.row(cells);
    }
    out.println("  " + paint.bold("PROPERTIES AND MEASUREMENTS") + "  (" + seedWords() + ")");
    out.print(table.text("    "));
    out.println();
    reasons(runs, paint, out);
    out.println("  verdict  " + verdictWord(runs, paint));
    out.println("  results  " + parentOf(runs.get(0).folder()));
    out.flush();
  }

  private String seedWords() {
    return seeds.size() == 1
        ? "seed " + seeds.get(0)
        : "%d seeds, %d to %d".formatted(seeds.size(), seeds.get(0), seeds.get(seeds.size() - 1));
  }

  private static String parentOf(String folder) {
    int slash = folder.lastIndexOf('/');
    return slash < 0 ? folder : folder.substring(0, slash);
  }

  /** What became of a property in one variant, in few words. */
  private String cell(String property, List<RunResult> results) {
    Conclusion conclusion = conclusion(property, results);
    List<Result> verdicts = verdicts(property, results);
    if (conclusion == null || verdicts.isEmpty()) {
      return "-";
    }
    long violated = verdicts.stream().filter(Result.VIOLATED::equals).count();
    String word =
        results.size() == 1
            ? verdicts.get(0).word()
            : violated == 0 && verdicts.stream().allMatch(Result.HOLDS::equals)
                ? "holds"
                : "violated %d/%d".formatted(violated, verdicts.size());
    String mark =
        switch (conclusion.match()) {
          case MET -> "✓";
          case DEVIATED -> "✗";
          case INCONCLUSIVE -> "?";
        };
    return mark + " " + word + worst(property, results);
  }

  private static String worst(String property, List<RunResult> results) {
    List<Double> measured =
        results.stream()
            .flatMap(result -> find(property, result).stream())
            .map(found -> found.result().measured())
            .filter(value -> value != null)
            .sorted()
            .toList();
    if (measured.isEmpty()) {
      return "";
    }
    String least = Figures.of(measured.get(0));
    String most = Figures.of(measured.get(measured.size() - 1));
    return least.equals(most) ? " (" + least + ")" : " (" + least + " to " + most + ")";
  }

  private static String mean(String measurement, List<RunResult> results) {
    List<Double> values = new ArrayList<>();
    for (RunResult result : results) {
      Double value = result.findings().measurements().get(measurement);
      if (value != null) {
        values.add(value);
      }
    }
    if (values.isEmpty()) {
      return "no data";
    }
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    if (values.size() == 1) {
      return Figures.of(mean);
    }
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(mean);
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(mean);
    return "%s (%s to %s)".formatted(Figures.of(mean), Figures.of(least), Figures.of(most));
  }

  private static List<PropertyVerdict> find(String property, RunResult result) {
    return result.findings().properties().stream()
        .filter(candidate -> candidate.name().equals(property))
        .toList();
  }

  private static List<Result> verdicts(String property, List<RunResult> results) {
    return results.stream()
        .flatMap(result -> find(property, result).stream())
        .map(found -> found.result().result())
        .toList();
  }

  /**
   * What all seeds of a variant say of what was expected; null if the variant lacks the property.
   */
  private static @Nullable Conclusion conclusion(String property, List<RunResult> results) {
    for (RunResult result : results) {
      for (PropertyVerdict found : find(property, result)) {
        Expectation expected = found.expected();
        return expected.judge(verdicts(property, results));
      }
    }
    return null;
  }

  private void reasons(List<Kept> runs, Paint paint, PrintWriter out) {
    boolean any = false;
    for (String variant : scenarios.keySet()) {
      for (String property : properties(runs)) {
        Conclusion conclusion = conclusion(property, of(variant, runs));
        boolean rate = conclusion != null && conclusion.reasoning().contains("confidence");
        if (conclusion != null && (conclusion.match() != Match.MET || rate)) {
          out.println(
              "    %s %s, %s: %s"
                  .formatted(
                      paint.mark(conclusion.match()), variant, property, conclusion.reasoning()));
          any = true;
        }
      }
    }
    if (any) {
      out.println();
    }
  }

  private String verdictWord(List<Kept> runs, Paint paint) {
    return switch (verdict(runs)) {
      case AS_EXPECTED -> paint.of(Match.MET, "pass") + " (as expected)";
      case DEVIATED -> paint.of(Match.DEVIATED, "fail") + " (not as expected)";
      case INCONCLUSIVE -> paint.of(Match.INCONCLUSIVE, "inconclusive");
      case TIME_LIMIT -> paint.of(Match.INCONCLUSIVE, "inconclusive") + " (time limit)";
      case INTERRUPTED -> paint.of(Match.INCONCLUSIVE, "inconclusive") + " (interrupted)";
      case USAGE, INTERNAL -> paint.of(Match.DEVIATED, "failed");
    };
  }

  /** Over all seeds: what one run cannot say of a rate, many can. */
  private ExitCode verdict(List<Kept> runs) {
    List<RunResult> results = runs.stream().map(Kept::result).toList();
    ExitCode gravest = ExitCode.gravest(results);
    if (gravest.compareTo(ExitCode.DEVIATED) > 0
        || results.stream().anyMatch(result -> !result.end().ending().isWhole())) {
      return gravest;
    }
    ExitCode verdict = ExitCode.AS_EXPECTED;
    for (String variant : scenarios.keySet()) {
      for (String property : properties(runs)) {
        verdict = graver(verdict, property, of(variant, runs));
      }
    }
    return verdict;
  }

  private static ExitCode graver(ExitCode verdict, String property, List<RunResult> results) {
    Conclusion conclusion = conclusion(property, results);
    boolean warns =
        results.stream()
            .flatMap(result -> find(property, result).stream())
            .anyMatch(found -> found.spec().severity() == dev.cascade.property.Severity.WARN);
    if (conclusion == null || warns) {
      return verdict;
    }
    ExitCode code =
        switch (conclusion.match()) {
          case MET -> ExitCode.AS_EXPECTED;
          case DEVIATED -> ExitCode.DEVIATED;
          case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
        };
    return code.compareTo(verdict) > 0 ? code : verdict;
  }
}
