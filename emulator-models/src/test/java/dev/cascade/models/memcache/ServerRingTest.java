package dev.cascade.models.memcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.models.memcache.ServerRing.Distribution;
import dev.cascade.node.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which server has which key, and whose keys move when one is left out. */
class ServerRingTest {
  private static final int KEYS = 20_000;
  private static final List<Address> SERVERS =
      List.of(
          Address.parse("a/cache"),
          Address.parse("b/cache"),
          Address.parse("c/cache"),
          Address.parse("d/cache"));

  private static List<Address> owners(ServerRing ring) {
    List<Address> owners = new ArrayList<>();
    for (long key = 0; key < KEYS; key++) {
      owners.add(Objects.requireNonNull(ring.of(key)));
    }
    return owners;
  }

  /**
   * Hashes are as good as random. On a ring of 4 x 160 points a server's share has a deviation of
   * 1/4 · sqrt(3/4 / 160) = 0.017 (the sum of 160 of 640 spacings); keys add 0.003. Five of them.
   */
  @ParameterizedTest
  @EnumSource
  void keysAreSpreadEvenly(Distribution distribution) {
    List<Address> owners = owners(new ServerRing(SERVERS, distribution));

    for (Address server : SERVERS) {
      double share = owners.stream().filter(server::equals).count() / (double) KEYS;
      assertThat(share).isCloseTo(0.25, within(5 * 0.02));
    }
  }

  @Test
  void consistentHashingMovesTheKeysOfTheLostServerOnly() {
    ServerRing ring = new ServerRing(SERVERS, Distribution.KETAMA);
    List<Address> before = owners(ring);
    Address lost = SERVERS.get(1);
    ring.eject(lost, true);
    List<Address> after = owners(ring);

    for (int key = 0; key < KEYS; key++) {
      if (before.get(key).equals(lost)) {
        assertThat(after.get(key)).isNotEqualTo(lost);
      } else {
        assertThat(after.get(key)).isEqualTo(before.get(key));
      }
    }
    ring.eject(lost, false);
    assertThat(owners(ring)).isEqualTo(before);
  }

  /**
   * Of 12 residues modulo 4 and 3, the keys of servers a, c and d stay where h mod 4 and the same
   * server's place among three agree: a for h = 0, c (2 to 1) for h = 10, d (3 to 2) for h = 11.
   */
  @Test
  void theModuloMovesThreeOfFourKeys() {
    ServerRing ring = new ServerRing(SERVERS, Distribution.MODULA);
    List<Address> before = owners(ring);
    ring.eject(SERVERS.get(1), true);
    List<Address> after = owners(ring);

    long stay = 0;
    for (int key = 0; key < KEYS; key++) {
      stay += before.get(key).equals(after.get(key)) ? 1 : 0;
    }
    assertThat(stay / (double) KEYS).isCloseTo(3 / 12.0, within(4 * 0.5 / Math.sqrt(KEYS)));
  }

  @Test
  void withoutServersThereIsNone() {
    ServerRing ring = new ServerRing(SERVERS.subList(0, 1), Distribution.KETAMA);
    ring.eject(SERVERS.get(0), true);

    assertThat(ring.of(1)).isNull();
  }
}
