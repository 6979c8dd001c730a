package dev.cascade.models.kinesis;

import dev.cascade.models.records.Records;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.util.List;

/** What applications and a stream say to each other. */
final class Wire {
  /** Headers of a request or an answer: a guess. */
  private static final int HEADER_BYTES = 500;

  private Wire() {}

  /** An application asks for the shards that were there first; answered by {@link Shards}. */
  record ListShards(String application, ReplyTo replyTo) implements WireRequest {
    @Override
    public int sizeBytes() {
      return HEADER_BYTES;
    }
  }

  /** Shards by their numbers. */
  record Shards(List<Integer> numbers) implements WireMessage {
    Shards {
      numbers = List.copyOf(numbers);
    }

    @Override
    public int sizeBytes() {
      return HEADER_BYTES;
    }
  }

  /**
   * A call of GetRecords; answered by {@link Got} or {@link Throttled}. What lies before its
   * position the application has done.
   *
   * @param chunk and offset: where the iterator stands
   * @param enhanced whether the application has enhanced fan-out
   */
  record GetRecords(
      String application, int shard, long chunk, int offset, boolean enhanced, ReplyTo replyTo)
      implements WireRequest {
    @Override
    public int sizeBytes() {
      return HEADER_BYTES;
    }
  }

  /**
   * Records, and where the next call goes on.
   *
   * @param children if the shard is closed and this is its end: where its records' successors are
   */
  record Got(int shard, List<Records> records, long chunk, int offset, List<Integer> children)
      implements WireMessage {
    Got {
      records = List.copyOf(records);
      children = List.copyOf(children);
    }

    @Override
    public int sizeBytes() {
      long bytes = records.stream().mapToLong(Records::bytes).sum();
      return (int) Math.min(Integer.MAX_VALUE, HEADER_BYTES + bytes);
    }
  }

  /** ProvisionedThroughputExceeded: the shard was read too much. */
  record Throttled() implements WireMessage {
    @Override
    public int sizeBytes() {
      return HEADER_BYTES;
    }
  }

  /** An operator asks for another number of open shards. */
  record UpdateShardCount(int shards) implements WireMessage {}

  /** An operator gives an application enhanced fan-out, or takes it away. */
  record UseFanOut(FanOut fanOut) implements WireMessage {}
}
