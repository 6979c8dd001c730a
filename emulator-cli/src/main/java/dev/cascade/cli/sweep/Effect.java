package dev.cascade.cli.sweep;

import dev.cascade.property.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What another value does to a scenario, compared run by run with the same seeds.
 *
 * @param path what was changed
 * @param before its value
 * @param change half, double or other
 * @param after its new value
 * @param note what the value was guessed from
 * @param problem why there is no such scenario; null if there is
 * @param turned what most runs now say of properties of which they said something else
 * @param moved how far each measurement moved, in order
 */
public record Effect(
    String path,
    String before,
    String change,
    String after,
    String note,
    @Nullable String problem,
    Map<String, Turn> turned,
    Map<String, Move> moved) {
  /** A property that turned: from what to what, in how many runs it was violated. */
  public record Turn(Votes from, Votes to) {}

  /**
   * A measurement that moved.
   *
   * @param base the mean without the change
   * @param difference the mean difference between runs of the same seed
   * @param low the lower end of its 95 % interval
   * @param high the upper end
   */
  public record Move(double base, double difference, double low, double high) {
    /** In parts of the base; infinite if that is 0. */
    public double relative() {
      return difference == 0 ? 0 : Math.abs(difference / base);
    }

    /**
     * Whether chance could have done it, as far as the seeds tell; of one seed nothing is known.
     */
    public boolean isNoise() {
      return difference == 0 || (low < high && low <= 0 && high >= 0);
    }
  }

  /** What distinguishes runs with a change from those without. */
  public static Effect of(
      String path,
      String before,
      String change,
      String after,
      String note,
      Point base,
      Point changed) {
    Map<String, Turn> turned = new LinkedHashMap<>();
    Map<String, Move> moved = new LinkedHashMap<>();
    if (!base.outcomes().isEmpty()) {
      for (String property : base.outcomes().get(0).properties().keySet()) {
        Votes from = base.votes(property);
        Votes to = changed.votes(property);
        Result said = from.majority();
        if (to.runs() > 0 && said != to.majority()) {
          turned.put(property, new Turn(from, to));
        }
      }
      for (String measure : base.outcomes().get(0).measurements().keySet()) {
        Move move = move(base, changed, measure);
        if (move != null) {
          moved.put(measure, move);
        }
      }
    }
    return new Effect(path, before, change, after, note, null, turned, moved);
  }

  private static @Nullable Move move(Point base, Point changed, String measure) {
    Map<Long, Double> bySeed = new LinkedHashMap<>();
    for (Outcome outcome : base.outcomes()) {
      Double number = outcome.measurements().get(measure);
      if (number != null) {
        bySeed.put(outcome.seed(), number);
      }
    }
    List<Double> differences = new ArrayList<>();
    List<Double> bases = new ArrayList<>();
    for (Outcome outcome : changed.outcomes()) {
      Double number = outcome.measurements().get(measure);
      Double other = bySeed.get(outcome.seed());
      if (number != null && other != null) {
        differences.add(number - other);
        bases.add(other);
      }
    }
    Band band = Band.of(differences);
    Band level = Band.of(bases);
    return band == null || level == null
        ? null
        : new Move(level.mean(), band.mean(), band.low(), band.high());
  }

  /** The greatest move that is not noise, in parts of its base; 0 if there is none. */
  public double greatest() {
    return moved.values().stream()
        .filter(move -> !move.isNoise())
        .mapToDouble(Move::relative)
        .max()
        .orElse(0);
  }

  /** Whether anything is different: a verdict, a number, or that it cannot be. */
  public boolean isFelt() {
    return problem != null || !turned.isEmpty() || greatest() > 0;
  }

  /** Those that turn a verdict first, then the greatest moves. */
  public int compareByEffect(Effect other) {
    int turns = Integer.compare(other.turned.size(), turned.size());
    return turns != 0 ? turns : Double.compare(other.greatest(), greatest());
  }
}
