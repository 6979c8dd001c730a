package dev.cascade.metrics;

/** A text that is no selector. */
public final class SelectorException extends IllegalArgumentException {
  private final int offset;

  SelectorException(String message, int offset) {
    super(message);
    this.offset = offset;
  }

  /** Where in the text, from 0. */
  public int offset() {
    return offset;
  }
}
