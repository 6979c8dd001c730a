package dev.cascade.metrics;

import java.util.Arrays;

/** A growing list of longs. */
final class LongColumn {
  private long[] values = new long[4];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  long get(int place) {
    return values[place];
  }

  long[] toArray() {
    return Arrays.copyOf(values, size);
  }

  int size() {
    return size;
  }

  /** The last value, or 0 if there is none. */
  long last() {
    return size == 0 ? 0 : values[size - 1];
  }

  /** The place of the last value, all ascending, that is not above a bound; -1 if all are. */
  int lastAtOrBefore(long bound) {
    if (size == 0 || values[size - 1] <= bound) {
      return size - 1;
    }
    int found = Arrays.binarySearch(values, 0, size, bound);
    return found >= 0 ? found : -found - 2;
  }
}
