package dev.cascade.random;

/**
 * 64-bit hashes that are the same in every JVM. They derive seeds and break ties; they are not
 * meant to withstand an adversary.
 */
public final class Hash64 {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio, as in SplitMix64

  private Hash64() {}

  /** Hashes a text. */
  public static long of(String text) {
    long hash = GOLDEN ^ text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0xFF51AFD7ED558CCDL;
      hash ^= hash >>> 32;
    }
    return mix(hash);
  }

  /** Hashes bytes. */
  public static long of(byte[] bytes) {
    long hash = GOLDEN ^ bytes.length;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xFF)) * 0xFF51AFD7ED558CCDL;
      hash ^= hash >>> 32;
    }
    return mix(hash);
  }

  /** Chains a value to a hash; the order of values matters. */
  public static long combine(long hash, long value) {
    return mix(hash + GOLDEN ^ value);
  }

  /** Spreads every bit over all others: David Stafford's variant 13 of MurmurHash3's finalizer. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
