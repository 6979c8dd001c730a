package dev.cascade.cli.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question to many runs, and what they say.
 *
 * @param asked the question
 * @param points every level that was tried, or every pair of levels, in order
 * @param down the same levels on the way down within the same runs; empty if that was not asked
 * @param runs how many runs that took
 * @param isComplete whether all runs were made that were to be made
 */
public record Sweep(
    Asked asked, List<Point> points, List<Point> down, int runs, boolean isComplete) {
  /**
   * A question.
   *
   * @param scenario the scenario's name
   * @param title its title
   * @param command what asks again
   * @param paths what is varied: one, or two for a map
   * @param seeds of each level
   * @param measures the measurements that were asked for
   * @param properties those that are judged
   * @param until how near a search was to come to an edge; empty if there was none
   * @param gridRuns runs that a grid would have taken that is as fine; 0 if there was no search
   */
  public record Asked(
      String scenario,
      String title,
      String command,
      List<String> paths,
      List<Long> seeds,
      List<String> measures,
      List<String> properties,
      String until,
      long gridRuns) {
    public Asked {
      paths = List.copyOf(paths);
      seeds = List.copyOf(seeds);
      measures = List.copyOf(measures);
      properties = List.copyOf(properties);
    }
  }

  public Sweep {
    points = List.copyOf(points);
    down = List.copyOf(down);
  }

  /** Whether two parameters were varied. */
  public boolean isMap() {
    return asked.paths().size() > 1;
  }

  /** Whether the load went up and down again within each run. */
  public boolean isHysteresis() {
    return !down.isEmpty();
  }

  /** What is varied, in words. */
  public String axis() {
    return String.join(" and ", asked.paths());
  }

  /** The levels of a parameter that were tried, in order. */
  public List<Level> levels(int parameter) {
    return points.stream().map(point -> point.at().get(parameter)).distinct().toList();
  }

  /** Where properties turn; on the way up, if it went up and down. */
  public List<Edge> edges() {
    return edges(points);
  }

  /** Where properties turn on the way down. */
  public List<Edge> edgesDown() {
    return edges(down);
  }

  private List<Edge> edges(List<Point> along) {
    List<Edge> edges = new ArrayList<>();
    if (!isMap()) {
      asked.properties().forEach(property -> edges.addAll(Edge.of(along, property)));
    }
    return edges;
  }

  /** Where the measurements bend; a map has no such place. */
  public Map<String, Knee> knees() {
    Map<String, Knee> knees = new LinkedHashMap<>();
    for (String measure : asked.measures()) {
      Optional<Knee> knee = isMap() || isHysteresis() ? Optional.empty() : Knee.of(points, measure);
      knee.ifPresent(found -> knees.put(measure, found));
    }
    return knees;
  }

  /** The point at a pair of levels, if it was tried. */
  public Optional<Point> at(Level first, Level second) {
    return points.stream().filter(point -> point.at().equals(List.of(first, second))).findFirst();
  }
}
