package dev.cascade.models.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replicas come and go one by one, and a crash of the autoscaler forgets none. */
class ReplicasTest {
  private static Address server(int number) {
    return Address.of("shop-" + number, "server");
  }

  private static Replicas two() {
    return new Replicas("shop", List.of(server(1), server(2)));
  }

  @Test
  void aNewOneServesWhenItSaysSo() {
    Replicas replicas = two();
    assertThat(replicas.start()).isEqualTo(3);
    assertThat(replicas.size()).isEqualTo(3);
    assertThat(replicas.serving()).containsExactly(server(1), server(2));

    assertThat(replicas.started(server(3))).isTrue();
    assertThat(replicas.started(server(3))).isFalse(); // said twice, as the answer was lost
    assertThat(replicas.serving()).containsExactly(server(1), server(2), server(3));
  }

  @Test
  void theNewestGoFirstAndThoseThatStartBeforeThem() {
    Replicas replicas = two();
    replicas.start();
    assertThat(replicas.remove(2)).containsExactly(2);

    assertThat(replicas.serving()).containsExactly(server(1));
    assertThat(replicas.started(server(3))).isFalse();
    assertThat(replicas.startedInVain(server(3))).hasValue(3);
    assertThat(replicas.draining()).containsExactly(2, 3);
    replicas.gone(2);
    assertThat(replicas.draining()).containsExactly(3);
  }

  @Test
  void numbersAreNeverUsedTwice() {
    Replicas replicas = two();
    replicas.remove(1);
    assertThat(replicas.start()).isEqualTo(3);
  }

  @Test
  void whatIsKeptIsEnoughToGoOn() {
    Replicas replicas = two();
    replicas.start(); // 3
    replicas.started(server(3));
    replicas.start(); // 4
    replicas.start(); // 5
    replicas.remove(1); // 5 is unwanted
    replicas.remove(2); // 4 is unwanted, 3 drains

    // After a crash the hosts are found that there are: 4 has booted meanwhile.
    Replicas after = new Replicas("shop", List.of(server(1), server(2), server(3), server(4)));
    after.restore(replicas.kept());

    assertThat(after.serving()).containsExactly(server(1), server(2));
    assertThat(after.draining()).containsExactly(3, 4);
    assertThat(after.startedInVain(server(5))).hasValue(5);
    assertThat(after.start()).isEqualTo(6);
  }
}
