package dev.cascade.testkit;

import dev.cascade.property.TimelineFinding;
import dev.cascade.random.DurationText;
import dev.cascade.run.PropertyVerdict;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunResult;
import dev.cascade.run.TimelineVerdict;
import dev.cascade.scenario.Scenario;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * A run that a test was not content with: it is kept, and the failure says how to repeat it.
 *
 * @param test that made it; null if there is none
 */
record FailedRun(RunResult result, @Nullable String test) {
  /** Names another folder for the runs of failed tests than {@code target/cascade}. */
  private static final String FOLDER_PROPERTY = "cascade.runs";

  /** A run of the test that this thread runs. */
  FailedRun(RunResult result) {
    this(result, RunningTest.name());
  }

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
    result.findings().timeline().stream()
        .filter(TimelineVerdict::isScored)
        .forEach(entry -> lines.add("  " + line(entry)));
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
    Path runs = Path.of(System.getProperty(FOLDER_PROPERTY, "target/cascade")).toAbsolutePath();
    RunFolder.Begun begun = RunFolder.begin(runs, scenario);
    String command = Repeating.command(result, begun.path().resolve("scenario.yaml"), test);
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

  /** When an entry of the timeline came, beside when the post-mortem has it. */
  private static String line(TimelineVerdict entry) {
    TimelineFinding finding = entry.finding();
    String reason = finding.reason();
    return "timeline %s: %s, came %s, expected %s within %s%s"
        .formatted(
            entry.name(),
            finding.result().word(),
            finding.measured() == null ? "never" : "at " + DurationText.instant(finding.measured()),
            finding.expected() == null
                ? "at no time"
                : "at " + DurationText.instant(finding.expected()),
            DurationText.format(finding.tolerance()),
            reason == null ? "" : ": " + reason);
  }
}
