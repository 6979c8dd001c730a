package dev.cascade.models.etcd;

import dev.cascade.models.raft.LeaderCall;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;

/** What clients ask of any member; answered by {@link EtcdReply}. */
public sealed interface EtcdCall extends WireRequest {
  /** The key, or what the keys begin with. */
  String key();

  /** The word for its kind, as metrics have it. */
  String op();

  @Override
  default String subject() {
    return key();
  }

  /** What must be so for a write to be done. */
  enum Condition {
    /** Nothing. */
    NONE,
    /** The key is there. */
    EXISTS,
    /** There is no such key. */
    IS_NEW,
    /** Its last change is that of the index. */
    UNCHANGED
  }

  /** One key, or all that begin so; the member that is asked answers from what it has. */
  record Get(String key, boolean recursive, ReplyTo replyTo) implements EtcdCall {
    @Override
    public String op() {
      return recursive ? "list" : "get";
    }
  }

  /**
   * Tell me of the next change; answered by the member that is asked.
   *
   * @param key what the keys begin with that matter
   * @param afterIndex the last change that is known
   * @param waitNanos after so long the answer is that nothing happened
   */
  record Watch(String key, long afterIndex, long waitNanos, ReplyTo replyTo) implements EtcdCall {
    @Override
    public String op() {
      return "watch";
    }
  }

  /** What the leader carries out. */
  sealed interface Write extends EtcdCall, LeaderCall {
    @Override
    default boolean isRead() {
      return false;
    }
  }

  /**
   * Set a key.
   *
   * @param ttlNanos how long it lives; 0 for ever
   * @param index for {@link Condition#UNCHANGED}, else 0
   */
  record Put(
      String key,
      String value,
      long ttlNanos,
      Condition condition,
      long index,
      boolean forwarded,
      ReplyTo replyTo)
      implements Write {
    /** A client's. */
    public Put(
        String key, String value, long ttlNanos, Condition condition, long index, ReplyTo replyTo) {
      this(key, value, ttlNanos, condition, index, false, replyTo);
    }

    @Override
    public String op() {
      return "put";
    }

    @Override
    public Put forwardedOver(ReplyTo connection) {
      return new Put(key, value, ttlNanos, condition, index, true, connection);
    }

    @Override
    public int sizeBytes() {
      return key.length() + value.length();
    }
  }

  /**
   * Take a key away.
   *
   * @param index that of its last change, if it must be; else 0
   */
  record Delete(String key, long index, boolean forwarded, ReplyTo replyTo) implements Write {
    /** A client's. */
    public Delete(String key, long index, ReplyTo replyTo) {
      this(key, index, false, replyTo);
    }

    @Override
    public String op() {
      return "delete";
    }

    @Override
    public Delete forwardedOver(ReplyTo connection) {
      return new Delete(key, index, true, connection);
    }
  }
}
