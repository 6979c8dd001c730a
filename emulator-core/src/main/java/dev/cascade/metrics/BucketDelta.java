package dev.cascade.metrics;

import java.util.Arrays;

/** What one tick added to a histogram: the buckets that were hit, ascending, and how often each. */
final class BucketDelta {
  private final int[] indexes;
  private final long[] counts;
  private final long sumNanos;

  BucketDelta(int[] indexes, long[] counts, long sumNanos) {
    this.indexes = indexes;
    this.counts = counts;
    this.sumNanos = sumNanos;
  }

  /** How many buckets were hit. */
  int size() {
    return indexes.length;
  }

  int index(int place) {
    return indexes[place];
  }

  long count(int place) {
    return counts[place];
  }

  /** All durations together. */
  long sumNanos() {
    return sumNanos;
  }

  /** Both together. */
  BucketDelta plus(BucketDelta other) {
    int[] mergedIndexes = new int[indexes.length + other.indexes.length];
    long[] mergedCounts = new long[mergedIndexes.length];
    int size = 0;
    int here = 0;
    int there = 0;
    while (here < indexes.length || there < other.indexes.length) {
      int index = Math.min(at(indexes, here), at(other.indexes, there));
      long count = 0;
      if (at(indexes, here) == index) {
        count += counts[here++];
      }
      if (at(other.indexes, there) == index) {
        count += other.counts[there++];
      }
      mergedIndexes[size] = index;
      mergedCounts[size++] = count;
    }
    return new BucketDelta(
        Arrays.copyOf(mergedIndexes, size),
        Arrays.copyOf(mergedCounts, size),
        sumNanos + other.sumNanos);
  }

  private static int at(int[] indexes, int place) {
    return place < indexes.length ? indexes[place] : Integer.MAX_VALUE;
  }

  /** How many durations there are. */
  long count() {
    long count = 0;
    for (long each : counts) {
      count += each;
    }
    return count;
  }
}
