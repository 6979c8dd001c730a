package dev.cascade.metrics;

/** How many durations are in each bucket, from some ticks of some series. */
final class BucketCounts {
  private final long[][] groups = new long[DurationBuckets.GROUPS][];
  private final long[] inGroup = new long[DurationBuckets.GROUPS];
  private long total;
  private long sumNanos;

  void add(int index, long count) {
    int group = index >>> DurationBuckets.HALF_MAGNITUDE;
    if (groups[group] == null) {
      groups[group] = new long[DurationBuckets.HALF];
    }
    groups[group][index & (DurationBuckets.HALF - 1)] += count;
    inGroup[group] += count;
    total += count;
  }

  void addSum(long nanos) {
    sumNanos += nanos;
  }

  long total() {
    return total;
  }

  long sumNanos() {
    return sumNanos;
  }

  /** How many durations are in buckets that end at or below a bound. */
  long atOrBelow(long boundNanos) {
    long count = 0;
    for (int group = 0; group < groups.length; group++) {
      if (inGroup[group] == 0) {
        continue;
      }
      int first = group << DurationBuckets.HALF_MAGNITUDE;
      for (int i = 0; i < DurationBuckets.HALF; i++) {
        if (groups[group][i] != 0 && DurationBuckets.highest(first + i) <= boundNanos) {
          count += groups[group][i];
        }
      }
    }
    return count;
  }

  /**
   * The greatest duration of the bucket that holds the quantile's rank, ceil(q x total), as
   * HdrHistogram has it: at most 0.1 % above the exact value.
   *
   * @param quantile 0 to 1
   */
  long quantileNanos(double quantile) {
    if (total == 0) {
      throw new IllegalStateException("There is no quantile of nothing.");
    }
    // 0.07 x 100 is a little more than 7 in binary: one step down keeps the rank at 7.
    long wanted = (long) Math.ceil(Math.nextDown(quantile) * total);
    long rank = Math.max(1, Math.min(total, wanted));
    int group = 0;
    long below = 0;
    while (below + inGroup[group] < rank) {
      below += inGroup[group++];
    }
    int place = 0;
    while (below + groups[group][place] < rank) {
      below += groups[group][place++];
    }
    return DurationBuckets.highest((group << DurationBuckets.HALF_MAGNITUDE) + place);
  }
}
