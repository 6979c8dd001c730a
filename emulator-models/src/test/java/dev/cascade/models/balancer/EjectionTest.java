package dev.cascade.models.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Ratio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Envoy's outlier detection, rule by rule. */
class EjectionTest {
  private static final long SECOND = 1_000_000_000L;

  private static OutlierDetection detection(double maxEjectionPercent) {
    return new OutlierDetection(
        3,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(100),
        new Ratio(maxEjectionPercent),
        true);
  }

  /** f is a failure, s a success; three failures in a row are due. */
  @ParameterizedTest
  @CsvSource({"ff, false", "fff, true", "ffsff, false", "ffsfff, true", "fffff, true"})
  void failuresInARowEject(String ends, boolean ejects) {
    Ejection host = new Ejection(detection(0.1));
    boolean due = false;
    for (char end : ends.toCharArray()) {
      due |= host.ended(end == 'f');
    }
    assertThat(due).isEqualTo(ejects);
  }

  @Test
  void whatEndsWhileItIsEjectedDoesNotCount() {
    Ejection host = new Ejection(detection(0.1));
    host.eject(0);

    for (int i = 0; i < 10; i++) {
      assertThat(host.ended(true)).isFalse();
    }
    host.uneject();

    assertThat(host.ended(true)).isFalse(); // the first of three, and not the eleventh
  }

  @Test
  void eachEjectionLastsLongerUpToTheMaximum() {
    Ejection host = new Ejection(detection(0.1));
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      host.eject(0);
      seconds.add(host.lengthNanos() / SECOND);
      host.uneject();
    }
    assertThat(seconds).containsExactly(30L, 60L, 90L, 100L, 100L);
  }

  @Test
  void comesBackWithTheFirstSweepAfterItsTime() {
    Ejection host = new Ejection(detection(0.1));
    host.eject(5 * SECOND);

    assertThat(host.swept(30 * SECOND)).isFalse();
    assertThat(host.isEjected()).isTrue();
    assertThat(host.swept(40 * SECOND)).isTrue();
    assertThat(host.isEjected()).isFalse();
  }

  @Test
  void goodIntervalsShortenTheNextEjection() {
    Ejection host = new Ejection(detection(0.1));
    host.eject(0);
    host.uneject();
    host.eject(0); // 60 s
    host.uneject();

    host.swept(100 * SECOND); // back to one
    host.eject(100 * SECOND);

    assertThat(host.lengthNanos()).isEqualTo(60 * SECOND);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 0.0, true", // the first always
    "0, 1, 0.1, true",
    "1, 10, 0.1, false", // 10 % are out
    "1, 11, 0.1, true", // 9.1 % are
    "1, 3, 0.5, true", // then two of three are out: the bound is asked before, not after
    "2, 3, 0.5, false"
  })
  void soManyMayBeOutAtOnce(int ejected, int hosts, double max, boolean may) {
    assertThat(new Ejection(detection(max)).mayEject(ejected, hosts)).isEqualTo(may);
  }
}
