package dev.cascade.models.aws;

import static dev.cascade.models.aws.TargetHealth.State.HEALTHY;
import static dev.cascade.models.aws.TargetHealth.State.INITIAL;
import static dev.cascade.models.aws.TargetHealth.State.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which targets requests go to. */
class RoutingTableTest {
  private final RoutingTable table = new RoutingTable();

  private List<String> next(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> table.next().orElse("nowhere"))
        .sorted()
        .toList();
  }

  @Test
  void healthyTargetsTakeTurns() {
    table.put("a", HEALTHY);
    table.put("b", UNHEALTHY);
    table.put("c", HEALTHY);
    table.put("d", INITIAL);

    assertThat(next(4)).containsExactly("a", "a", "c", "c");
    assertThat(table.isFailingOpen()).isFalse();
  }

  @Test
  void allTargetsTakeTurnsWhenNoneIsHealthy() {
    table.put("a", UNHEALTHY);
    table.put("b", INITIAL);

    assertThat(table.isFailingOpen()).isTrue();
    assertThat(next(4)).containsExactly("a", "a", "b", "b");

    table.put("b", HEALTHY);
    assertThat(next(2)).containsExactly("b", "b");
  }

  @Test
  void aTargetThatIsGoneGetsNothing() {
    assertThat(next(1)).containsExactly("nowhere");
    table.put("a", HEALTHY);
    table.remove("a");

    assertThat(next(1)).containsExactly("nowhere");
    assertThat(table.isFailingOpen()).isFalse();
  }
}
