package dev.cascade.cli;

import dev.cascade.scenario.Mitigation;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the base and each mitigation over the same seeds, and sets them side by side. */
@Command(
    name = "compare",
    description = "Runs the base and each mitigation over several seeds, side by side.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {
  @Mixin ScenarioOptions which = new ScenarioOptions();
  @Mixin RunningOptions how = new RunningOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    ScenarioFile file = which.read(output);
    Scenario base = file.scenario();
    List<List<String>> choices = new ArrayList<>();
    choices.add(List.of());
    List<String> names =
        how.mitigations().isEmpty()
            ? file.mitigations().stream().map(Mitigation::name).toList()
            : how.mitigations();
    names.forEach(name -> choices.add(List.of(name)));
    return Variants.of(file, choices, how.seedsOf(base)).run(which, how, output).code;
  }
}
