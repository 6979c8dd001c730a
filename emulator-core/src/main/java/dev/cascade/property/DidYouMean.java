package dev.cascade.property;

import java.util.Collection;

/** Finds the name that was meant. */
final class DidYouMean {
  private DidYouMean() {}

  /** A sentence with the nearest name, after a space; empty if none is near. */
  static String sentence(String given, Collection<String> known) {
    String nearest = "";
    // A third of the letters may be wrong; more is another word.
    int least = Math.max(2, given.length() / 3) + 1;
    for (String name : known) {
      int distance = distance(given, name);
      boolean part = name.contains(given) || (given.contains(name) && name.length() > 2);
      int rated = part ? Math.min(distance, Math.max(1, least - 1)) : distance;
      if (rated < least) {
        least = rated;
        nearest = name;
      }
    }
    return nearest.isEmpty() ? "" : " Maybe " + nearest + ".";
  }

  /** Insertions, deletions, replacements, and swaps of neighbours (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
