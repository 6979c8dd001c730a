package dev.cascade.metrics;

/**
 * HdrHistogram's buckets for three significant digits of nanoseconds: exact up to 2,047 ns, then at
 * most 1/1,024 of the value wide. The same numbers as HdrHistogram's, so that what is kept here can
 * be written to its log without loss.
 */
final class DurationBuckets {
  /** Three digits need 2 x 1,000 values at full resolution; HdrHistogram takes the next power. */
  static final int SIGNIFICANT_DIGITS = 3;

  static final int HALF_MAGNITUDE = 10;
  static final int HALF = 1 << HALF_MAGNITUDE;

  /** Groups of {@link #HALF} buckets that hold all of 0 to {@link Long#MAX_VALUE}. */
  static final int GROUPS = indexOf(Long.MAX_VALUE) / HALF + 1;

  private DurationBuckets() {}

  /** The bucket that a duration of so many nanoseconds, not negative, falls into. */
  static int indexOf(long nanos) {
    int shift = 63 - HALF_MAGNITUDE - Long.numberOfLeadingZeros(nanos | (2 * HALF - 1));
    return (shift << HALF_MAGNITUDE) + (int) (nanos >>> shift);
  }

  /** The least duration of a bucket. */
  static long lowest(int index) {
    if (index < 2 * HALF) {
      return index;
    }
    int shift = (index >>> HALF_MAGNITUDE) - 1;
    return (long) (index - (shift << HALF_MAGNITUDE)) << shift;
  }

  /** The greatest duration of a bucket. */
  static long highest(int index) {
    int shift = Math.max(0, (index >>> HALF_MAGNITUDE) - 1);
    return lowest(index) + (1L << shift) - 1;
  }
}
