package dev.cascade.scenario;

import org.jspecify.annotations.Nullable;

/**
 * A place in a file.
 *
 * @param source the file as it was named, or the option that a value came from
 * @param line counted from 1; 0 if the source has no lines
 * @param column counted from 1
 * @param usedAt where a value that is defined here is used, if elsewhere
 */
public record Location(String source, int line, int column, @Nullable Location usedAt)
    implements Comparable<Location> {
  /** A place in a file. */
  public static Location of(String source, int line, int column) {
    return new Location(source, line, column, null);
  }

  /** A source as a whole. */
  public static Location of(String source) {
    return new Location(source, 0, 0, null);
  }

  /** The same place, seen from where its value is used. */
  Location usedAt(Location use) {
    return new Location(source, line, column, use);
  }

  /** So many characters further on the same line. */
  Location plus(int characters) {
    return new Location(source, line, column + characters, usedAt);
  }

  @Override
  public int compareTo(Location other) {
    int bySource = source.compareTo(other.source);
    int byLine = bySource != 0 ? bySource : Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  /** {@code file:line:column}, as editors and compilers write it. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
