package dev.cascade.node;

/** What happens to a message that finds a mailbox full. Every drop is counted, with its reason. */
public enum Overflow {
  /**
   * The arriving message is lost; a request is a lost SYN, which its client's kernel sends again.
   */
  DROP_NEWEST,
  /**
   * The oldest message that is not yet being served is lost, and the arriving one takes its place.
   */
  DROP_OLDEST,
  /**
   * The arriving message is lost and, where it was a request, its sender learns it at once (RST).
   */
  REFUSE,
  /**
   * The message waits outside, and its sender on the same host takes no further message until there
   * is room, as with a log appender. Messages from other hosts are dropped as by DROP_NEWEST.
   */
  BLOCK
}
