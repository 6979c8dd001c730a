package dev.cascade.models.docker;

import dev.cascade.node.WireMessage;

/** What passes between a daemon, its containers and those attached to them. */
sealed interface Wire extends WireMessage {
  /**
   * A container wrote a line.
   *
   * @param life which of those that had that name
   */
  record Written(String name, long life, String line) implements Wire {
    @Override
    public int sizeBytes() {
      return line.length();
    }
  }

  /** A container has ended. */
  record Ended(String name, long life, int code) implements Wire {}

  /** To those attached: a line of the container. */
  record Output(String line) implements Wire {
    @Override
    public int sizeBytes() {
      return line.length();
    }
  }
}
