package dev.cascade.models.records;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;
import java.util.List;

/**
 * A producer has records for a stream, up to 500 of up to 5 MB; answered by {@link PutResult}.
 *
 * @param key the hash of their partition key; {@link #RANDOM} if each has one of its own
 */
public record PutRecords(List<Records> records, long key, ReplyTo replyTo) implements WireRequest {
  /** Each record goes anywhere. */
  public static final long RANDOM = 0;

  /** Headers, and JSON around the records: a guess. */
  private static final int HEADER_BYTES = 500;

  public PutRecords {
    records = List.copyOf(records);
  }

  @Override
  public int sizeBytes() {
    long bytes = records.stream().mapToLong(Records::bytes).sum();
    return (int) Math.min(Integer.MAX_VALUE, HEADER_BYTES + bytes);
  }
}
