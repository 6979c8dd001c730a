package dev.cascade.property;

import java.util.List;
import java.util.stream.Collectors;

/** An expression, or a property of some, that means nothing; with all that is wrong in it. */
public final class ExpressionException extends IllegalArgumentException {
  /**
   * One thing that is wrong.
   *
   * @param field the key of the property that holds the expression, or "" for an expression alone
   * @param line in the expression, from 1
   * @param column in that line, from 1
   * @param message what is wrong, and maybe what to do
   */
  public record Problem(String field, int line, int column, String message) {
    Problem in(String newField) {
      return new Problem(newField, line, column, message);
    }

    @Override
    public String toString() {
      String place = "%d:%d: %s".formatted(line, column, message);
      return field.isEmpty() ? place : field + ":" + place;
    }
  }

  private final List<Problem> problems;

  ExpressionException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, at least one thing. */
  public List<Problem> problems() {
    return problems;
  }
}
