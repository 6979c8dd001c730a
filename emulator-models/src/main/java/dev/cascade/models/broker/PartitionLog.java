package dev.cascade.models.broker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one partition: when each was appended. Offsets go on for ever. */
final class PartitionLog {
  /**
   * Records that a partition keeps at most, whatever its retention says: a structural bound, 128 MB
   * of the machine that emulates.
   */
  static final int MAX_RECORDS = 1 << 24;

  private final int recordBytes;
  private final long retentionNanos;
  private final long retentionBytes;

  private long[] appended = new long[64]; // by offset, around
  private long start;
  private long end;

  PartitionLog(Topic topic) {
    this.recordBytes = (int) topic.recordSize().bytes();
    this.retentionNanos = topic.retention().toNanos();
    this.retentionBytes =
        topic.retentionBytes() == null ? Long.MAX_VALUE : topic.retentionBytes().bytes();
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
    return (end - start) * recordBytes;
  }

  /** Appends a record; returns how many are deleted for it. */
  long append(long now) {
    boolean tooMany = end - start == MAX_RECORDS;
    if (tooMany) {
      start++;
    } else if (end - start == appended.length) {
      long[] more = new long[2 * appended.length];
      for (long offset = start; offset < end; offset++) {
        more[(int) (offset % more.length)] = appended[(int) (offset % appended.length)];
      }
      appended = more;
    }
    appended[(int) (end % appended.length)] = now;
    end++;
    return retain(now) + (tooMany ? 1 : 0);
  }

  /** Deletes what is too old or too much; returns how many records that were. */
  long retain(long now) {
    long before = start;
    while (start < end
        && (bytes() > retentionBytes
            || now - appended[(int) (start % appended.length)] > retentionNanos)) {
      start++;
    }
    return start - before;
  }

  /** Records from a position on; null if there are none. */
  Wire.@Nullable Records read(Wire.Position from, long maxBytes) {
    long first = Math.max(start, Math.min(from.offset(), end));
    long last = Math.min(end, first + Math.max(1, maxBytes / recordBytes));
    if (first == last) {
      return null;
    }
    List<Long> records = new ArrayList<>();
    for (long offset = first; offset < last; offset++) {
      records.add(appended[(int) (offset % appended.length)]);
    }
    return new Wire.Records(from.partition(), first, records);
  }
}
