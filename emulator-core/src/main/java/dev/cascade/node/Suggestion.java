package dev.cascade.node;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** Did you mean: the known word that is nearest to a mistyped one. */
public final class Suggestion {
  /** Longer words are no typing mistakes, and comparing them takes time. */
  private static final int MAX_LENGTH = 64;

  /** So many words can be listed in a message without drowning it. */
  private static final int MAX_LISTED = 8;

  /** Shorter ones are part of too many words to mean anything. */
  private static final int SHORTEST_PART = 4;

  private Suggestion() {}

  /**
   * The nearest word: with at most one slip for every three letters, and one for two; else one that
   * the typed word is a part of, or the other way round.
   */
  public static Optional<String> nearest(String word, Collection<String> known) {
    int bound = Math.max(1, word.length() / 3);
    String best = null;
    int bestDistance = Math.min(bound + 1, word.length()); // one letter is like any other
    String part = null;
    for (String candidate : new TreeSet<>(known)) {
      int distance = distance(word, candidate);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
      if (part == null && isPart(word, candidate)) {
        part = candidate;
      }
    }
    return Optional.ofNullable(best == null ? part : best);
  }

  private static boolean isPart(String word, String candidate) {
    return Math.min(word.length(), candidate.length()) >= SHORTEST_PART
        && (candidate.contains(word) || word.contains(candidate));
  }

  /**
   * The end of an error message: {@code Maybe "interval"?}, else what there is to choose from, else
   * nothing.
   */
  public static String maybe(String word, Collection<String> known) {
    Optional<String> nearest = nearest(word, known);
    if (nearest.isPresent()) {
      return " Maybe \"" + nearest.get() + "\"?";
    }
    if (known.isEmpty() || known.size() > MAX_LISTED) {
      return "";
    }
    if (known.size() == 1) {
      return " Maybe \"" + known.iterator().next() + "\"?";
    }
    return " Maybe one of: " + String.join(", ", new TreeSet<>(known)) + "?";
  }

  /**
   * Damerau and Levenshtein's distance, as optimal string alignment: insertions, deletions,
   * substitutions and swaps of neighbours, ignoring case.
   */
  public static int distance(String left, String right) {
    if (left.length() > MAX_LENGTH || right.length() > MAX_LENGTH) {
      return left.equals(right) ? 0 : Integer.MAX_VALUE;
    }
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= right.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      for (int j = 1; j <= right.length(); j++) {
        int change = same(left, i, right, j) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + change);
        if (i > 1 && j > 1 && same(left, i, right, j - 1) && same(left, i - 1, right, j)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[left.length()][right.length()];
  }

  private static boolean same(String left, int i, String right, int j) {
    return Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
  }
}
