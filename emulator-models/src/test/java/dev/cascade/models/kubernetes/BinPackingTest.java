package dev.cascade.models.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many pods fit where. */
class BinPackingTest {
  @Test
  void newNodesAreFilledFirstFitDecreasing() {
    assertThat(BinPacking.nodesFor(List.of(), 2)).isZero();
    assertThat(BinPacking.nodesFor(Collections.nCopies(44, 1.0), 2)).isEqualTo(22);
    assertThat(BinPacking.nodesFor(Collections.nCopies(45, 1.0), 2)).isEqualTo(23);
    assertThat(BinPacking.nodesFor(Collections.nCopies(4, 1.2), 2)).isEqualTo(4);
    assertThat(BinPacking.nodesFor(List.of(0.5, 1.5, 0.5, 1.5), 2)).isEqualTo(2);
  }

  @Test
  void tenthsAddUpToTheWhole() {
    assertThat(BinPacking.nodesFor(Collections.nCopies(10, 0.1), 1)).isEqualTo(1);
  }

  @Test
  void noNodeIsBoughtForAPodThatFitsOnNone() {
    assertThat(BinPacking.nodesFor(List.of(3.0, 1.0), 2)).isEqualTo(1);
  }

  @Test
  void whatFitsIntoFreeRoomNeedsNothing() {
    BinPacking packing = new BinPacking(List.of(0.8, 0.8, 2.0));

    assertThat(packing.pack(List.of(1.0, 1.0, 0.5, 1.0))).containsExactly(1.0);
    assertThat(packing.pack(List.of(0.8))).isEmpty();
  }
}
