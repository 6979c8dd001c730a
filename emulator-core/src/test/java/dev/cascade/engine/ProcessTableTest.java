package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.network.Network;
import dev.cascade.network.NetworkPlan;
import dev.cascade.random.RandomStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
  private static final int STEPS = 20_000;
  private static final int KEYS = 200; // few, so that most steps meet a key that was there

  private final ProcessTable table = new ProcessTable();

  @Test
  void answersAsAMapDoesWhateverCameAndWent() {
    RandomStream random = RandomStream.of(1);
    Map<Long, ProcessQueue> map = new HashMap<>();
    for (int step = 0; step < STEPS; step++) {
      long key = crowded(random.nextInt(KEYS));
      if (random.chance(0.5)) {
        ProcessQueue process = process("same");
        table.put(key, process);
        map.put(key, process);
      } else if (map.containsKey(key)) {
        table.remove(key, map.get(key));
        map.remove(key);
      }

      long other = crowded(random.nextInt(KEYS));
      assertThat(table.get(other)).isSameAs(map.get(other));
    }
    assertThat(map).hasSizeGreaterThan(KEYS / 4);
    for (int i = 0; i < KEYS; i++) {
      assertThat(table.get(crowded(i))).isSameAs(map.get(crowded(i)));
    }
  }

  @Test
  void whoWasReplacedRemovesNobody() {
    ProcessQueue before = process("one");
    ProcessQueue after = process("one");
    table.put(7, before);
    table.put(7, after);

    table.remove(7, before);

    assertThat(table.get(7)).isSameAs(after);
  }

  @Test
  void twoAddressesWithOneKeyAreRefused() {
    table.put(7, process("one"));

    assertThatThrownBy(() -> table.put(7, process("two")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("(system/one) and (system/two) have the same key");
  }

  /** Keys that want only four places, so that they stand in each other's way. */
  private static long crowded(int number) {
    return ((long) number << 40) | (14 + (number & 3));
  }

  private static ProcessQueue process(String name) {
    NetworkPlan network = World.STILL;
    Shard shard =
        new Shard(
            0,
            new EngineSettings(1, 1, network, false),
            new Network(network),
            host -> World.NoMetrics.INSTANCE);
    return new ProcessQueue(shard, null, null, name, 0, 0, null);
  }
}
