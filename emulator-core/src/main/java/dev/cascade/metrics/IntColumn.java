package dev.cascade.metrics;

import java.util.Arrays;

/** A growing list of ints. */
final class IntColumn {
  private int[] values = new int[4];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int get(int place) {
    return values[place];
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }

  int size() {
    return size;
  }

  /** The place of the last value, all ascending, that is not above a bound; -1 if all are. */
  int lastAtOrBefore(int bound) {
    if (size == 0 || values[size - 1] <= bound) {
      return size - 1;
    }
    int found = Arrays.binarySearch(values, 0, size, bound);
    return found >= 0 ? found : -found - 2;
  }
}
