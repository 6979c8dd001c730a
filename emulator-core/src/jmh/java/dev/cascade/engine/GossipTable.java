package dev.cascade.engine;

/**
 * What a gossiping host knows, in a few cache lines: the same work in the engine and in the bare
 * loop.
 */
final class GossipTable {
  private static final int ROWS = 64;
  private static final int WRITES = 20; // rows that a message touches, as in DESIGN §3's figures

  private final long[] rows = new long[ROWS];

  /** Merges what a message brought, and returns what to pass on. */
  long merge(long rumour) {
    long next = rumour;
    for (int i = 0; i < WRITES; i++) {
      int row = (int) (next >>> 58);
      rows[row] = Math.max(rows[row], next);
      next = next * 0x9E3779B97F4A7C15L + 1;
    }
    return next;
  }
}
