package dev.cascade.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.random.RandomStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A schedule is read as it is written, and what is wrong with one is told. */
class ScheduleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "random",
        "random:among=ledger+tellers",
        "pct:depth=3,steps=400",
        "pct:depth=3,steps=400,seed=-7",
        "delay:depth=2,steps=18,seed=5,among=a+b,after=2m,until=3m",
      })
  void textComesBack(String text) {
    assertThat(Schedule.parse(text)).hasToString(text);
  }

  @Test
  void whatIsLeftOutHasDefaults() {
    assertThat(Schedule.parse("pct"))
        .isEqualTo(new Schedule(Strategy.PCT, Schedule.DEPTH, Schedule.STEPS, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pctt | Maybe \"pct\"?",
        "pct:depht=3 | The part (depht=3)",
        "pct:depth=0 | must be 1 to 100",
        "pct:steps=0 | must be at least 1",
        "pct:seed=x | must be a whole number",
        "random:depth=2 | takes no depth",
        "pct:after=soon | soon",
      })
  void mistakesAreTold(String text, String said) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @Test
  void delaysAreFewAndWithinTheWindow() {
    Schedule schedule = Schedule.parse("delay:depth=3,steps=50");
    for (long seed = 1; seed <= 100; seed++) {
      Delays delays = new Delays(schedule, RandomStream.of(seed));

      long delayed =
          IntStream.range(0, 100)
              .mapToLong(i -> delays.arrivalNanos(1_000, 9_000))
              .peek(arrival -> assertThat(arrival).isBetween(1_000L, 9_000L))
              .filter(arrival -> arrival > 1_000)
              .count();

      // Three are drawn, and some may be the same.
      assertThat(delayed).isBetween(1L, 3L);
    }
  }

  @Test
  void whatMustArriveIsNotDelayed() {
    Delays delays = new Delays(Schedule.parse("delay:depth=1,steps=1"), RandomStream.of(1));

    assertThat(delays.arrivalNanos(5, 5)).isEqualTo(5);
  }
}
