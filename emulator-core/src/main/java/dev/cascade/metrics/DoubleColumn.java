package dev.cascade.metrics;

import java.util.Arrays;

/** A growing list of doubles. */
final class DoubleColumn {
  private double[] values = new double[4];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  double get(int place) {
    return values[place];
  }
}
