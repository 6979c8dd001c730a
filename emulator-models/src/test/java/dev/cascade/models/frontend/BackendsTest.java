package dev.cascade.models.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose turn it is. */
class BackendsTest {
  private static Backends backends(String... instances) {
    TreeMap<String, String> keys = new TreeMap<>();
    for (String instance : instances) {
      keys.put(Backends.key("shop", instance), "host/" + instance);
    }
    Backends backends = new Backends();
    backends.update(keys);
    return backends;
  }

  @Test
  void eachIsFirstInTurnAndNoneIsAskedTwice() {
    Backends backends = backends("a", "b", "c");

    assertThat(backends.next("shop", 2)).map(Address::process).containsExactly("b", "c");
    assertThat(backends.next("shop", 2)).map(Address::process).containsExactly("c", "a");
    assertThat(backends.next("shop", 9)).map(Address::process).containsExactly("a", "b", "c");
  }

  @Test
  void aServiceThatNobodyAnnouncesHasNone() {
    assertThat(backends("a").next("till", 3)).isEmpty();
    assertThat(backends("a").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"/shop, shop", "/shop/cart/3, shop", "shop, shop", "/, ''", "'', ''"})
  void theFirstPartOfAPathIsTheService(String path, String service) {
    assertThat(Backends.service(path)).isEqualTo(service);
  }

  /** A client that makes up names must not make the table grow. */
  @Test
  void onlyServicesThatThereAreHaveATurn() {
    Backends backends = backends("a");
    for (int i = 0; i < 100; i++) {
      backends.next("made-up-" + i, 1);
    }
    assertThat(backends.turns()).isZero();
    backends.next("shop", 1);
    assertThat(backends.turns()).isEqualTo(1);

    backends.update(new TreeMap<>());
    assertThat(backends.turns()).as("of a service that has gone").isZero();
  }
}
