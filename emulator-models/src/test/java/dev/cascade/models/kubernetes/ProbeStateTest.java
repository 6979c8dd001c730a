package dev.cascade.models.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many probes in a row change what is said of a pod. */
class ProbeStateTest {
  @ParameterizedTest(name = "from {0}, {1}: {2}")
  @CsvSource({
    // + a success, - a failure; what is said after each: p passing, f failing
    "false, +, p",
    "false, ---, fff",
    "true, --, pp",
    "true, ---, ppf",
    "true, --+--, ppppp",
    "true, --+---, pppppf",
    "true, ---+, ppfp",
  })
  void oneSuccessAndThreeFailuresInARow(boolean first, String probes, String said) {
    ProbeState state = new ProbeState(ProbeConfig.of("/"), first);
    StringBuilder seen = new StringBuilder();
    for (char probe : probes.toCharArray()) {
      boolean before = state.isPassing();
      boolean changed = state.probed(probe == '+');
      assertThat(changed).isEqualTo(before != state.isPassing());
      seen.append(state.isPassing() ? 'p' : 'f');
    }
    assertThat(seen).hasToString(said);
  }

  @Test
  void successesInARowAreCountedToo() {
    ProbeConfig config =
        new ProbeConfig("/", Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(1), 2, 1);
    ProbeState state = new ProbeState(config, false);

    assertThat(state.probed(true)).isFalse();
    assertThat(state.probed(false)).isFalse();
    assertThat(state.probed(true)).isFalse();
    assertThat(state.probed(true)).isTrue();
    assertThat(state.probed(false)).isTrue();
  }

  @Test
  void probesMustNotOverlap() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ProbeConfig(
                    "/", Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2), 1, 1))
        .withMessageContaining("timeout (PT2S)");
  }
}
