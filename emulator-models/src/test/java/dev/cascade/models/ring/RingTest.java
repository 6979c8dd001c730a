package dev.cascade.models.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Consistent hashing as its theory has it. Of nB points that fall independently, the gaps are as of
 * a Dirichlet distribution, so that an instance's share, the sum of its B gaps, is Beta(B, nB - B):
 * mean 1/n, relative deviation sqrt((n - 1) / (nB + 1)), which is about 1/sqrt(B).
 */
class RingTest {
  private static List<String> names(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add("services-" + i);
    }
    return names;
  }

  private static double deviation(int instances, int buckets) {
    return Math.sqrt((instances - 1.0) / ((double) instances * buckets + 1));
  }

  /** The deviation of n observations is itself off by 1/sqrt(2(n - 1)); 4 of that. */
  @ParameterizedTest
  @CsvSource({"200, 1000", "200, 100", "200, 10", "50, 1000"})
  void theSpreadOfTheLoadFallsWithTheRootOfTheBuckets(int instances, int buckets) {
    double[] shares = Ring.of(names(instances), buckets).shares();

    assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
    double squares =
        Arrays.stream(shares).map(share -> Math.pow(share * instances - 1, 2)).sum() / instances;
    double expected = deviation(instances, buckets);
    assertThat(Math.sqrt(squares))
        .isCloseTo(expected, within(4 * expected / Math.sqrt(2.0 * (instances - 1))));
  }

  /** Only the newcomer's keys move, to it: 1/(n + 1) of them. */
  @Test
  void whoJoinsTakesItsShareAndNobodyElseMoves() {
    int keys = 100_000;
    Ring before = Ring.of(names(200), 1000);
    Ring after = Ring.of(names(201), 1000);

    int moved = 0;
    for (long key = 0; key < keys; key++) {
      if (after.ownerOf(key) != before.ownerOf(key)) {
        assertThat(after.ownerOf(key)).isEqualTo(200);
        moved++;
      }
    }
    assertShare(moved, keys, 201);
  }

  /** Only what the one who leaves had moves, to all others: 1/n of the keys. */
  @Test
  void whoLeavesIsInheritedByAllOthers() {
    int keys = 100_000;
    Ring before = Ring.of(names(201), 1000);
    Ring after = Ring.of(names(200), 1000);

    int moved = 0;
    int[] inherited = new int[200];
    for (long key = 0; key < keys; key++) {
      if (before.ownerOf(key) == 200) {
        inherited[after.ownerOf(key)]++;
        moved++;
      } else {
        assertThat(after.ownerOf(key)).isEqualTo(before.ownerOf(key));
      }
    }
    assertShare(moved, keys, 201);
    // 498 keys fall on 200 heirs: one of them gets none with a probability of exp(-2.5), 16 do.
    assertThat(Arrays.stream(inherited).filter(count -> count == 0).count()).isLessThan(40);
  }

  /** The share's own deviation and that of counting, 4 of both. */
  private static void assertShare(int moved, int keys, int instances) {
    double share = 1.0 / instances;
    double ofShare = share * deviation(instances, 1000);
    double ofCount = Math.sqrt(share / keys);
    assertThat((double) moved / keys).isCloseTo(share, within(4 * Math.hypot(ofShare, ofCount)));
  }

  @Test
  void placesFollowFromNamesAloneWhateverTheirOrder() {
    List<String> reversed = new ArrayList<>(names(20));
    java.util.Collections.reverse(reversed);
    Ring one = Ring.of(names(20), 100);
    Ring other = Ring.of(reversed, 100);
    for (long key = 0; key < 10_000; key++) {
      assertThat(other.instances().get(other.ownerOf(key)))
          .isEqualTo(one.instances().get(one.ownerOf(key)));
    }
  }

  @Test
  void anEmptyRingOwnsNothingAndALoneInstanceAll() {
    assertThat(Ring.of(List.of(), 1000).ownerOf(7)).isEqualTo(-1);
    assertThat(Ring.of(List.of("one"), 1).ownerOf(7)).isZero();
    assertThat(Ring.of(List.of("one"), 1).shares()).containsExactly(1);
  }

  /** 12 B a bucket: the 40 billion points of (200 x 1,000)² are never written down. */
  @ParameterizedTest
  @CsvSource({"200, 2400000", "2000, 24000000"})
  void aRingOfAThousandBucketsEachTakesTwelveBytesABucket(int instances, long bytes) {
    long before = System.nanoTime();
    Ring ring = Ring.of(names(instances), 1000);
    long built = System.nanoTime() - before;
    int owners = 0;
    for (long key = 0; key < 1_000_000; key++) {
      owners += ring.ownerOf(key);
    }
    long looked = System.nanoTime() - before - built;

    assertThat(owners).isPositive();
    assertThat(ring.tableBytes()).isEqualTo(bytes);
    System.out.printf(
        Locale.ROOT,
        "ring of %d x 1,000 buckets: %.1f MB, built in %.0f ms, a look-up takes %.0f ns%n",
        instances,
        ring.tableBytes() / 1e6,
        built / 1e6,
        looked / 1e6);
  }
}
