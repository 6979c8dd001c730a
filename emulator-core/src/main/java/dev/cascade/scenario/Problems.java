package dev.cascade.scenario;

import dev.cascade.scenario.ScenarioProblem.Severity;
import java.util.List;
import java.util.TreeSet;

/** Collects what is wrong, so that all of it can be told at once; equal problems are told once. */
final class Problems {
  /** More than anybody reads; a hostile file may hold millions. */
  static final int MAX = 200;

  /** Characters of a message; names in hostile files can be longer than any screen. */
  private static final int LONGEST = 600;

  private final TreeSet<ScenarioProblem> found = new TreeSet<>();
  private int errors;

  void error(Location location, String message) {
    errors++;
    add(Severity.ERROR, location, message);
  }

  void warn(Location location, String message) {
    add(Severity.WARNING, location, message);
  }

  void addAll(Problems others) {
    errors += others.errors;
    others.found.forEach(this::add);
  }

  /**
   * The errors of a variant, where there was none before: what is wrong with the base is wrong with
   * each variant too, with other values in its sentence.
   */
  void addErrorsElsewhere(Problems variant) {
    for (ScenarioProblem problem : variant.found) {
      boolean isNew =
          found.stream().noneMatch(known -> known.location().compareTo(problem.location()) == 0);
      if (problem.severity() == Severity.ERROR && isNew) {
        errors++;
        add(problem);
      }
    }
  }

  private void add(Severity severity, Location location, String message) {
    String shown = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
    add(new ScenarioProblem(severity, location, shown));
  }

  private void add(ScenarioProblem problem) {
    if (found.size() < MAX) {
      found.add(problem);
    }
  }

  /** Whether nothing more will be told, so that nobody need look for it. */
  boolean isFull() {
    return found.size() >= MAX;
  }

  List<ScenarioProblem> all() {
    return List.copyOf(found);
  }

  List<ScenarioProblem> warnings() {
    return found.stream().filter(problem -> problem.severity() == Severity.WARNING).toList();
  }

  void throwIfAny() {
    if (errors > 0) {
      throw new ScenarioException(
          found.stream().filter(problem -> problem.severity() == Severity.ERROR).toList());
    }
  }
}
