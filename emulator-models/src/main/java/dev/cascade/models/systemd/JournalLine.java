package dev.cascade.models.systemd;

import dev.cascade.node.WireMessage;

/** A line that a process wrote to its standard output, on its way to journald. */
record JournalLine(String line) implements WireMessage {
  @Override
  public int sizeBytes() {
    return line.length();
  }
}
