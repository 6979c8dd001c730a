package dev.cascade.scenario;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with a scenario.
 *
 * @param severity whether it can run nevertheless
 * @param location where
 * @param message what, with the values in brackets, and maybe what to do
 */
public record ScenarioProblem(Severity severity, Location location, String message)
    implements Comparable<ScenarioProblem> {
  /** Whether a scenario with the problem can run. */
  public enum Severity {
    ERROR,
    WARNING
  }

  @Override
  public int compareTo(ScenarioProblem other) {
    int byLocation = location.compareTo(other.location);
    return byLocation != 0 ? byLocation : message.compareTo(other.message);
  }

  /** {@code file:line:column: message}. */
  @Override
  public String toString() {
    String warning = severity == Severity.WARNING ? "warning: " : "";
    @Nullable Location use = location.usedAt();
    String used = use == null ? "" : " (Used at " + use.line() + ":" + use.column() + ".)";
    return location + ": " + warning + message + used;
  }
}
