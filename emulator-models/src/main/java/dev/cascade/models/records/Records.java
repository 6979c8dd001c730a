package dev.cascade.models.records;

/**
 * So many equal records.
 *
 * @param linesEach lines in one of them
 * @param count of records
 * @param writtenNanos when the oldest of their lines was written, by the writer's clock
 */
public record Records(LineKind kind, int linesEach, int count, long writtenNanos) {
  /** Bytes of one of them. */
  public int bytesEach() {
    return kind.bytes() * linesEach;
  }

  /** Bytes of all of them. */
  public long bytes() {
    return (long) bytesEach() * count;
  }

  /** Lines in all of them. */
  public long lines() {
    return (long) linesEach * count;
  }

  /** So many of them. */
  public Records of(int some) {
    return new Records(kind, linesEach, some, writtenNanos);
  }
}
