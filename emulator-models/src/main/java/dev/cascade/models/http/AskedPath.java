package dev.cascade.models.http;

import dev.cascade.node.Suggestion;
import dev.cascade.node.Surroundings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A path that one entry asks another for.
 *
 * @param target who is asked
 * @param path for what
 */
public record AskedPath(String target, String path) {
  private static final int SHOWN = 5;

  /** Tells if the target answers nothing, or others things than this; unless nobody can tell. */
  public void check(String entry, Surroundings others) {
    List<String> served = others.offer(target).paths();
    if (served == null) {
      return;
    }
    if (served.isEmpty()) {
      others.problem(
          entry,
          target,
          "The target (%s) answers no requests for paths.%s"
              .formatted(target, maybe(others.offering())));
    } else if (!served.contains(path)) {
      others.problem(
          entry,
          path,
          "The path (%s) is no endpoint of (%s).%s"
              .formatted(path, target, Suggestion.maybe(path, served)));
    }
  }

  private static String maybe(List<String> offering) {
    String some = offering.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return some.isEmpty() ? "" : " Maybe " + (offering.size() > 1 ? "one of " : "") + some + "?";
  }
}
