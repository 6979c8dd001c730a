package dev.cascade.models.sparta;

/**
 * What one service has of the work that is its own.
 *
 * @param owned whether its buckets have an owner; requests for buckets without one are dropped
 * @param stage how far the load that was moved has been shaped again, from 0 on
 */
public record Share(boolean owned, int stage) {
  /** Buckets without an owner: a null allocation. */
  public static final Share NONE = new Share(false, 0);

  public Share {
    if (stage < 0) {
      throw new IllegalArgumentException("The stage (" + stage + ") cannot be negative.");
    }
  }

  /** As a number, for the wire. */
  public int encoded() {
    return stage * 2 + (owned ? 1 : 0);
  }

  /** From the wire. */
  public static Share decoded(int encoded) {
    return new Share((encoded & 1) == 1, encoded >> 1);
  }
}
