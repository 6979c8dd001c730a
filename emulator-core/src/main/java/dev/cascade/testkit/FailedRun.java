package dev.cascade.testkit;

import dev.cascade.random.DurationText;
import dev.cascade.run.PropertyVerdict;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.Scenario;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.opentest4j.AssertionFailedError;

/** A run that a test was not content with: it is kept, and the failure says how to repeat it. */
record FailedRun(RunResult result) {
  /** Names another folder for the runs of failed tests than {@code target/cascade}. */
  private static final String FOLDER_PROPERTY = "cascade.runs";

  /** A failure that says all that there is to say of its run. */
  static final class Failure extends AssertionFailedError {
    private static final long serialVersionUID = 1;

    Failure(String message) {
      super(message);
    }
  }

  /** Keeps the run and says what was wrong, what was measured and how to repeat it. */
  Failure failure(String message) {
    Scenario scenario = result.scenario();
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(message);
    result.findings().properties().forEach(property -> lines.add("  " + line(property)));
    result
        .findings()
        .measurements()
        .forEach((name, value) -> lines.add("  %s: %s".formatted(name, value)));
    lines.add(
        "  seed: %d%s"
            .formatted(
                scenario.timing().seed(),
                scenario.active().isEmpty()
                    ? ""
                    : ", mitigations: " + String.join(", ", scenario.active())));
    RunFolder.Begun begun =
        RunFolder.begin(Path.of(System.getProperty(FOLDER_PROPERTY, "target/cascade")), scenario);
    String command = "./cascade run " + begun.path().resolve("scenario.yaml");
    lines.add("  run: " + begun.finish(result, command).path());
    lines.add("  repeat: " + command);
    return new Failure(lines.toString());
  }

  private static String line(PropertyVerdict property) {
    StringBuilder line =
        new StringBuilder(property.name()).append(": ").append(property.result().result().word());
    if (property.result().firstViolation() != null) {
      line.append(" first at ").append(DurationText.instant(property.result().firstViolation()));
    }
    if (property.result().measured() != null) {
      line.append(", measured ").append(property.result().measured());
    }
    if (property.result().reason() != null) {
      line.append(", ").append(property.result().reason());
    }
    return line.toString();
  }
}
