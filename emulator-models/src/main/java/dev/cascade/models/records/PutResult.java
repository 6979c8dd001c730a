package dev.cascade.models.records;

import dev.cascade.node.WireMessage;
import java.util.List;

/**
 * How a {@link PutRecords} went, record by record: those that found no room in their shard are to
 * be sent again (ProvisionedThroughputExceeded).
 *
 * @param throttled of each group of the request, in its order, how many were not taken
 */
public record PutResult(List<Integer> throttled) implements WireMessage {
  /** A record's shard and number, or its error: a guess. */
  private static final int BYTES_EACH = 100;

  public PutResult {
    throttled = List.copyOf(throttled);
  }

  @Override
  public int sizeBytes() {
    return BYTES_EACH * Math.max(1, throttled.size());
  }
}
