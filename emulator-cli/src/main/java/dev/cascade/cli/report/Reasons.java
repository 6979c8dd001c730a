package dev.cascade.cli.report;

import dev.cascade.run.Ending;
import dev.cascade.run.Verdict;

/** Verdicts in words. */
public final class Reasons {
  private Reasons() {}

  /**
   * Why a run has its verdict.
   *
   * @param variant what was run: the base, or its mitigations
   */
  public static String of(Ending ending, Verdict verdict, String variant) {
    return switch (ending) {
      case COMPLETED, FAIL_FAST ->
          switch (verdict) {
            case PASS -> "as expected of " + variant;
            case FAIL -> "not as expected of " + variant + "; what deviates is marked";
            case INCONCLUSIVE -> "something could not be judged";
          };
      case STEADY_STATE -> "the steady state was not met, so the method was not begun";
      case TIME_LIMIT -> "the time limit was reached";
      case STOPPED -> "interrupted";
      case FAILED -> "failed";
    };
  }
}
