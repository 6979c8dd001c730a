package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A post-mortem's clock becomes times after its first entry. */
class ClockTimeTest {
  private static List<Duration> sinceFirst(String... clocks) {
    List<TimelineEntry> entries =
        Arrays.stream(clocks)
            .map(
                clock ->
                    new TimelineEntry(
                        clock, null, ClockTime.of(clock), "event('x')", null, null, null, null))
            .toList();
    return new TimelineSpec(entries).sinceFirst();
  }

  @Test
  void timesOfDayCountFromTheFirst() {
    assertThat(sinceFirst("15:54", "16:09")).containsExactly(Duration.ZERO, Duration.ofMinutes(15));
    assertThat(sinceFirst("12:43:08.850", "12:48"))
        .containsExactly(Duration.ZERO, Duration.ofMillis(4 * 60_000 + 51_150));
  }

  @Test
  void midnightBeginsTheNextDay() {
    assertThat(sinceFirst("22:25", "23:45", "00:10", "03:30"))
        .containsExactly(
            Duration.ZERO,
            Duration.ofMinutes(80),
            Duration.ofMinutes(105),
            Duration.ofMinutes(305));
  }

  @Test
  void timesAfterTheFirstAreWhatTheySay() {
    assertThat(sinceFirst("15:54", "+90s", "15:56"))
        .containsExactly(Duration.ZERO, Duration.ofSeconds(90), Duration.ofMinutes(2));
    assertThat(sinceFirst("+0s", "+3m")).containsExactly(Duration.ZERO, Duration.ofMinutes(3));
  }

  @Test
  void whatIsNoTimeIsToldSo() {
    assertThatThrownBy(() -> ClockTime.of("25:00"))
        .hasMessage(
            "The clock (25:00) is no time of day and no time after the first entry. Maybe \"09:54\", \"12:43:08.850\" or +5m.");
    assertThatThrownBy(() -> ClockTime.of("+5")).isInstanceOf(IllegalArgumentException.class);
  }
}
