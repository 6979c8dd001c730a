package dev.cascade.models.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import dev.cascade.node.ReplyTo;
import org.junit.jupiter.api.Test;

/** Which endpoint a connection goes to. */
class NodePortTest {
  private static final Address CLIENT = Address.of("alb-a", "lb");
  private static final int CONNECTIONS = 30_000;
  private static final int ENDPOINTS = 3;

  private static int pick(long salt, long connection) {
    return NodePort.pick(salt, new ReplyTo(CLIENT, connection), ENDPOINTS);
  }

  @Test
  void aSynThatIsSentAgainGoesTheSameWay() {
    for (long connection = 0; connection < 100; connection++) {
      assertThat(pick(7, connection)).isEqualTo(pick(7, connection));
    }
  }

  @Test
  void endpointsAreEquallyLikelyAndConnectionsIndependent() {
    int[] counts = new int[ENDPOINTS];
    int alike = 0;
    for (long connection = 0; connection < CONNECTIONS; connection++) {
      counts[pick(7, connection)]++;
      alike += pick(7, connection) == pick(7, connection + 1) ? 1 : 0;
    }
    // Binomial, 30,000 times one third: the deviation is 82, and five of them are 408.
    for (int count : counts) {
      assertThat(Math.abs(count - CONNECTIONS / ENDPOINTS)).isLessThan(408);
    }
    assertThat(Math.abs(alike - CONNECTIONS / ENDPOINTS)).isLessThan(408);
  }

  @Test
  void everyNodeChoosesForItself() {
    int alike = 0;
    for (long connection = 0; connection < CONNECTIONS; connection++) {
      alike += pick(7, connection) == pick(8, connection) ? 1 : 0;
    }
    assertThat(Math.abs(alike - CONNECTIONS / ENDPOINTS)).isLessThan(408);
  }
}
