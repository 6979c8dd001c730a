package dev.cascade.cli.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Goes towards the edges of properties by halves: a few levels from end to end, then again and
 * again the middle of whatever two neighbours differ. An edge that lies with another between two of
 * the first levels is not seen; those that are seen are all followed, so that a property which
 * turns twice is told to turn twice.
 */
public final class EdgeSearch {
  /** Halving a range a thousand times is a defect, not a search. */
  private static final int ROUNDS_MAX = 60;

  private final Levels levels;
  private final String until;
  private final Set<String> properties;

  /**
   * A search.
   *
   * @param until how near to come, as {@link Levels#tolerance} reads it
   * @param properties whose edges are looked for
   */
  public EdgeSearch(Levels levels, String until, Set<String> properties) {
    this.levels = levels;
    this.until = until;
    this.properties = new LinkedHashSet<>(properties);
    levels.tolerance(until, levels.coarse().get(0)); // says at once if it cannot be read
  }

  /**
   * Runs it.
   *
   * @param run gives the points of some levels, fewer if it was stopped
   * @return all points, in the order of their levels
   */
  public List<Point> points(Function<List<Level>, List<Point>> run) {
    List<Point> points = new ArrayList<>(run.apply(levels.coarse()));
    for (int round = 0; round < ROUNDS_MAX; round++) {
      points.sort(Comparator.comparingDouble(point -> point.level().value()));
      List<Level> next = next(points);
      if (next.isEmpty()) {
        break;
      }
      List<Point> more = run.apply(next);
      points.addAll(more);
      if (more.size() < next.size()) {
        break;
      }
    }
    points.sort(Comparator.comparingDouble(point -> point.level().value()));
    return points;
  }

  /** The middles of all edges that are not near enough. */
  private List<Level> next(List<Point> points) {
    Set<Level> next = new LinkedHashSet<>();
    for (String property : properties) {
      for (Edge edge : Edge.of(points, property)) {
        if (edge.width() > levels.tolerance(until, edge.above()) * (1 + 1e-9)) {
          levels
              .between(edge.below(), edge.above())
              .filter(level -> points.stream().noneMatch(p -> p.level().equals(level)))
              .ifPresent(next::add);
        }
      }
    }
    return List.copyOf(next);
  }
}
