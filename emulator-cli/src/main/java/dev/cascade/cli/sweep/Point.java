package dev.cascade.cli.sweep;

import dev.cascade.property.Result;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One level, or a pair of levels, and its runs.
 *
 * @param at the level of each parameter
 * @param outcomes one for each seed that was run to its end
 */
public record Point(List<Level> at, List<Outcome> outcomes) {
  public Point {
    at = List.copyOf(at);
    outcomes = outcomes.stream().filter(Outcome::isWhole).toList();
  }

  /** The level of the first parameter. */
  public Level level() {
    return at.get(0);
  }

  /** What became of a property in how many runs. */
  public Votes votes(String property) {
    return new Votes(
        count(property, Result.HOLDS),
        count(property, Result.VIOLATED),
        count(property, Result.UNKNOWN));
  }

  private int count(String property, Result result) {
    return (int)
        outcomes.stream()
            .filter(
                outcome -> outcome.properties().getOrDefault(property, Result.UNKNOWN) == result)
            .count();
  }

  /** The numbers of a measurement, of the runs that have one. */
  public List<Double> numbers(String measurement) {
    List<Double> numbers = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Double number = outcome.measurements().get(measurement);
      if (number != null) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** Mean and band of a measurement; null if no run has a number. */
  public @Nullable Band band(String measurement) {
    return Band.of(numbers(measurement));
  }
}
