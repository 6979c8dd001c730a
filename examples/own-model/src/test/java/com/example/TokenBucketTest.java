package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** So many at once, and then so many a second. */
class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;

  private static int takenAt(TokenBucket bucket, long nowNanos) {
    int taken = 0;
    while (bucket.take(nowNanos)) {
      taken++;
    }
    return taken;
  }

  @Test
  void burstPassesAtOnceAndThenTheRate() {
    TokenBucket bucket = new TokenBucket(5, 10, 0);

    assertThat(takenAt(bucket, 0)).isEqualTo(10);
    assertThat(takenAt(bucket, SECOND)).isEqualTo(5);
    assertThat(takenAt(bucket, 100 * SECOND)).isEqualTo(10);
  }

  @Test
  void anotherRateCountsFromNowOn() {
    TokenBucket bucket = new TokenBucket(5, 10, 0);
    takenAt(bucket, 0);

    bucket.refillAt(2, SECOND);

    assertThat(takenAt(bucket, 2 * SECOND)).isEqualTo(5 + 2);
  }
}
