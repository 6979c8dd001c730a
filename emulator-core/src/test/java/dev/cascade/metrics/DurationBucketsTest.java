package dev.cascade.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.random.RandomStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class DurationBucketsTest {
  @Test
  void bucketsAreHdrHistogramsForThreeDigits() {
    RandomStream random = RandomStream.of(1);
    Histogram hdr = new Histogram(1, Long.MAX_VALUE / 2, DurationBuckets.SIGNIFICANT_DIGITS);
    for (int i = 0; i < 100_000; i++) {
      long nanos = random.nextLong() >>> (2 + random.nextInt(62));
      int index = DurationBuckets.indexOf(nanos);
      assertThat(DurationBuckets.lowest(index)).isEqualTo(hdr.lowestEquivalentValue(nanos));
      assertThat(DurationBuckets.highest(index)).isEqualTo(hdr.highestEquivalentValue(nanos));
    }
  }

  @Test
  void bucketsFollowOneAnotherWithoutGaps() {
    int last = DurationBuckets.indexOf(Long.MAX_VALUE);
    assertThat(DurationBuckets.lowest(0)).isZero();
    for (int index = 0; index < last; index++) {
      assertThat(DurationBuckets.lowest(index + 1)).isEqualTo(DurationBuckets.highest(index) + 1);
      assertThat(DurationBuckets.indexOf(DurationBuckets.lowest(index))).isEqualTo(index);
      assertThat(DurationBuckets.indexOf(DurationBuckets.highest(index))).isEqualTo(index);
    }
    assertThat(DurationBuckets.highest(last)).isEqualTo(Long.MAX_VALUE);
  }
}
