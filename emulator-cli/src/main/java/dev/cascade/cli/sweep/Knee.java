package dev.cascade.cli.sweep;

import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a curve bends: the level at which it is farthest from the straight line between its ends,
 * both axes scaled to 1 (Satopää et al., "Finding a Kneedle in a Haystack", 2011). A curve that is
 * made of two straight lines has its knee where they meet; a straight one has none. It says where
 * the curve bends <em>within the range that was tried</em>: a curve that goes on bending, as a
 * waiting time does, has it elsewhere in another range.
 *
 * @param at the level
 * @param interval where nineteen in twenty resamples of the seeds have it; null if there are too
 *     few seeds to tell
 * @param seeds how many runs the level has that has fewest
 * @param distance from the line, 0 to 1: how sharp it is
 */
public record Knee(Level at, @Nullable Interval interval, int seeds, double distance) {
  /** From this level to that. */
  public record Interval(Level low, Level high) {}

  /**
   * Of three values one resample in 27 is the least of them thrice, more than the 2.5 % that either
   * end of the interval leaves out: its ends are single runs then. Of five it is one in 3,125.
   */
  public static final int SEEDS_MIN = 5;

  /** Nearer to the line is straight, as far as an eye can tell. */
  private static final double DISTANCE_MIN = 0.1;

  /** With fewer levels any bend is one of the levels' choice. */
  public static final int LEVELS_MIN = 5;

  private static final int RESAMPLES = 1000;
  private static final double MISS = 0.025;

  /** The share of resamples that must bend to the same side for a bend to be more than noise. */
  private static final double SAME_SIDE = 0.95;

  /** The knee of a measurement over points in the order of their levels; empty if there is none. */
  public static Optional<Knee> of(List<Point> points, String measurement) {
    List<Point> measured =
        points.stream().filter(point -> !point.numbers(measurement).isEmpty()).toList();
    if (measured.size() < LEVELS_MIN) {
      return Optional.empty();
    }
    double[] x = measured.stream().mapToDouble(point -> point.level().value()).toArray();
    List<List<Double>> numbers =
        measured.stream().map(point -> point.numbers(measurement)).toList();
    double[] means =
        measured.stream()
            .mapToDouble(point -> Objects.requireNonNull(point.band(measurement)).mean())
            .toArray();
    Bend bend = Bend.of(x, means);
    if (Math.abs(bend.distance()) < DISTANCE_MIN) {
      return Optional.empty();
    }
    RandomStream random = RandomStream.of(1).fork("knee"); // the same question, the same answer
    List<Integer> places = new ArrayList<>();
    int sameSide = 0;
    for (int i = 0; i < RESAMPLES; i++) {
      Bend other = Bend.of(x, resampled(numbers, random));
      sameSide += Math.signum(other.distance()) == Math.signum(bend.distance()) ? 1 : 0;
      places.add(other.place());
    }
    if (sameSide < SAME_SIDE * RESAMPLES) {
      return Optional.empty();
    }
    places.sort(null);
    int seeds = numbers.stream().mapToInt(List::size).min().orElse(0);
    Level low = measured.get(places.get((int) (MISS * RESAMPLES))).level();
    Level high = measured.get(places.get((int) ((1 - MISS) * RESAMPLES))).level();
    return Optional.of(
        new Knee(
            measured.get(bend.place()).level(),
            seeds < SEEDS_MIN ? null : new Interval(low, high),
            seeds,
            Math.abs(bend.distance())));
  }

  /** Means of as many runs as there are, each drawn from all. */
  private static double[] resampled(List<List<Double>> numbers, RandomStream random) {
    return numbers.stream()
        .mapToDouble(own -> own.stream().mapToDouble(any -> random.pick(own)).sum() / own.size())
        .toArray();
  }

  /** Where a curve is farthest from the line between its ends, and how far: below is negative. */
  private record Bend(int place, double distance) {
    static Bend of(double[] x, double[] y) {
      int last = x.length - 1;
      double least = Arrays.stream(y).min().orElse(0);
      double span = Arrays.stream(y).max().orElse(0) - least;
      Bend farthest = new Bend(0, 0);
      for (int i = 1; i < last && span > 0; i++) {
        double along = (x[i] - x[0]) / (x[last] - x[0]);
        double line = y[0] + along * (y[last] - y[0]);
        double distance = (y[i] - line) / span;
        if (Math.abs(distance) > Math.abs(farthest.distance())) {
          farthest = new Bend(i, distance);
        }
      }
      return farthest;
    }
  }
}
