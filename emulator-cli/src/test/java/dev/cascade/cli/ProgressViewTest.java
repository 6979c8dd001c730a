package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.property.MonitorState;
import dev.cascade.run.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where nobody looks at a screen, a run says how it goes now and then; the clock is the test's. */
class ProgressViewTest {
  private final StringWriter err = new StringWriter();
  private long nowNanos = 7;

  private final ProgressView view =
      new ProgressView(
          new Screen(new PrintWriter(new StringWriter()), new PrintWriter(err), false, false, 80),
          false,
          "storm  seed 1",
          () -> nowNanos);

  /** A tick of a run of an hour that goes at 30 times real time, with 1,000 events a second. */
  private void after(Duration wall, MonitorState state, boolean control) {
    nowNanos = 7 + wall.toNanos();
    view.onProgress(
        new Progress(
            wall.multipliedBy(30),
            Duration.ofHours(1),
            wall.toMillis(),
            3,
            Map.of("quick", state),
            control));
  }

  @Test
  void thereIsOnePlainLineEveryTenSeconds() {
    for (int tenths = 1; tenths <= 349; tenths++) {
      boolean late = tenths >= 250;
      after(
          Duration.ofMillis(100L * tenths),
          late ? MonitorState.VIOLATED : MonitorState.HOLDING,
          false);
    }
    view.done();

    assertThat(err.toString().lines())
        .containsExactly(
            "storm  seed 1: 5m of 1h, 1k events/s, 30x",
            "storm  seed 1: 10m of 1h, 1k events/s, 30x",
            "storm  seed 1: 15m of 1h, 1k events/s, violated: quick, 30x");
  }

  @Test
  void aRunThatIsShorterThanThatSaysNothing() {
    after(Duration.ofSeconds(4), MonitorState.HOLDING, false);
    after(Duration.ofMillis(9_999), MonitorState.HOLDING, false);
    view.done();

    assertThat(err.toString()).isEmpty();
  }
}
