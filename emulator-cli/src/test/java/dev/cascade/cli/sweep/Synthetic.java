package dev.cascade.cli.sweep;

import dev.cascade.property.Result;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Points whose curves and edges are known. */
final class Synthetic {
  static final String MEASURE = "y";
  static final String PROPERTY = "p";

  private Synthetic() {}

  static List<Level> levels(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Level("" + i, i)).toList();
  }

  /** A curve with noise of a deviation, over so many seeds. */
  static List<Point> curve(int levels, int seeds, double noise, DoubleUnaryOperator curve) {
    RandomStream random = RandomStream.of(7);
    List<Point> points = new ArrayList<>();
    for (Level level : levels(levels)) {
      List<Outcome> outcomes = new ArrayList<>();
      for (long seed = 1; seed <= seeds; seed++) {
        double y = curve.applyAsDouble(level.value()) + noise * random.nextGaussian();
        outcomes.add(outcome(seed, Result.HOLDS, y));
      }
      points.add(new Point(List.of(level), outcomes));
    }
    return points;
  }

  /** A point at which so many of all runs violate the property. */
  static Point point(Level level, int violated, int runs) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int seed = 1; seed <= runs; seed++) {
      outcomes.add(outcome(seed, seed <= violated ? Result.VIOLATED : Result.HOLDS, 0));
    }
    return new Point(List.of(level), outcomes);
  }

  static Outcome outcome(long seed, Result result, double y) {
    return new Outcome(seed, "completed", true, Map.of(PROPERTY, result), Map.of(MEASURE, y), "0");
  }
}
