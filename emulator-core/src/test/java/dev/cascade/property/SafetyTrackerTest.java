package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetyTrackerTest {
  private static SafetyTracker after(String ticks, long forSeconds) {
    SafetyTracker tracker = new SafetyTracker(forSeconds * Ticks.SECOND);
    for (int i = 0; i < ticks.length(); i++) {
      if (ticks.charAt(i) == '-') {
        tracker.interrupt();
      } else {
        tracker.tick((i + 1) * Ticks.SECOND, Ticks.truth(ticks.charAt(i)));
      }
    }
    return tracker;
  }

  @ParameterizedTest(name = "{0} for {1}s: {2}, first {3}s, longest {4}s")
  @CsvSource({
    // ticks, for, verdict, first violation, longest
    "TTTT,    0, HOLDS,    ,  0",
    "TTFT,    0, VIOLATED, 3, 0",
    "FTTT,    0, VIOLATED, 1, 0",
    "TTTF,    0, VIOLATED, 4, 0",
    "TFFT,    0, VIOLATED, 2, 1",
    // for: from the first to the last false tick, the bound included
    "TFFFT,   2, VIOLATED, 2, 2",
    "TFFT,    2, HOLDS,    ,  1",
    "TFFTFFT, 2, HOLDS,    ,  1",
    "TFFTFFFT,2, VIOLATED, 5, 2",
    "FFFTFFFF,2, VIOLATED, 1, 3",
    // The run ends in the middle
    "TTFF,    2, UNKNOWN,  ,  1",
    "TTFFF,   2, VIOLATED, 3, 2",
    "TTTF,    2, UNKNOWN,  ,  0",
    "TTTU,    2, UNKNOWN,  ,  0",
    // No data: it may have been false
    "TUT,     0, UNKNOWN,  ,  0",
    "TUF,     0, VIOLATED, 3, 0",
    "TUUT,    2, HOLDS,    ,  0",
    "TUUUT,   2, UNKNOWN,  ,  0",
    "TFUFT,   2, UNKNOWN,  ,  0",
    "TFUFFFT, 2, VIOLATED, 4, 2",
    "TFUT,    2, HOLDS,    ,  0",
    "UUUU,    0, UNKNOWN,  ,  0",
    // What is judged in parts
    "TFF-FFT, 2, HOLDS,    ,  1",
    "TFF--,   2, HOLDS,    ,  1",
    "----,    0, UNKNOWN,  ,  0",
  })
  void judges(String ticks, long forSeconds, Result result, Long first, long longest) {
    Finding finding = after(ticks, forSeconds).finish(ticks.length() * Ticks.SECOND);

    assertThat(finding.result()).isEqualTo(result);
    assertThat(finding.firstViolationNanos())
        .isEqualTo(first == null ? null : first * Ticks.SECOND);
    assertThat(finding.longestViolationNanos()).isEqualTo(longest * Ticks.SECOND);
    assertThat(finding.reason() == null).isEqualTo(result != Result.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "'',   WARMING_UP",
    "T, HOLDING",
    "TF, PENDING",
    "TFT, HOLDING",
    "TU, NO_DATA",
    "TFFF, VIOLATED",
    "FFFTT, VIOLATED",
    "TFU, NO_DATA",
  })
  void standsAsItIsNow(String ticks, MonitorState state) {
    assertThat(after(ticks, 2).state()).isEqualTo(state);
  }

  @Test
  void saysWhyItDoesNotKnow() {
    assertThat(after("TTFF", 2).finish(4 * Ticks.SECOND).reason())
        .contains("from 3s until the run ended at 4s", "for (2s)");
    assertThat(after("TU", 0).finish(2 * Ticks.SECOND).reason())
        .contains("no data at 2s", "orElse");
    assertThat(after("", 0).finish(0).reason()).contains("no tick");
  }

  @ParameterizedTest(name = "{0} for {1}s: {2}")
  @CsvSource({
    // ticks, for, the stretches that count
    "TTTT,       0, ''",
    "TFTFFT,     0, 2-2 4-5",
    "TFFTFFFTFF, 2, 5-7",
    "FFFF,       2, 1-4",
    "FFUFF,      0, 1-2 4-5",
    "FF-FF,      0, 1-2 4-5",
  })
  void keepsTheStretchesThatCount(String ticks, long forSeconds, String stretches) {
    assertThat(
            after(ticks, forSeconds).violations().stream()
                .map(each -> each.from().toSeconds() + "-" + each.to().toSeconds())
                .collect(java.util.stream.Collectors.joining(" ")))
        .isEqualTo(stretches);
  }

  @Test
  void keepsTheFirstOfVeryManyStretches() {
    assertThat(after("FT".repeat(5_000), 0).violations()).hasSize(1_000);
  }
}
