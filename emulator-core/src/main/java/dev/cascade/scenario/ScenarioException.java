package dev.cascade.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario cannot be run: all that is wrong with it, at once. */
public final class ScenarioException extends RuntimeException {
  private final transient List<ScenarioProblem> problems;

  /** With its problems, of which there is at least one. */
  public ScenarioException(List<ScenarioProblem> problems) {
    super(problems.stream().map(ScenarioProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order of the file. */
  public List<ScenarioProblem> problems() {
    return problems;
  }
}
