package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cascade.engine.RunFailure;
import dev.cascade.run.Emulation;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.run.RunListener;
import dev.cascade.run.RunOptions;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a scenario: watches it, judges it, keeps it. */
@Command(
    name = "run",
    description = "Runs a scenario, judges it and keeps it in a folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  @Mixin ScenarioOptions which = new ScenarioOptions();
  @Mixin RunningOptions how = new RunningOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    ScenarioFile file = which.read(output);
    Scenario scenario = how.variant(file);
    List<Long> seeds = how.seedsOf(scenario);
    if (seeds.size() > 1) {
      return Variants.of(file, List.of(how.mitigations()), seeds).run(which, how, output).code;
    }
    return one(Emulation.of(file, how.mitigations(), seeds.get(0), how.schedule)).code;
  }

  private ExitCode one(Emulation emulation) {
    Scenario scenario = emulation.scenario();
    RunOptions options = how.options();
    emulation.options(options);
    Kept.Page page = how.page();
    String command = Repeat.command(which, how, scenario);
    ProgressView view =
        new ProgressView(output, scenario.metadata().name() + "  seed " + scenario.timing().seed());
    emulation.listener(output.quiet ? RunListener.NONE : view);
    Kept kept =
        new Batch(List.of(emulation), 1)
            .run(
                one -> {
                  RunFolder.Begun begun = RunFolder.begin(how.runs.folder(), scenario);
                  RunResult result = Kept.orDiscard(begun, one::run);
                  view.done();
                  return Kept.of(begun, result, command, page);
                })
            .get(0);
    RunResult result = kept.result();
    RunFailure failure = result.end().failure();
    if (failure != null) {
      FailureReport.print(result, failure, command, output.verbose, output.screen().err());
    }
    if (output.isText()) {
      Summary.print(result, output.paint(), output.screen().out(), kept);
    } else {
      output.print(RunJson.summary(result, kept.folder()));
    }
    Kept.complain(List.of(kept));
    return ExitCode.of(result);
  }

  /** Several runs as JSON. */
  static ArrayNode array(List<Kept> runs) {
    ArrayNode json = RunJson.MAPPER.createArrayNode();
    runs.forEach(run -> json.add(RunJson.summary(run.result(), run.folder())));
    return json;
  }
}
