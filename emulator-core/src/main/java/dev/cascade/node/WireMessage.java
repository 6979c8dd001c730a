package dev.cascade.node;

/**
 * What may cross the network: a record of immutable values that Jackson can write and read back. In
 * check mode every message across hosts passes through its serialized form, so that sharing in one
 * JVM cannot differ from copying between two.
 */
public interface WireMessage {
  /** Bytes on the wire, for links with a bandwidth; less than 64 count as a frame of 64. */
  default int sizeBytes() {
    return 0;
  }

  /** What it is about in a word, {@code /price}; empty if its type says it all. */
  default String subject() {
    return "";
  }
}
