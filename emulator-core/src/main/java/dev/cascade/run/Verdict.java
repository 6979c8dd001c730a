package dev.cascade.run;

import java.util.Locale;

/** Whether a run was as expected. */
public enum Verdict {
  /** Reality matches what the scenario expects, an outage included. */
  PASS,
  /** Something deviates. */
  FAIL,
  /** It could not be judged. */
  INCONCLUSIVE;

  /** The word that files and people use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
