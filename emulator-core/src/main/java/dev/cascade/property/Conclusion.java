package dev.cascade.property;

import java.util.Locale;

/**
 * Whether reality was as expected, and why.
 *
 * @param match met, deviated or inconclusive
 * @param reasoning in words, with the numbers
 */
public record Conclusion(Match match, String reasoning) {
  /** Whether reality was as expected. */
  public enum Match {
    MET,
    DEVIATED,
    INCONCLUSIVE;

    /** The word that files use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
