package dev.cascade.models.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.records.Level;
import dev.cascade.models.records.LineKind;
import dev.cascade.models.records.Records;
import dev.cascade.models.records.TokenBucket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of a shard, record by record. */
class LimitsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;

  private static Shard shard() {
    return new Shard(0, -1, 0, 1L << 62, DAY);
  }

  private static Records records(int bytes, int count) {
    return new Records(new LineKind("shop", "failed", Level.ERROR, bytes), 1, count, 0);
  }

  @Test
  void aBucketHoldsASecondAndFillsWithTime() {
    TokenBucket bucket = new TokenBucket(100, 100);

    assertThat(bucket.takeUpTo(150, 0)).isEqualTo(100);
    assertThat(bucket.takeUpTo(150, SECOND / 2)).isEqualTo(50);
    assertThat(bucket.takeUpTo(150, 10 * SECOND)).isEqualTo(100);
    assertThat(bucket.takeUpTo(150, 10 * SECOND)).isZero();
  }

  /** 1,000 records or 1 MB a second, whichever is less: of 1 kB both are the same. */
  @ParameterizedTest
  @CsvSource({"200, 1000", "1000, 1000", "4000, 250", "1000000, 1"})
  void aShardTakesAThousandRecordsOrAMegabyteASecond(int bytes, int perSecond) {
    Shard shard = shard();
    assertThat(shard.put(records(bytes, 5_000), 0)).isEqualTo(perSecond); // what the bucket held

    long taken = 0;
    for (int tenth = 1; tenth <= 600; tenth++) {
      taken += shard.put(records(bytes, 5_000), tenth * SECOND / 10);
    }
    assertThat(taken).isEqualTo(60L * perSecond);
  }

  @Test
  void tenMegabytesCloseAShardForFiveSeconds() {
    Shard shard = shard();
    for (int second = 0; second < 30; second++) {
      shard.put(records(1_000, 1_000), second * SECOND);
    }
    long now = 60 * SECOND;

    Wire.Got first = shard.get("indexer", 0, 0, false, now);
    assertThat(first).isNotNull();
    assertThat(first.records().stream().mapToLong(Records::bytes).sum()).isEqualTo(10_000_000);
    assertThat(shard.get("archive", 0, 0, false, now + 5 * SECOND - 1)).isNull();
    assertThat(shard.get("archive", 0, 0, false, now + 5 * SECOND)).isNotNull();
    assertThat(shard.get("metrics", 0, 0, true, now + 5 * SECOND)).isNotNull(); // its own
  }

  @Test
  void aCallReadsTenThousandRecordsAtMost() {
    Shard shard = shard();
    for (int second = 0; second < 30; second++) {
      shard.put(records(100, 1_000), second * SECOND);
    }

    Wire.Got got = shard.get("indexer", 0, 0, false, 60 * SECOND);
    assertThat(got).isNotNull();
    assertThat(got.records().stream().mapToInt(Records::count).sum()).isEqualTo(10_000);
  }

  @Test
  void aShardAnswersFiveClassicCallsASecond() {
    Shard shard = shard();
    int answered = 0;
    for (int i = 0; i < 100; i++) {
      answered += shard.get("app" + i % 10, 0, 0, false, i * SECOND / 10) == null ? 0 : 1;
    }
    assertThat(answered).isBetween(50, 54); // 5 a second, and the 5 that the bucket held
    assertThat(shard.get("app1", 0, 0, true, 10 * SECOND)).isNotNull();
    assertThat(shard.get("app1", 0, 0, true, 10 * SECOND)).isNotNull();
  }

  @Test
  void whatIsOlderThanTheRetentionIsLostToWhoHasNotReadIt() {
    Shard shard = new Shard(0, -1, 0, 1L << 62, 60 * SECOND);
    shard.register("slow");
    shard.put(records(1_000, 700), 0);
    shard.put(records(1_000, 300), 50 * SECOND);
    Wire.Got fast = shard.get("fast", 0, 0, false, 55 * SECOND);
    assertThat(fast).isNotNull();
    shard.settle("fast", fast.chunk(), fast.offset());

    shard.expire(62 * SECOND);

    assertThat(shard.takeLost("slow")).isEqualTo(700);
    assertThat(shard.takeLost("fast")).isZero();
    assertThat(shard.lag("slow")).isEqualTo(new Shard.Amount(300, 300_000));
    assertThat(shard.lag("fast")).isEqualTo(new Shard.Amount(0, 0));
    assertThat(shard.ageNanos("slow", 62 * SECOND)).isEqualTo(62 * SECOND); // written at 0
  }

  /** Ten hours at the limit from 200 services of two kinds each, unread: chunks, not lines. */
  @Test
  void aFloodCostsMemoryByTheSecondAndNotByTheLine() {
    ShardLog log = new ShardLog();
    LineKind[] kinds = new LineKind[20];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = new LineKind("service" + i, "failed", Level.ERROR, 1_000);
    }
    long lines = 0;
    for (int put = 0; put < 36_000 * 50; put++) { // 50 requests a second that bring 20 lines each
      log.append(new Records(kinds[put % kinds.length], 1, 20, 0), put * SECOND / 50);
      lines += 20;
    }

    assertThat(lines).isEqualTo(36_000_000);
    assertThat(log.end() - log.start()).isEqualTo(36_000 * 20);
    assertThat(log.memoryBytes()).isLessThanOrEqualTo(2 * 20 * 36_000 * 20 * 2);
  }
}
