package dev.cascade.models.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Size;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a partition keeps, and what it hands out. */
class PartitionLogTest {
  private static PartitionLog log(Duration retention, long bytes) {
    return new PartitionLog(Topic.of("t", 1).retention(retention, new Size(bytes)));
  }

  private static Wire.Records read(PartitionLog log, long offset, long bytes) {
    return Objects.requireNonNull(log.read(new Wire.Position(0, offset), bytes));
  }

  @Test
  void recordsAreReadInTheirOrderFromAnyPlace() {
    PartitionLog log = log(Duration.ofDays(1), 1_000_000);
    for (int i = 0; i < 500; i++) {
      log.append(i);
    }

    assertThat(read(log, 490, 1_000_000).appendedNanos())
        .containsExactly(490L, 491L, 492L, 493L, 494L, 495L, 496L, 497L, 498L, 499L);
    assertThat(read(log, 3, 2_500).appendedNanos()).containsExactly(3L, 4L);
    assertThat(read(log, 3, 1).appendedNanos()).containsExactly(3L); // one at least
    assertThat(log.read(new Wire.Position(0, 500), 1_000)).isNull();
  }

  @Test
  void theOldestGoWhenTheyAreTooManyBytes() {
    PartitionLog log = log(Duration.ofDays(1), 100_000);
    long deleted = 0;
    for (int i = 0; i < 1000; i++) {
      deleted += log.append(i);
    }

    assertThat(deleted).isEqualTo(900);
    assertThat(log.bytes()).isEqualTo(100_000);
    // Who comes too late goes on with the oldest there is.
    assertThat(read(log, 7, 2_000))
        .isEqualTo(new Wire.Records(0, 900, java.util.List.of(900L, 901L)));
  }

  @Test
  void theOldestGoWhenThereAreMoreThanAnyPartitionKeeps() {
    PartitionLog log = log(Duration.ofDays(1), Long.MAX_VALUE);
    long deleted = 0;
    for (int i = 0; i < PartitionLog.MAX_RECORDS + 3; i++) {
      deleted += log.append(i);
    }

    assertThat(deleted).isEqualTo(3);
    assertThat(log.end() - log.start()).isEqualTo(PartitionLog.MAX_RECORDS);
    assertThat(read(log, 0, 1).appendedNanos()).containsExactly(3L);
  }

  @Test
  void recordsGoWhenTheyAreTooOld() {
    PartitionLog log = log(Duration.ofNanos(10), 1_000_000);
    log.append(0);
    log.append(5);

    assertThat(log.retain(10)).isZero();
    assertThat(log.retain(11)).isEqualTo(1);
    assertThat(log.retain(100)).isEqualTo(1);
    assertThat(log.start()).isEqualTo(2);
  }
}
