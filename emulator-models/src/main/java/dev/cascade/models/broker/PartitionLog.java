package dev.cascade.models.broker;

import org.jspecify.annotations.Nullable;

/**
 * The records of one partition: when each was appended. Offsets go on for ever. It is a value: what
 * is appended or deleted makes another, which shares the memory of this one. A log that another was
 * made of keeps its records until the next is appended to that one, and is then to be forgotten.
 */
final class PartitionLog {
  /**
   * Records that a partition keeps at most, whatever its retention says: a structural bound, 128 MB
   * of the machine that emulates.
   */
  static final int MAX_RECORDS = 1 << 24;

  private static final int FIRST_CAPACITY = 64;

  /**
   * What a log keeps.
   *
   * @param recordBytes size of a record
   * @param nanos how old a record becomes
   * @param bytes how many there are at most
   */
  private record Retention(int recordBytes, long nanos, long bytes) {}

  private final Retention retention;
  private final long[] appended; // by offset, around; slots outside of start to end are free
  private final long start;
  private final long end;

  private PartitionLog(Retention retention, long[] appended, long start, long end) {
    this.retention = retention;
    this.appended = appended;
    this.start = start;
    this.end = end;
  }

  /** Without records. */
  static PartitionLog empty(Topic topic) {
    long bytes = topic.retentionBytes() == null ? Long.MAX_VALUE : topic.retentionBytes().bytes();
    return new PartitionLog(
        new Retention((int) topic.recordSize().bytes(), topic.retention().toNanos(), bytes),
        new long[FIRST_CAPACITY],
        0,
        0);
  }

  /** The offset of the oldest record. */
  long start() {
    return start;
  }

  /** The offset of the next record. */
  long end() {
    return end;
  }

  long bytes() {
    return (end - start) * retention.recordBytes();
  }

  private long at(long offset) {
    return appended[(int) (offset % appended.length)];
  }

  /** With one more record, and without those that go for it. */
  PartitionLog append(long now) {
    boolean isFull = end - start == appended.length;
    long[] room = isFull && appended.length < MAX_RECORDS ? twice() : appended;
    room[(int) (end % room.length)] = now;
    long first = isFull && room == appended ? start + 1 : start;
    return new PartitionLog(retention, room, first, end + 1).retain(now);
  }

  private long[] twice() {
    long[] more = new long[2 * appended.length];
    for (long offset = start; offset < end; offset++) {
      more[(int) (offset % more.length)] = at(offset);
    }
    return more;
  }

  /** Without what is too old or too much. */
  PartitionLog retain(long now) {
    long first = start;
    while (first < end
        && ((end - first) * retention.recordBytes() > retention.bytes()
            || now - at(first) > retention.nanos())) {
      first++;
    }
    return first == start ? this : new PartitionLog(retention, appended, first, end);
  }

  /** Records from a position on; null if there are none. */
  Wire.@Nullable Records read(Wire.Position from, long maxBytes) {
    long first = Math.max(start, Math.min(from.offset(), end));
    long last = Math.min(end, first + Math.max(1, maxBytes / retention.recordBytes()));
    if (first == last) {
      return null;
    }
    long[] records = new long[(int) (last - first)];
    for (int i = 0; i < records.length; i++) {
      records[i] = at(first + i);
    }
    return new Wire.Records(from.partition(), first, Instants.of(records));
  }
}
