package dev.cascade.cli.sweep;

import dev.cascade.property.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a property turns: between two levels that were tried one after the other, most runs say
 * something else on each side.
 *
 * @param property its name
 * @param below the level before
 * @param above the level after
 * @param from what most runs say below
 * @param to what most say above
 * @param sureBelow the nearest level below at which all runs agree with most; the least one if none
 * @param sureAbove the nearest such level above; the greatest one if none
 */
public record Edge(
    String property,
    Level below,
    Level above,
    Result from,
    Result to,
    Level sureBelow,
    Level sureAbove) {

  /** All edges of a property over points in the order of their levels. */
  public static List<Edge> of(List<Point> points, String property) {
    List<Point> judged =
        points.stream()
            .filter(point -> point.votes(property).majority() != Result.UNKNOWN)
            .toList();
    List<Edge> edges = new ArrayList<>();
    for (int i = 1; i < judged.size(); i++) {
      Result from = judged.get(i - 1).votes(property).majority();
      Result to = judged.get(i).votes(property).majority();
      if (from != to) {
        edges.add(
            new Edge(
                property,
                judged.get(i - 1).level(),
                judged.get(i).level(),
                from,
                to,
                sure(judged, property, i - 1, -1),
                sure(judged, property, i, 1)));
      }
    }
    return edges;
  }

  private static Level sure(List<Point> points, String property, int start, int step) {
    int at = start;
    while (at + step >= 0
        && at + step < points.size()
        && !points.get(at).votes(property).isUnanimous()) {
      at += step;
    }
    return points.get(at).level();
  }

  /** Whether runs of different seeds disagree near it. */
  public boolean isBlurred() {
    return !sureBelow.equals(below) || !sureAbove.equals(above);
  }

  /** How far apart its levels are. */
  public double width() {
    return above.value() - below.value();
  }
}
