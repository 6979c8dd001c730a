package dev.cascade.cli.sweep;

import dev.cascade.property.Result;

/**
 * In how many runs a property held, was violated, or could not be judged.
 *
 * @param holds runs in which it held
 * @param violated runs in which it was violated
 * @param unknown runs that do not tell
 */
public record Votes(int holds, int violated, int unknown) {
  /** All runs. */
  public int runs() {
    return holds + violated + unknown;
  }

  /** What at least half of the runs that tell say, violated if both; unknown if few tell. */
  public Result majority() {
    if (holds + violated == 0 || unknown > holds + violated) {
      return Result.UNKNOWN;
    }
    return violated >= holds ? Result.VIOLATED : Result.HOLDS;
  }

  /** Whether all runs say the same. */
  public boolean isUnanimous() {
    return runs() > 0 && (holds == runs() || violated == runs() || unknown == runs());
  }

  /** {@code ✓} or {@code ✗} if all say so, {@code ?} if none can, else how many are violated. */
  @Override
  public String toString() {
    if (runs() == 0) {
      return "-";
    } else if (holds == runs()) {
      return "✓";
    } else if (violated == runs()) {
      return "✗";
    }
    return unknown == runs() ? "?" : violated + "/" + runs();
  }
}
