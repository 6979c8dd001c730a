package dev.cascade.models.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who gets which partitions. */
class AssignorTest {
  private static final SortedMap<String, List<Integer>> NOTHING = new TreeMap<>();

  @Test
  void rangesAreNeighboursAndTheFirstHaveOneMore() {
    assertThat(Assignor.RANGE.assign(List.of("a", "b", "c"), 7, NOTHING).values())
        .containsExactly(List.of(0, 1, 2), List.of(3, 4), List.of(5, 6));
    assertThat(Assignor.RANGE.assign(List.of("a", "b", "c"), 2, NOTHING).values())
        .containsExactly(List.of(0), List.of(1), List.of());
  }

  @Test
  void stickyPartitionsStayWhereTheyAre() {
    SortedMap<String, List<Integer>> before =
        Assignor.STICKY.assign(List.of("a", "b", "c"), 6, NOTHING);
    assertThat(before.values()).containsExactly(List.of(0, 3), List.of(1, 4), List.of(2, 5));

    assertThat(Assignor.STICKY.assign(List.of("a", "c"), 6, before).values())
        .containsExactly(List.of(0, 3, 1), List.of(2, 5, 4));
    assertThat(Assignor.STICKY.assign(List.of("a", "b", "c", "d"), 6, before).values())
        .containsExactly(List.of(0, 3), List.of(1, 4), List.of(2), List.of(5));
  }

  @Test
  void eachPartitionHasOneMember() {
    SortedMap<String, List<Integer>> parts = new TreeMap<>();
    for (int members = 1; members < 9; members++) {
      List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h").subList(0, members);
      for (Assignor assignor : Assignor.values()) {
        parts = assignor.assign(names, 11, parts);
        assertThat(parts.values().stream().flatMap(List::stream))
            .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        int most = (11 + members - 1) / members;
        assertThat(parts.values())
            .allMatch(part -> part.size() == most || part.size() == 11 / names.size());
      }
    }
  }
}
