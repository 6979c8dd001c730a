package dev.cascade.models.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.call.Connections.Grant;
import org.junit.jupiter.api.Test;

/** Who has a connection, who waits, and who has none. */
class ConnectionsTest {
  private final Connections<String> connections = new Connections<>(new ConnectionPool(1, 2, null));

  @Test
  void oneUsesAConnectionTwoWaitAndTheRestHaveNone() {
    assertThat(connections.acquire("a")).isEqualTo(Grant.TAKEN);
    assertThat(connections.acquire("b")).isEqualTo(Grant.PENDING);
    assertThat(connections.acquire("c")).isEqualTo(Grant.PENDING);
    assertThat(connections.acquire("d")).isEqualTo(Grant.OVERFLOW);
    assertThat(connections.inUse()).isEqualTo(1);
    assertThat(connections.pending()).isEqualTo(2);
  }

  @Test
  void aConnectionGoesToWhoWaitsLongest() {
    connections.acquire("a");
    connections.acquire("b");
    connections.acquire("c");

    assertThat(connections.release()).isEqualTo("b");
    assertThat(connections.release()).isEqualTo("c");
    assertThat(connections.release()).isNull();
    assertThat(connections.inUse()).isZero();
  }

  @Test
  void whoLeavesIsPassedOver() {
    connections.acquire("a");
    connections.acquire("b");
    connections.acquire("c");

    connections.leave("b");

    assertThat(connections.pending()).isEqualTo(1);
    assertThat(connections.release()).isEqualTo("c");
  }

  @Test
  void withoutAPoolThereIsNoBound() {
    Connections<String> unbounded = new Connections<>(null);

    for (int i = 0; i < 10_000; i++) {
      assertThat(unbounded.acquire("a")).isEqualTo(Grant.TAKEN);
    }
  }
}
