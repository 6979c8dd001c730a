package dev.cascade.node;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an entry answers to those who ask it for paths, as far as configurations alone tell.
 *
 * @param paths that it answers, none if it does other things; null if nobody can tell before
 */
public record Offer(@Nullable List<String> paths) {
  /** Nobody can tell before. */
  public static final Offer UNKNOWN = new Offer(null);

  /** It does other things than to answer requests for paths. */
  public static final Offer NOTHING = new Offer(List.of());

  public Offer {
    paths = paths == null ? null : List.copyOf(paths);
  }
}
