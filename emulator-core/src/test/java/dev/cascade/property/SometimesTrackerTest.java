package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SometimesTrackerTest {
  @ParameterizedTest
  @CsvSource({
    "FTF, HOLDS,    REACHED",
    "UT,  HOLDS,    REACHED",
    "FFF, VIOLATED, PENDING",
    "FUF, UNKNOWN,  PENDING",
    "'',  UNKNOWN,  WARMING_UP",
  })
  void judges(String ticks, Result result, MonitorState state) {
    SometimesTracker tracker = new SometimesTracker();
    ticks.chars().forEach(letter -> tracker.tick(Ticks.truth((char) letter)));

    assertThat(tracker.finish().result()).isEqualTo(result);
    assertThat(tracker.state()).isEqualTo(state);
  }
}
