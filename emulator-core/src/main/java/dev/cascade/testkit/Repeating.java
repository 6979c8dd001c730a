package dev.cascade.testkit;

import dev.cascade.node.Model;
import dev.cascade.run.RunResult;
import dev.cascade.run.Shell;
import dev.cascade.run.Words;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioException;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/** What repeats a run that a test made: its file where that says all, else the test. */
final class Repeating {
  /** Where Cascade's own models are: the command line has them wherever it is called. */
  private static final String OWN_MODELS = "dev.cascade.models.";

  private Repeating() {}

  /**
   * The command. A user's own behaviors are in no file: then it is the test again.
   *
   * @param file where the scenario is kept
   * @param test that made the run; null if there was none
   */
  static String command(RunResult result, Path file, @Nullable String test) {
    Scenario scenario = result.scenario();
    if (isSaidBy(scenario, file)) {
      String checked = result.options().checked() ? " --check" : "";
      return "./cascade run %s --seed %d%s"
          .formatted(Shell.quoted(file.toString()), scenario.timing().seed(), checked);
    }
    return test == null
        ? "what built the scenario (%s), with seed %d"
            .formatted(scenario.metadata().name(), scenario.timing().seed())
        : "mvn test -Dtest=" + Shell.quoted(test);
  }

  /** Whether the file, read with the models that the command line has, is the same scenario. */
  private static boolean isSaidBy(Scenario scenario, Path file) {
    try {
      ModelCatalog own =
          ModelCatalog.of(
                  ModelCatalog.load().models().values().stream().filter(Repeating::isOwn).toList())
              .withBuiltIns(Words.ENGINE_METRICS, List.of());
      ScenarioSource source =
          new ScenarioSource(file.toString(), scenario.merged(), file.getParent());
      Scenario read = new ScenarioReader(own).read(source, Overrides.NONE).scenario(List.of());
      return read.hash().equals(scenario.hash());
    } catch (ScenarioException | ServiceConfigurationError | IllegalArgumentException otherwise) {
      return false;
    }
  }

  private static boolean isOwn(Model<?> model) {
    return model.getClass().getName().startsWith(OWN_MODELS);
  }
}
