package dev.cascade.models.spartan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.sparta.Allocation;
import dev.cascade.models.sparta.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client takes in only what follows on what it knows, and nothing that is older. */
class ViewTest {
  private static final int OWNED = 1; // as a share is encoded
  private final View view = new View(0, 2);

  private static Wire.Snapshot snapshot(long version, Integer... shares) {
    return new Wire.Snapshot(0, 0, new Allocation(version, List.of(shares)));
  }

  private static Wire.Delta delta(long base, long version, int service, int share) {
    return new Wire.Delta(0, 0, base, version, List.of(new Wire.Changed(service, share)));
  }

  @Test
  void aChangeFitsOnlyOnItsBase() {
    assertThat(view.allocated()).isFalse();
    view.apply(snapshot(5, OWNED, OWNED));
    assertThat(view.apply(delta(5, 9, 1, 0))).isEqualTo(View.Fit.APPLIED);
    assertThat(view.version()).isEqualTo(9);
    assertThat(view.owned(0)).isTrue();
    assertThat(view.owned(1)).isFalse();

    assertThat(view.apply(delta(8, 10, 1, OWNED))).isEqualTo(View.Fit.GAP);
    assertThat(view.owned(1)).isFalse();
  }

  @Test
  void nothingOlderIsTakenInAndTheSameVersionIs() {
    view.apply(snapshot(5, OWNED, OWNED));
    assertThat(view.apply(delta(5, 4, 1, 0))).isEqualTo(View.Fit.OLDER);
    assertThat(view.apply(snapshot(4, 0, 0))).isEqualTo(View.Fit.OLDER);
    assertThat(view.owned(1)).isTrue();
    assertThat(view.apply(snapshot(5, OWNED, 0))).isEqualTo(View.Fit.APPLIED);
    assertThat(view.owned(1)).isFalse();
  }

  @Test
  void whoLeavesTheRingForgetsAllAndTakesInAnyVersion() {
    view.apply(snapshot(5, OWNED, OWNED));
    view.drop();
    assertThat(view.inRing()).isFalse();
    assertThat(view.owned(1)).isFalse();
    assertThat(view.apply(snapshot(2, OWNED, 0))).isEqualTo(View.Fit.APPLIED);
    assertThat(view.allocated()).isTrue();
  }

  @Test
  void everyChangeIsToldAndWhatIsNotTakenInIsNone() {
    int[] told = {0};
    view.whenChanged(() -> told[0]++);
    view.apply(snapshot(5, OWNED, OWNED));
    view.apply(delta(5, 6, 1, 0));
    assertThat(told[0]).isEqualTo(2);

    view.apply(delta(6, 4, 1, OWNED)); // older
    view.apply(delta(8, 9, 1, OWNED)); // a gap
    view.apply(snapshot(4, 0, 0));
    assertThat(told[0]).isEqualTo(2);

    view.drop();
    assertThat(told[0]).isEqualTo(3);
  }
}
