package dev.cascade.models.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Size;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a partition keeps, and what it hands out. */
class PartitionLogTest {
  private static PartitionLog log(Duration retention, long bytes) {
    return PartitionLog.empty(Topic.of("t", 1).retention(retention, new Size(bytes)));
  }

  private static Wire.Records read(PartitionLog log, long offset, long bytes) {
    return Objects.requireNonNull(log.read(new Wire.Position(0, offset), bytes));
  }

  @Test
  void recordsAreReadInTheirOrderFromAnyPlace() {
    PartitionLog log = log(Duration.ofDays(1), 1_000_000);
    for (int i = 0; i < 500; i++) {
      log = log.append(i);
    }

    assertThat(read(log, 490, 1_000_000).appendedNanos().toArray())
        .containsExactly(490L, 491L, 492L, 493L, 494L, 495L, 496L, 497L, 498L, 499L);
    assertThat(read(log, 3, 2_500).appendedNanos().toArray()).containsExactly(3L, 4L);
    assertThat(read(log, 3, 1).appendedNanos().toArray()).containsExactly(3L); // one at least
    assertThat(log.read(new Wire.Position(0, 500), 1_000)).isNull();
  }

  @Test
  void theOldestGoWhenTheyAreTooManyBytes() {
    PartitionLog log = log(Duration.ofDays(1), 100_000);
    for (int i = 0; i < 1000; i++) {
      log = log.append(i);
    }

    assertThat(log.start()).isEqualTo(900);
    assertThat(log.bytes()).isEqualTo(100_000);
    // Who comes too late goes on with the oldest there is.
    assertThat(read(log, 7, 2_000)).isEqualTo(new Wire.Records(0, 900, Instants.of(900, 901)));
  }

  @Test
  void theOldestGoWhenThereAreMoreThanAnyPartitionKeeps() {
    PartitionLog log = log(Duration.ofDays(1), Long.MAX_VALUE);
    for (int i = 0; i < PartitionLog.MAX_RECORDS + 3; i++) {
      log = log.append(i);
    }

    assertThat(log.start()).isEqualTo(3);
    assertThat(log.end() - log.start()).isEqualTo(PartitionLog.MAX_RECORDS);
    assertThat(read(log, 0, 1).appendedNanos().toArray()).containsExactly(3L);
  }

  @Test
  void recordsGoWhenTheyAreTooOld() {
    PartitionLog log = log(Duration.ofNanos(10), 1_000_000);
    log = log.append(0).append(5);

    assertThat(log.retain(10).start()).isZero();
    assertThat(log.retain(11).start()).isEqualTo(1);
    assertThat(log.retain(100).start()).isEqualTo(2);
    assertThat(log.start()).as("the log itself, which is a value").isZero();
  }

  /** What is on a disk changes by a write alone: who appends has another log. */
  @Test
  void appendingLeavesTheLogAsItWas() {
    PartitionLog written = log(Duration.ofDays(1), 1_000_000);
    for (int i = 0; i < 64; i++) { // as many as it has room for at first
      written = written.append(i);
    }
    Wire.Records before = read(written, 0, 1_000_000);

    PartitionLog longer = written.append(64).append(65);

    assertThat(longer.end()).isEqualTo(66);
    assertThat(written.end()).isEqualTo(64);
    assertThat(read(written, 0, 1_000_000)).isEqualTo(before);
  }

  @Test
  void momentsAreAValue() {
    long[] nanos = {1, 2};
    Instants instants = Instants.of(nanos);
    nanos[0] = 7;
    instants.toArray()[1] = 7;

    assertThat(instants).isEqualTo(Instants.of(1, 2)).hasSameHashCodeAs(Instants.of(1, 2));
    assertThat(instants).isNotEqualTo(Instants.of(1, 3));
  }
}
