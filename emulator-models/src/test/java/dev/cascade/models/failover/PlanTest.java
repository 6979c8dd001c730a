package dev.cascade.models.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which addresses move, and where to. */
class PlanTest {
  private static TreeMap<String, Address> routes(String... vipsAndNodes) {
    TreeMap<String, Address> routes = new TreeMap<>();
    for (int i = 0; i < vipsAndNodes.length; i += 2) {
      routes.put(vipsAndNodes[i], Address.of(vipsAndNodes[i + 1], "gateway"));
    }
    return routes;
  }

  @Test
  void whatIsOnAGoodNodeStays() {
    assertThat(Plan.moves(routes("v1", "a", "v2", "b"), List.of("a", "b", "c"))).isEmpty();
  }

  @Test
  void allOfASickNodeGoToThoseWithFewest() {
    assertThat(Plan.moves(routes("v1", "a", "v2", "b", "v3", "a"), List.of("b", "c", "d")))
        .containsExactly(new Plan.Move("v1", "a", "c"), new Plan.Move("v3", "a", "d"));
  }

  @Test
  void withoutAGoodNodeNothingMoves() {
    assertThat(Plan.moves(routes("v1", "a"), List.of())).isEmpty();
  }

  /** As many nodes as addresses: there and back again ends where it began. */
  @Test
  void aWholeBatchAndItsReversalAreEachOthersOpposites() {
    List<Plan.Move> there = Plan.moves(routes("v1", "a1", "v2", "a2"), List.of("b1", "b2"));
    List<Plan.Move> back = Plan.moves(routes("v1", "b1", "v2", "b2"), List.of("a1", "a2"));

    assertThat(there)
        .containsExactly(new Plan.Move("v1", "a1", "b1"), new Plan.Move("v2", "a2", "b2"));
    assertThat(back)
        .containsExactly(new Plan.Move("v1", "b1", "a1"), new Plan.Move("v2", "b2", "a2"));
  }
}
