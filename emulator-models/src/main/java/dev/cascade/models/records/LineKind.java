package dev.cascade.models.records;

/**
 * Log lines that differ in nothing but their time.
 *
 * @param service that wrote them
 * @param name what they say, {@code cannot_open_session}
 * @param bytes of one line
 */
public record LineKind(String service, String name, Level level, int bytes) {
  public LineKind {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "A line of (" + name + ") has (" + bytes + ") bytes. Maybe 200?");
    }
  }
}
