package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.HostInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every shard is told of a change of the fleet. */
class FleetChangeTest {
  /** Twenty keys: that an order salted by the JVM is theirs by chance has odds of 1 in 20!. */
  private static final int KEYS = 20;

  @Test
  void argumentsOfALaunchAreWalkedInTheOrderOfTheirKeysInEveryJvm() {
    Map<String, String> backwards = new LinkedHashMap<>();
    for (char key = (char) ('a' + KEYS - 1); key >= 'a'; key--) {
      backwards.put(String.valueOf(key), "");
    }

    Map<String, String> arguments =
        new FleetChange.Launch(new HostInfo("node-1", "", "node", "host"), backwards, "a test")
            .arguments();

    assertThat(List.copyOf(arguments.keySet())).hasSize(KEYS).isSorted();
  }
}
