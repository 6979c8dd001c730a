package dev.cascade.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to run a test.
 *
 * @param seed the seed; the test class's if null
 * @param mitigations beside those of the test class
 */
record Variant(@Nullable Long seed, List<String> mitigations) {
  static final Variant PLAIN = new Variant(null, List.of());

  /** {@code seed 3, cheap-endpoint}. */
  String displayName() {
    List<String> parts = new ArrayList<>();
    if (seed != null) {
      parts.add("seed " + seed);
    }
    parts.addAll(mitigations);
    return String.join(", ", parts);
  }

  static List<Long> seeds(String written) {
    List<Long> seeds = new ArrayList<>();
    for (String part : written.split(",", -1)) {
      String[] ends = part.trim().split("\\.\\.", -1);
      try {
        long first = Long.parseLong(ends[0]);
        long last = Long.parseLong(ends[ends.length - 1]);
        if (ends.length > 2 || first > last || last - first >= SEEDS_MAX) {
          throw new NumberFormatException();
        }
        for (long seed = first; seed <= last; seed++) {
          seeds.add(seed);
        }
      } catch (NumberFormatException wrong) {
        throw new IllegalArgumentException(
            "The seeds (%s) must be like 1..20 or 3,5,8.".formatted(written), wrong);
      }
    }
    return seeds;
  }

  /** More than anybody would wait for in a test. */
  private static final long SEEDS_MAX = 100_000;
}
