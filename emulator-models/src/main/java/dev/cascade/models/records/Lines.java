package dev.cascade.models.records;

/**
 * So many equal lines, written at one time.
 *
 * @param count of lines
 * @param writtenNanos by the writer's clock
 */
public record Lines(LineKind kind, int count, long writtenNanos) {
  /** Bytes of all of them. */
  public long bytes() {
    return (long) count * kind.bytes();
  }

  /** So many of them. */
  public Lines of(int some) {
    return new Lines(kind, some, writtenNanos);
  }
}
