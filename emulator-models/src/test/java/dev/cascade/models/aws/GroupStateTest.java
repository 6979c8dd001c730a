package dev.cascade.models.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The instances of a scaling group. */
class GroupStateTest {
  private final GroupState state = new GroupState("g", 2, 6, 2, List.of("a", "b"));

  @Test
  void zonesAreFilledEvenly() {
    assertThat(state.instances()).containsExactly("g-1", "g-2");
    state.desire(5);

    assertThat(state.launches()).containsExactly("g-3", "g-4", "g-5");
    assertThat(state.launches()).isEmpty();
    assertThat(state.instances()).extracting(state::zone).containsExactly("a", "b", "a", "b", "a");
  }

  @Test
  void boundsHold() {
    state.desire(100);
    assertThat(state.desired()).isEqualTo(6);
    state.desire(0);
    assertThat(state.desired()).isEqualTo(2);
    assertThat(state.terminate("g-1")).isFalse();
  }

  @Test
  void whatIsGivenBackIsNotReplacedAndItsNameNotUsedAgain() {
    state.desire(3);
    state.launches();

    assertThat(state.terminate("g-1")).isTrue();
    assertThat(state.desired()).isEqualTo(2);
    assertThat(state.launches()).isEmpty();

    state.desire(3);
    assertThat(state.launches()).containsExactly("g-4");
    assertThat(state.zone("g-4")).isEqualTo("a");
  }

  @Test
  void surplusLeavesTheFullestZoneFirst() {
    state.desire(3);
    state.launches();
    state.desire(2);

    assertThat(state.surplus()).containsExactly("g-1");
    assertThat(state.instances()).containsExactly("g-2", "g-3");
  }

  @Test
  void whatWasKeptIsRestored() {
    state.desire(4);
    state.launches();
    GroupState after = new GroupState("g", 2, 6, 2, List.of("a", "b"));
    after.restore(state.kept());

    assertThat(after.kept()).isEqualTo(state.kept());
    after.desire(5);
    assertThat(after.launches()).containsExactly("g-5");
  }
}
