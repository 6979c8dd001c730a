package dev.cascade.models.consul;

import dev.cascade.models.raft.LeaderCall;
import dev.cascade.node.ReplyTo;

/** What clients ask of any server; answered by {@link ConsulReply}. */
public sealed interface ConsulCall extends LeaderCall {
  /** The key, or what the keys begin with. */
  String key();

  /** The word for its kind, as metrics have it. */
  String op();

  @Override
  default String subject() {
    return key();
  }

  /** {@code GET /v1/kv/<key>}. */
  record Get(String key, boolean forwarded, ReplyTo replyTo) implements ConsulCall {
    /** A client's. */
    public Get(String key, ReplyTo replyTo) {
      this(key, false, replyTo);
    }

    @Override
    public String op() {
      return "get";
    }

    @Override
    public boolean isRead() {
      return true;
    }

    @Override
    public Get forwardedOver(ReplyTo connection) {
      return new Get(key, true, connection);
    }
  }

  /** {@code GET /v1/kv/<key>?recurse}. */
  record ListKeys(String key, boolean forwarded, ReplyTo replyTo) implements ConsulCall {
    /** A client's. */
    public ListKeys(String prefix, ReplyTo replyTo) {
      this(prefix, false, replyTo);
    }

    @Override
    public String op() {
      return "list";
    }

    @Override
    public boolean isRead() {
      return true;
    }

    @Override
    public ListKeys forwardedOver(ReplyTo connection) {
      return new ListKeys(key, true, connection);
    }
  }

  /** {@code PUT /v1/kv/<key>}. */
  record Put(String key, String value, boolean forwarded, ReplyTo replyTo) implements ConsulCall {
    /** A client's. */
    public Put(String key, String value, ReplyTo replyTo) {
      this(key, value, false, replyTo);
    }

    @Override
    public String op() {
      return "put";
    }

    @Override
    public boolean isRead() {
      return false;
    }

    @Override
    public Put forwardedOver(ReplyTo connection) {
      return new Put(key, value, true, connection);
    }

    @Override
    public int sizeBytes() {
      return key.length() + value.length();
    }
  }

  /** {@code DELETE /v1/kv/<key>}. */
  record Delete(String key, boolean forwarded, ReplyTo replyTo) implements ConsulCall {
    /** A client's. */
    public Delete(String key, ReplyTo replyTo) {
      this(key, false, replyTo);
    }

    @Override
    public String op() {
      return "delete";
    }

    @Override
    public boolean isRead() {
      return false;
    }

    @Override
    public Delete forwardedOver(ReplyTo connection) {
      return new Delete(key, true, connection);
    }
  }
}
