package dev.cascade.models.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

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
}
