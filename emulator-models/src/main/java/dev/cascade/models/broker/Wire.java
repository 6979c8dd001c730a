package dev.cascade.models.broker;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.util.List;

/** What consumers and brokers say to each other, beside the requests of HTTP that publish. */
final class Wire {
  /** Headers of a request or an answer: a guess. */
  private static final int HEADER_BYTES = 100;

  private Wire() {}

  /**
   * A place in a partition.
   *
   * @param offset the number of a record, from 0
   */
  record Position(int partition, long offset) {}

  /**
   * Asks for records, and waits for them.
   *
   * @param positions the next record of each partition that this broker leads
   * @param maxBytes of each partition
   * @param maxWaitNanos after which the answer comes without records
   */
  record Fetch(
      String group,
      String topic,
      List<Position> positions,
      long maxBytes,
      long maxWaitNanos,
      ReplyTo replyTo)
      implements WireRequest {
    Fetch {
      positions = List.copyOf(positions);
    }

    @Override
    public int sizeBytes() {
      return HEADER_BYTES + 16 * positions.size();
    }
  }

  /**
   * Records of one partition.
   *
   * @param first the offset of the first of them, later than what was asked for if that is gone
   * @param appendedNanos when each was appended, by the broker's clock
   */
  record Records(int partition, long first, Instants appendedNanos) {}

  /** The answer to a {@link Fetch}; partitions without records are not in it. */
  record Fetched(List<Records> partitions, int recordBytes) implements WireMessage {
    Fetched {
      partitions = List.copyOf(partitions);
    }

    @Override
    public int sizeBytes() {
      long records = partitions.stream().mapToLong(some -> some.appendedNanos().count()).sum();
      return (int) Math.min(Integer.MAX_VALUE, HEADER_BYTES + records * recordBytes);
    }
  }

  /** Asks where the partitions end that a broker leads. */
  record ListOffsets(String topic, ReplyTo replyTo) implements WireRequest {
    @Override
    public int sizeBytes() {
      return HEADER_BYTES;
    }
  }

  /** Where they end: the offset of the next record. */
  record Ends(String topic, List<Position> positions) implements WireMessage {
    Ends {
      positions = List.copyOf(positions);
    }

    @Override
    public int sizeBytes() {
      return HEADER_BYTES + 16 * positions.size();
    }
  }

  /** What a member wants of its group's coordinator. */
  sealed interface ToCoordinator extends WireRequest {
    String group();

    String member();

    @Override
    default int sizeBytes() {
      return HEADER_BYTES;
    }
  }

  /** Wants to be in the group. The answer comes when all others have said so, too. */
  record JoinGroup(
      String group,
      String member,
      String topic,
      long sessionNanos,
      long rebalanceNanos,
      Assignor assignor,
      ReplyTo replyTo)
      implements ToCoordinator {}

  /** Is still there. */
  record Heartbeat(String group, String member, int generation, ReplyTo replyTo)
      implements ToCoordinator {}

  /** Has done all records before these positions. */
  record CommitOffsets(
      String group, String member, int generation, List<Position> positions, ReplyTo replyTo)
      implements ToCoordinator {
    CommitOffsets {
      positions = List.copyOf(positions);
    }
  }

  /** Is going. */
  record LeaveGroup(String group, String member, ReplyTo replyTo) implements ToCoordinator {}

  /**
   * A member's part.
   *
   * @param generation how often the group has been rebalanced
   * @param positions where to go on in each of the member's partitions
   */
  record Joined(int generation, List<Position> positions) implements WireMessage {
    Joined {
      positions = List.copyOf(positions);
    }

    @Override
    public int sizeBytes() {
      return HEADER_BYTES + 16 * positions.size();
    }
  }

  /** The answer to anything else that a member says; Kafka's error codes. */
  enum Code {
    NONE,
    /** The member must join again, after it has done what it has. */
    REBALANCE_IN_PROGRESS,
    /** The group went on without the member. */
    ILLEGAL_GENERATION,
    /** The group does not know the member any more. */
    UNKNOWN_MEMBER_ID
  }

  /** The answer with its code. */
  record Answer(Code code) implements WireMessage {
    @Override
    public int sizeBytes() {
      return HEADER_BYTES;
    }
  }
}
