package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventuallyTrackerTest {
  /**
   * Runs ticks at 1 s, 2 s, … and triggers.
   *
   * @param triggers seconds, separated by spaces; one at 2.0 comes just before the tick at 2
   */
  private static EventuallyTracker after(
      String ticks, String triggers, double within, double holdsFor) {
    EventuallyTracker tracker = new EventuallyTracker(nanos(within), nanos(holdsFor), 0);
    int tick = 0;
    for (String trigger : triggers == null ? new String[0] : triggers.split(" ")) {
      long time = nanos(Double.parseDouble(trigger));
      while ((tick + 1) * Ticks.SECOND < time && tick < ticks.length()) {
        tracker.tick((tick + 1) * Ticks.SECOND, Ticks.truth(ticks.charAt(tick++)));
      }
      tracker.trigger(time);
    }
    while (tick < ticks.length()) {
      tracker.tick((tick + 1) * Ticks.SECOND, Ticks.truth(ticks.charAt(tick++)));
    }
    return tracker;
  }

  private static long nanos(double seconds) {
    return (long) (seconds * 1e9);
  }

  @ParameterizedTest(name = "{0} triggered at {1}, within {2}s, holdsFor {3}s: {4}")
  @CsvSource({
    // ticks,   triggers, within, holdsFor, verdict, first violation, slowest response
    "TFFF,      0,   2, 0, HOLDS,    ,  1",
    "FTFF,      0,   2, 0, HOLDS,    ,  2",
    "FFTT,      0,   2, 0, VIOLATED, 2, ",
    "FFFF,      0,   2, 0, VIOLATED, 2, ",
    "F,         0,   2, 0, UNKNOWN,  ,  ",
    "FF,        0,   2, 0, VIOLATED, 2, ",
    "FFFF,      ,    2, 0, UNKNOWN,  ,  ",
    // What is true already answers, at the first tick wholly after the trigger
    "TTTT,      1.5, 2, 0, HOLDS,    ,  0",
    "TTFF,      1.5, 2, 0, VIOLATED, 3.5, ",
    "TTFT,      1.5, 2, 0, VIOLATED, 3.5, ",
    "TTFTT,     1.5, 3, 0, HOLDS,    ,  2.5",
    "TFTFT,     2,   1, 0, HOLDS,    ,  1",
    // holdsFor: it must begin within, and last
    "FTTTFFF,   0,   2, 2, HOLDS,    ,  2",
    "FTTFFFF,   0,   2, 2, VIOLATED, 2, ",
    "FFTTTTT,   0,   2, 2, VIOLATED, 2, ",
    "FFTTTTT,   0,   3, 2, HOLDS,    ,  3",
    "TTFTTTF,   0,   4, 2, HOLDS,    ,  4",
    "TTFFTTT,   0,   4, 2, VIOLATED, 4, ",
    "FTT,       0,   2, 2, UNKNOWN,  ,  ",
    "FTTT,      0,   2, 2, HOLDS,    ,  2",
    // The time before the trigger does not count
    "TTTTF,     2,   2, 2, HOLDS,    ,  0",
    "TTTFFF,    2,   2, 2, VIOLATED, 4, ",
    // Several triggers, each for itself
    "FTFFTF,    0 2.5, 3, 0, HOLDS,    ,  2.5",
    "FTFFFFF,   0 2.5, 3, 0, VIOLATED, 5.5, 2",
    "FFFFTF,    0 2.5, 3, 0, VIOLATED, 3,   2.5",
    "FTF,       0 2.5, 3, 0, UNKNOWN,  ,    2",
    "TTTTTTTT,  0 2 4, 3, 2, HOLDS,    ,    1",
    "TTTTTT,    0 2 5, 3, 2, UNKNOWN,  ,    1",
    // No data
    "FUFF,      0,   2, 0, UNKNOWN,  ,  ",
    "FFUF,      0,   2, 0, VIOLATED, 2, ",
    "UTFF,      0,   2, 0, HOLDS,    ,  2",
    "FTUTF,     0,   2, 2, UNKNOWN,  ,  ",
    "FTUFF,     0,   2, 2, VIOLATED, 2, ",
    "UUUU,      0,   2, 0, UNKNOWN,  ,  ",
  })
  void judges(
      String ticks,
      String triggers,
      double within,
      double holdsFor,
      Result result,
      Double first,
      Double slowest) {
    Finding finding =
        after(ticks, triggers, within, holdsFor).finish(ticks.length() * Ticks.SECOND);

    assertThat(finding.result()).isEqualTo(result);
    assertThat(finding.firstViolationNanos()).isEqualTo(first == null ? null : nanos(first));
    assertThat(finding.slowestResponseNanos()).isEqualTo(slowest == null ? null : nanos(slowest));
    assertThat(finding.reason() == null).isEqualTo(result != Result.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5,  HOLDS",
    "2,    HOLDS",
    "3.5,  HOLDS",
    "3.51, VIOLATED",
  })
  void eventsAnswerToTheInstant(double event, Result result) {
    EventuallyTracker tracker = new EventuallyTracker(nanos(2), 0, 0);
    tracker.tick(Ticks.SECOND, Truth.FALSE);
    tracker.trigger(nanos(1.5));
    for (int tick = 2; tick <= 6; tick++) {
      if (event > tick - 1 && event <= tick) {
        tracker.happened(nanos(event));
      }
      tracker.tick(tick * Ticks.SECOND, Truth.FALSE);
    }
    assertThat(tracker.finish(6 * Ticks.SECOND).result()).isEqualTo(result);
  }

  @Test
  void anEventBeforeItsTriggerAnswersNothing() {
    EventuallyTracker tracker = new EventuallyTracker(nanos(2), 0, 0);
    tracker.happened(nanos(0.5));
    tracker.trigger(nanos(0.6));
    for (int tick = 1; tick <= 3; tick++) {
      tracker.tick(tick * Ticks.SECOND, Truth.FALSE);
    }
    assertThat(tracker.finish(3 * Ticks.SECOND).firstViolationNanos()).isEqualTo(nanos(2.6));
  }

  @ParameterizedTest
  @CsvSource({"FTTTTT", "FFTTTT", "FFFTTT", "TFFFFF", "TTTTFT", "FUTTTT"})
  void aFloodOfTriggersIsJudgedByItsFirstAndLast(String ticks) {
    EventuallyTracker flooded = new EventuallyTracker(nanos(2), nanos(2), 0);
    EventuallyTracker plain = new EventuallyTracker(nanos(2), nanos(2), 0);
    for (int i = 0; i <= 1_000; i++) {
      flooded.trigger(nanos(0.1) + i * nanos(0.0005));
    }
    plain.trigger(nanos(0.1));
    plain.trigger(nanos(0.1) + 1_000 * nanos(0.0005));
    for (int i = 0; i < ticks.length(); i++) {
      flooded.tick((i + 1) * Ticks.SECOND, Ticks.truth(ticks.charAt(i)));
      plain.tick((i + 1) * Ticks.SECOND, Ticks.truth(ticks.charAt(i)));
    }
    assertThat(flooded.finish(nanos(6))).isEqualTo(plain.finish(nanos(6)));
  }

  @ParameterizedTest
  @CsvSource({
    "FF,  ,  WAITING",
    "FF, 1.5, PENDING",
    "FFT, 1.5, HOLDING",
    "FFFF, 1.5, VIOLATED",
    "FFUFF, 1.5, NO_DATA",
  })
  void standsAsItIsNow(String ticks, String triggers, MonitorState state) {
    assertThat(after(ticks, triggers, 2, 0).state()).isEqualTo(state);
  }
}
