package dev.cascade.models.kinesis;

/**
 * How often a shard may be read: an answer of b bytes is paid for by b / rate of time in which
 * calls are throttled. So 10 MB close it for 5 s, as documented. Time that a busy shard was open
 * and nobody called is not lost, up to a second: the limit is one of bytes in a second.
 */
final class ReadLimit {
  private static final long FORGIVEN_NANOS = 1_000_000_000;

  private final double bytesPerSecond;
  private long openNanos = Long.MIN_VALUE / 2;

  ReadLimit(double bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  boolean isOpen(long nowNanos) {
    return nowNanos >= openNanos;
  }

  /** So many bytes were read. */
  void read(long bytes, long nowNanos) {
    long since = nowNanos - openNanos < FORGIVEN_NANOS ? openNanos : nowNanos;
    openNanos = since + Math.round(bytes * 1e9 / bytesPerSecond);
  }
}
