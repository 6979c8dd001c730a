package dev.cascade.models.classifier;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What one reading of a classifier is worth. */
enum Verdict {
  /** It is a file that somebody had written to its end. */
  WHOLE,
  /** It is no YAML, or empty: who reads it knows. */
  UNPARSABLE,
  /** A part that can be read, and would move nothing. */
  HARMLESS,
  /** A part that can be read, and says that traffic goes to the wrong nodes. */
  HARMFUL;

  /**
   * Judges one reading.
   *
   * @param text nothing if the file could not be opened
   * @param whole whether that is what somebody wrote
   * @param serving the nodes that the service's traffic goes to, rightly
   */
  static Verdict of(
      Optional<String> text, boolean whole, String service, Collection<String> serving) {
    if (whole) {
      return WHOLE;
    }
    Optional<Classification> read = text.flatMap(Classification::parse);
    if (read.isEmpty()) {
      return UNPARSABLE;
    }
    return read.get().wouldMove(service, serving) > 0 ? HARMFUL : HARMLESS;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
