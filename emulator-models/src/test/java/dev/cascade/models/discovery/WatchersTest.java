package dev.cascade.models.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is told of replicas. */
class WatchersTest {
  private static final Address ONE = Address.of("shop-1", "server");
  private static final Address TWO = Address.of("shop-2", "server");

  @Test
  void whoHasMissedThreeAsksIsForgottenUntilItAsksAgain() {
    Watchers watchers = new Watchers();
    watchers.heard(TWO, Duration.ofSeconds(0));
    watchers.heard(ONE, Duration.ofSeconds(10));

    assertThat(watchers.current(Duration.ofSeconds(30))).containsExactly(ONE, TWO);
    assertThat(watchers.current(Duration.ofSeconds(31))).containsExactly(ONE);
    assertThat(watchers.current(Duration.ofSeconds(41))).isEmpty();
    watchers.heard(TWO, Duration.ofSeconds(50));
    assertThat(watchers.current(Duration.ofSeconds(50))).containsExactly(TWO);
  }
}
