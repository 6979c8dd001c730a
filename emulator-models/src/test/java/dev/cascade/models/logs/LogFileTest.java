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
    return new LogFile(LogConfig.of("logs").file(new Size(1_000), whenFull));
  }

  @Test
  void aPipeTakesNoMoreThanItHolds() {
    LogFile pipe = file(WhenFull.BLOCK);

    assertThat(pipe.write(new Lines(INFO, 4, 0))).isEqualTo(4);
    assertThat(pipe.write(new Lines(ERROR, 4, 0))).isEqualTo(2); // 600 bytes are left
    assertThat(pipe.write(new Lines(ERROR, 4, 0))).isZero();
    assertThat(pipe.take(100)).isEqualTo(new Lines(INFO, 4, 0));
    assertThat(pipe.write(new Lines(ERROR, 4, 0))).isEqualTo(1);
    assertThat(pipe.lines()).isEqualTo(3);
  }

  @Test
  void rotationTakesTheOldestLinesAway() {
    LogFile files = file(WhenFull.ROTATE);

    assertThat(files.write(new Lines(INFO, 8, 0))).isEqualTo(8);
    assertThat(files.write(new Lines(ERROR, 2, 0))).isEqualTo(2);

    assertThat(files.rotate()).isEqualTo(4); // 1,400 bytes, of which 1,000 may stay
    assertThat(files.lines()).isEqualTo(6);
    assertThat(files.take(100)).isEqualTo(new Lines(INFO, 4, 0));
    assertThat(files.take(100)).isEqualTo(new Lines(ERROR, 2, 0));
    assertThat(files.lines()).isZero();
  }

  @Test
  void equalLinesOfASecondAreOneEntryWithTheTimeOfTheOldest() {
    LogFile pipe = file(WhenFull.BLOCK);

    pipe.write(new Lines(INFO, 1, 100));
    pipe.write(new Lines(INFO, 2, 200));
    pipe.write(new Lines(INFO, 3, 1_000_000_100));

    assertThat(pipe.take(2)).isEqualTo(new Lines(INFO, 2, 100));
    pipe.write(new Lines(INFO, 1, 1_000_000_200));
    assertThat(pipe.take(9)).isEqualTo(new Lines(INFO, 1, 100));
    assertThat(pipe.take(9)).isEqualTo(new Lines(INFO, 4, 1_000_000_100));
    assertThat(pipe.lines()).isZero();
  }
}
