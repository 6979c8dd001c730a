package dev.cascade.models.ingestion;

import dev.cascade.node.WireMessage;

/**
 * Somebody is to be told.
 *
 * @param reason what has happened, in a word
 */
public record Page(String reason) implements WireMessage {
  /** A call of a web API of a pager service: a guess. */
  private static final int BYTES = 1_000;

  @Override
  public int sizeBytes() {
    return BYTES;
  }

  @Override
  public String subject() {
    return reason;
  }
}
