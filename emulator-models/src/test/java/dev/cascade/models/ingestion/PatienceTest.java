package dev.cascade.models.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a client waits before it tries again. */
class PatienceTest {
  private static Patience waits(Duration first, Duration longest) {
    return new Patience(Duration.ofSeconds(5), first, longest, Duration.ofMinutes(1));
  }

  @Test
  void waitsDoubleUpToTheLongest() {
    Patience patience = waits(Duration.ofSeconds(1), Duration.ofSeconds(30));

    assertThat(IntStream.rangeClosed(1, 7).mapToLong(n -> patience.waitAfter(n).toSeconds()))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    assertThat(patience.waitAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void theLongestWaitIsNotTheShortest() {
    assertThatThrownBy(() -> waits(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessage("The longestWait (PT1S) must not be shorter than the firstWait (PT2S).");
  }
}
