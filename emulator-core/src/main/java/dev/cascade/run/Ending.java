package dev.cascade.run;

import java.util.Locale;

/** Why a run ended. */
public enum Ending {
  /** Its duration was over. */
  COMPLETED,
  /** The steady state was not met before the method, which therefore was not begun. */
  STEADY_STATE,
  /** A property deviated, and that was to be the end. */
  FAIL_FAST,
  /** Its time on the wall clock was over. */
  TIME_LIMIT,
  /** Somebody stopped it. */
  STOPPED,
  /** A defect of a model, a property or the engine. */
  FAILED;

  /** The word that files use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the run saw all that it could see. */
  public boolean isWhole() {
    return this == COMPLETED || this == FAIL_FAST;
  }
}
