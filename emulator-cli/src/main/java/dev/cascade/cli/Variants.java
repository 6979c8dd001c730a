package dev.cascade.cli;

import dev.cascade.cli.report.ComparePage;
import dev.cascade.engine.RunFailure;
import dev.cascade.metrics.SeriesFile;
import dev.cascade.property.Conclusion;
import dev.cascade.property.Conclusion.Match;
import dev.cascade.run.Emulation;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunOptions;
import dev.cascade.run.RunResult;
import dev.cascade.run.Shell;
import dev.cascade.run.Verdict;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        emulations.add(Emulation.of(file, variant.active(), seed, how.schedule).options(options));
      }
    }
    Kept.Page kind = how.page();
    AtomicInteger done = new AtomicInteger();
    PrintWriter err = output.screen().err();
    List<Kept> runs =
        new Batch(emulations, Batch.threads(options))
            .run(
                emulation -> {
                  String command = Repeat.command(which, how, emulation.scenario());
                  RunFolder.Begun begun = RunFolder.begin(how.runs.folder(), emulation.scenario());
                  RunResult result = Kept.orDiscard(begun, emulation::run);
                  Kept kept = Kept.of(begun, result, command, kind);
                  tell(result, command, done.incrementAndGet(), emulations.size(), output, err);
                  return kept;
                });
    boolean isTable = how.report() && scenarios.size() > 1 && !runs.isEmpty();
    Path page = isTable ? page(runs, comparing(which, how)) : null;
    if (output.isText()) {
      print(runs, page, output);
    } else {
      output.print(RunCommand.array(runs));
    }
    Kept.complain(runs);
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

  /** Whether Ctrl-C kept some from beginning. */
  private boolean isCutShort(List<Kept> runs) {
    return runs.size() < scenarios.size() * seeds.size();
  }

  /** The runs of each variant that has any. */
  private Map<String, List<Kept>> byVariant(List<Kept> runs) {
    Map<String, List<Kept>> variants = new LinkedHashMap<>();
    scenarios.forEach(
        (name, scenario) -> {
          List<String> active = scenario.active();
          List<Kept> its =
              runs.stream().filter(run -> run.result().scenario().active().equals(active)).toList();
          if (!its.isEmpty()) {
            variants.put(name, its);
          }
        });
    return variants;
  }

  private Comparison comparison(List<Kept> runs) {
    Map<String, List<RunResult>> results = new LinkedHashMap<>();
    byVariant(runs)
        .forEach((name, its) -> results.put(name, its.stream().map(Kept::result).toList()));
    return new Comparison(results);
  }

  /** Writes the variants side by side, beside the runs; null if one of those was not kept. */
  private @Nullable Path page(List<Kept> runs, String command) {
    List<ComparePage.Shown> shown = new ArrayList<>();
    for (Map.Entry<String, List<Kept>> variant : byVariant(runs).entrySet()) {
      Kept first = variant.getValue().get(0);
      if (first.folder() == null) {
        return null;
      }
      RunResult.Recording seen = first.result().recording();
      shown.add(
          new ComparePage.Shown(
              variant.getKey(),
              RunFolder.at(Path.of(first.folder())),
              new SeriesFile.Content(seen.series(), seen.metrics())));
    }
    Comparison comparison = comparison(runs);
    ComparePage.Findings findings =
        new ComparePage.Findings(
            word(verdict(runs)),
            command,
            seedWords(),
            seeds.get(0),
            comparison.propertyBlocks(),
            comparison.measurementBlocks());
    // Named after the first run: the name of its folder is nobody else's.
    Path folder = shown.get(0).folder().path();
    Path page = folder.resolveSibling(folder.getFileName() + "-" + ComparePage.FILE);
    try {
      ComparePage.write(findings, shown, page);
    } catch (IOException failed) {
      throw new UsageException("The page (%s) cannot be written.".formatted(page));
    }
    return page;
  }

  private String comparing(ScenarioOptions which, RunningOptions how) {
    StringBuilder command = new StringBuilder("./cascade compare ").append(which.typed());
    command.append(MitigationsOption.typed(how.mitigations()));
    command.append(seeds.size() == 1 ? " --seed " : " --seeds ");
    command.append(String.join(",", seeds.stream().map(String::valueOf).toList()));
    Models.arguments().forEach(word -> command.append(' ').append(Shell.quoted(word)));
    return command.toString();
  }

  private static Verdict word(ExitCode code) {
    return switch (code) {
      case AS_EXPECTED -> Verdict.PASS;
      case DEVIATED -> Verdict.FAIL;
      default -> Verdict.INCONCLUSIVE;
    };
  }

  private void print(List<Kept> runs, @Nullable Path page, OutputOptions output) {
    PrintWriter out = output.screen().out();
    Paint paint = output.paint();
    comparison(runs).print(paint, seedWords(), out);
    out.println("  verdict  " + verdictWord(runs, paint));
    if (!runs.isEmpty()) {
      out.println("  results  " + parentOf(runs.get(0).folder()));
    }
    if (page != null) {
      out.println("  report   " + page);
    }
    out.flush();
  }

  private String seedWords() {
    return seeds.size() == 1
        ? "seed " + seeds.get(0)
        : "%d seeds, %d to %d".formatted(seeds.size(), seeds.get(0), seeds.get(seeds.size() - 1));
  }

  private static String parentOf(@Nullable String folder) {
    if (folder == null) {
      return "could not be kept";
    }
    int slash = folder.lastIndexOf('/');
    return slash < 0 ? folder : folder.substring(0, slash);
  }

  private String verdictWord(List<Kept> runs, Paint paint) {
    return switch (verdict(runs)) {
      case AS_EXPECTED -> paint.of(Match.MET, "pass") + " (as expected)";
      case DEVIATED -> paint.of(Match.DEVIATED, "fail") + " (not as expected)";
      case INCONCLUSIVE -> paint.of(Match.INCONCLUSIVE, "inconclusive");
      case TIME_LIMIT -> paint.of(Match.INCONCLUSIVE, "inconclusive") + " (time limit)";
      case INTERRUPTED ->
          paint.of(Match.INCONCLUSIVE, "inconclusive")
              + " (interrupted, %d of %d runs begun)"
                  .formatted(runs.size(), scenarios.size() * seeds.size());
      case USAGE, INTERNAL -> paint.of(Match.DEVIATED, "failed");
    };
  }

  /** Over all seeds: what one run cannot say of a rate, many can. */
  private ExitCode verdict(List<Kept> runs) {
    List<RunResult> results = runs.stream().map(Kept::result).toList();
    ExitCode gravest = ExitCode.gravest(results);
    if (isCutShort(runs)) {
      return gravest.compareTo(ExitCode.INTERRUPTED) > 0 ? gravest : ExitCode.INTERRUPTED;
    }
    if (gravest.compareTo(ExitCode.DEVIATED) > 0
        || results.stream().anyMatch(result -> !result.end().ending().isWhole())) {
      return gravest;
    }
    ExitCode verdict = ExitCode.AS_EXPECTED;
    for (List<Kept> variant : byVariant(runs).values()) {
      for (String property : comparison(runs).properties()) {
        verdict = graver(verdict, property, variant.stream().map(Kept::result).toList());
      }
    }
    for (Conclusion conclusion : comparison(runs).timeline()) {
      verdict = graver(verdict, conclusion);
    }
    return verdict;
  }

  private static ExitCode graver(ExitCode verdict, String property, List<RunResult> results) {
    Conclusion conclusion = Comparison.conclusion(property, results);
    boolean warns =
        Comparison.found(property, results).stream()
            .anyMatch(found -> found.spec().severity() == dev.cascade.property.Severity.WARN);
    if (conclusion == null || warns) {
      return verdict;
    }
    return graver(verdict, conclusion);
  }

  private static ExitCode graver(ExitCode verdict, Conclusion conclusion) {
    ExitCode code =
        switch (conclusion.match()) {
          case MET -> ExitCode.AS_EXPECTED;
          case DEVIATED -> ExitCode.DEVIATED;
          case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
        };
    return code.compareTo(verdict) > 0 ? code : verdict;
  }
}
