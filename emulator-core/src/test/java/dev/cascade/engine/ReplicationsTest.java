package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What intervals of one system, and of many together, let pass. */
class ReplicationsTest {
  private static final int SYSTEMS = 14;

  /** Runs that lie evenly about a mean, with the deviation of queues at a heavy load, 15 %. */
  private static double[] runs(double mean) {
    double step = 0.15 * Math.sqrt(12) / Replications.COUNT;
    return IntStream.range(0, Replications.COUNT)
        .mapToDouble(i -> mean + step * (i - (Replications.COUNT - 1) / 2.0))
        .toArray();
  }

  private static Replications alone(double mean) {
    return Replications.of(
        IntStream.range(0, Replications.COUNT).boxed().toList(), i -> runs(mean)[i]);
  }

  private static Replications together(double mean) {
    List<double[]> systems = Collections.nCopies(SYSTEMS, runs(mean));
    return Replications.pooled(systems);
  }

  @Test
  void anErrorOfFivePercentHidesInOneSystemAndNotInMany() {
    assertThatCode(() -> alone(1.05).assertMean(1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> together(1.05).assertMean(1)).isInstanceOf(AssertionError.class);
  }

  @Test
  void manySystemsThatAreExactTogetherAreSo() {
    assertThatCode(() -> together(1).assertMean(1)).doesNotThrowAnyException();
    // 3.9 standard errors of 0.15 / √(14 × 20)
    assertThat(together(1).halfWidth()).isBetween(0.035, 0.037);
  }
}
