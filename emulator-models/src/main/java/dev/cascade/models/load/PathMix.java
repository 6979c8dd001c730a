package dev.cascade.models.load;

import dev.cascade.random.RandomStream;
import java.util.List;

/** Draws paths by their weights. */
final class PathMix {
  private final List<PathWeight> paths;
  private final double total;

  PathMix(List<PathWeight> paths) {
    this.paths = paths;
    this.total = paths.stream().mapToDouble(PathWeight::weight).sum();
  }

  /** The place of one path in the list. */
  int draw(RandomStream random) {
    if (paths.size() == 1) {
      return 0;
    }
    double left = random.nextDouble() * total;
    for (int i = 0; i < paths.size(); i++) {
      left -= paths.get(i).weight();
      if (left < 0) {
        return i;
      }
    }
    return paths.size() - 1;
  }
}
