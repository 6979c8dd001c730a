package dev.cascade.models.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.node.Rate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateScheduleTest {
  private static final long SECOND = 1_000_000_000;

  private static Stage stage(double to, int seconds) {
    return new Stage(new Rate(to), Duration.ofSeconds(seconds));
  }

  @Test
  void atAConstantRateTheNextIsDueAfterItsGap() {
    RateSchedule schedule = new RateSchedule(0, 4, List.of());

    assertThat(schedule.dueNanos(SECOND, 1)).isEqualTo(SECOND + SECOND / 4);
    assertThat(schedule.dueNanos(SECOND, 0.5)).isEqualTo(SECOND + SECOND / 8);
  }

  /** From 0 to 10/s in 10 s: t² / 2 requests are due until t. */
  @ParameterizedTest
  @CsvSource({"0, 2, 2", "0, 50, 10", "2, 6, 4", "6, 32, 10", "6, 42, 11", "0, 60, 11"})
  void onARampTheAreaCounts(int fromSeconds, double requests, int dueSeconds) {
    RateSchedule schedule = new RateSchedule(0, 0, List.of(stage(10, 10)));

    assertThat(schedule.dueNanos(fromSeconds * SECOND, requests))
        .isCloseTo(dueSeconds * SECOND, within(10L));
  }

  @Test
  void downARampTheAreaCountsToo() {
    RateSchedule schedule = new RateSchedule(0, 10, List.of(stage(0, 10), stage(2, 0)));

    assertThat(schedule.dueNanos(0, 48)).isCloseTo(8 * SECOND, within(10L));
    assertThat(schedule.dueNanos(0, 52)).isCloseTo(11 * SECOND, within(10L));
  }

  @Test
  void aStepChangesTheRateAtOnce() {
    RateSchedule schedule = new RateSchedule(0, 1, List.of(stage(1, 10), stage(5, 0)));

    assertThat(schedule.perSecondAt(9 * SECOND)).isEqualTo(1);
    assertThat(schedule.perSecondAt(10 * SECOND)).isEqualTo(5);
  }

  @Test
  void nothingIsDueWhereNobodyComes() {
    assertThat(new RateSchedule(0, 0, List.of()).dueNanos(0, 1)).isEqualTo(RateSchedule.NEVER);
  }

  @Test
  void aChangeStartsFromTheRateOfTheMoment() {
    RateSchedule ramp = new RateSchedule(0, 0, List.of(stage(10, 10)));

    RateSchedule changed = RateSchedule.change(ramp, 4 * SECOND, 0, 2 * SECOND);

    assertThat(changed.perSecondAt(4 * SECOND)).isEqualTo(4);
    assertThat(changed.perSecondAt(5 * SECOND)).isEqualTo(2);
    assertThat(changed.perSecondAt(9 * SECOND)).isZero();
  }
}
