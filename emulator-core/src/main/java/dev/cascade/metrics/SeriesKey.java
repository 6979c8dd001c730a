package dev.cascade.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name and labels of one series. Labels are in the order of their keys, however they were
 * given, and keys are ordered by name, then by labels: the order of every output.
 */
public final class SeriesKey implements Comparable<SeriesKey> {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final String name;
  private final String[] labels;
  private final int hash;

  private SeriesKey(String name, String[] labels) {
    this.name = name;
    this.labels = labels;
    this.hash = 31 * name.hashCode() + Arrays.hashCode(labels);
  }

  /**
   * The key of a name and labels.
   *
   * @param labels keys and values in turn
   */
  public static SeriesKey of(String name, String... labels) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The metric name (%s) must be letters, digits and underscores. Maybe as in http_requests_total."
              .formatted(name));
    }
    if (labels.length % 2 != 0) {
      throw new IllegalArgumentException(
          "The labels %s of %s must be keys and values in turn. Maybe a value is missing."
              .formatted(Arrays.toString(labels), name));
    }
    return new SeriesKey(name, sorted(name, labels));
  }

  private static String[] sorted(String name, String[] labels) {
    String[] sorted = labels.clone();
    for (int i = 0; i < sorted.length; i += 2) {
      if (!NAME.matcher(sorted[i]).matches()) {
        throw new IllegalArgumentException(
            "The label (%s) of %s must be letters, digits and underscores."
                .formatted(sorted[i], name));
      }
      // An insertion sort: labels are few.
      for (int j = i; j > 0 && sorted[j - 2].compareTo(sorted[j]) >= 0; j -= 2) {
        if (sorted[j - 2].equals(sorted[j])) {
          throw new IllegalArgumentException(
              "The label (%s) of %s must be given once.".formatted(sorted[j], name));
        }
        swap(sorted, j - 2, j);
        swap(sorted, j - 1, j + 1);
      }
    }
    return sorted;
  }

  private static void swap(String[] strings, int i, int j) {
    String kept = strings[i];
    strings[i] = strings[j];
    strings[j] = kept;
  }

  /** The metric's name. */
  public String name() {
    return name;
  }

  /** How many labels there are. */
  public int labelCount() {
    return labels.length / 2;
  }

  /** The key of the label at a place, from 0. */
  public String labelKey(int place) {
    return labels[2 * place];
  }

  /** The value of the label at a place, from 0. */
  public String labelValue(int place) {
    return labels[2 * place + 1];
  }

  /** The keys of the labels, sorted. */
  public List<String> labelKeys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < labelCount(); i++) {
      keys.add(labelKey(i));
    }
    return keys;
  }

  /** A label's value, or null if there is no such label. */
  public @Nullable String label(String key) {
    for (int i = 0; i < labelCount(); i++) {
      if (labelKey(i).equals(key)) {
        return labelValue(i);
      }
    }
    return null;
  }

  /** Whether another key has the same label keys, whatever their values. */
  boolean hasKeysOf(SeriesKey other) {
    if (labels.length != other.labels.length) {
      return false;
    }
    for (int i = 0; i < labels.length; i += 2) {
      if (!labels[i].equals(other.labels[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(SeriesKey other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : Arrays.compare(labels, other.labels);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SeriesKey that
        && hash == that.hash
        && name.equals(that.name)
        && Arrays.equals(labels, that.labels);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Prometheus's spelling: {@code http_requests_total{outcome="error"}}. */
  @Override
  public String toString() {
    if (labels.length == 0) {
      return name;
    }
    StringBuilder text = new StringBuilder(name).append('{');
    for (int i = 0; i < labelCount(); i++) {
      text.append(i == 0 ? "" : ",").append(labelKey(i)).append("=\"");
      appendEscaped(text, labelValue(i));
      text.append('"');
    }
    return text.append('}').toString();
  }

  private static void appendEscaped(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
  }
}
