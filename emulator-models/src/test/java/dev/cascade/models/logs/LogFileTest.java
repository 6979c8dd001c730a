package dev.cascade.models.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.records.Level;
import dev.cascade.models.records.LineKind;
import dev.cascade.models.records.Lines;
import dev.cascade.node.Size;
import org.junit.jupiter.api.Test;

/** What lies between a process and its agent is bounded in bytes. */
class LogFileTest {
  private static final LineKind INFO = new LineKind("shop", "went", Level.INFO, 100);
  private static final LineKind ERROR = new LineKind("shop", "failed", Level.ERROR, 300);

  private static LogFile file(WhenFull whenFull) {
    return LogFile.empty(LogConfig.of("logs").file(new Size(1_000), whenFull));
  }

  @Test
  void aPipeTakesNoMoreThanItHolds() {
    LogFile pipe = file(WhenFull.BLOCK).with(new Lines(INFO, 4, 0));
    assertThat(pipe.room(new Lines(ERROR, 4, 0))).isEqualTo(2); // 600 bytes are left

    LogFile full = pipe.with(new Lines(ERROR, 2, 0));
    assertThat(full.room(new Lines(INFO, 4, 0))).isZero();
    assertThat(full.oldest(100)).isEqualTo(new Lines(INFO, 4, 0));
    assertThat(full.without(full.oldest(100)).room(new Lines(ERROR, 4, 0))).isEqualTo(1);
    assertThat(full.count()).isEqualTo(6);
  }

  @Test
  void rotationTakesTheOldestLinesAway() {
    Lines infos = new Lines(INFO, 8, 0);
    Lines errors = new Lines(ERROR, 2, 0);
    LogFile files = file(WhenFull.ROTATE).with(infos).with(errors);

    LogFile rotated = files.rotated(); // 1,400 bytes, of which 1,000 may stay
    assertThat(rotated.entries()).containsExactly(new Lines(INFO, 4, 0), errors);
    assertThat(rotated.count()).isEqualTo(6);
    assertThat(rotated.bytes()).isEqualTo(1_000);
    assertThat(files.entries()).containsExactly(infos, errors); // it is a value
  }

  @Test
  void equalLinesOfASecondAreOneEntryWithTheTimeOfTheOldest() {
    LogFile pipe =
        file(WhenFull.BLOCK)
            .with(new Lines(INFO, 1, 100))
            .with(new Lines(INFO, 2, 200))
            .with(new Lines(INFO, 3, 1_000_000_100));

    assertThat(pipe.entries())
        .containsExactly(new Lines(INFO, 3, 100), new Lines(INFO, 3, 1_000_000_100));
    assertThat(pipe.without(pipe.oldest(2)).entries().get(0)).isEqualTo(new Lines(INFO, 1, 100));
  }
}
