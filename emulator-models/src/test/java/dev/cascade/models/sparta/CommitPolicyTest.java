package dev.cascade.models.sparta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a commit, and of what a peer sends. */
class CommitPolicyTest {
  private static final Allocation HELD = new Allocation(7, List.of(1, 1));

  @Test
  void theLastWriterTakesBackWhatWasCommittedMeanwhile() {
    CommitPolicy policy = CommitPolicy.LAST_WRITER_WINS;
    assertThat(policy.commits(HELD, 5)).isTrue();
    assertThat(policy.versionAfter(HELD, 5)).isEqualTo(6); // and 7 was there before
    assertThat(policy.accepts(HELD, new Allocation(6, List.of(1, 1)))).isTrue();
  }

  @Test
  void compareAndSetTurnsDownWhatWasWorkedOutFromAnOlderVersion() {
    CommitPolicy policy = CommitPolicy.COMPARE_AND_SET;
    assertThat(policy.commits(HELD, 5)).isFalse();
    assertThat(policy.commits(HELD, 7)).isTrue();
    assertThat(policy.versionAfter(HELD, 7)).isEqualTo(8);
    assertThat(policy.accepts(HELD, new Allocation(7, List.of(1, 3)))).isFalse();
    assertThat(policy.accepts(HELD, new Allocation(8, List.of(1, 3)))).isTrue();
  }

  @Test
  void aSingleWriterAlwaysGoesOnFromTheLatest() {
    CommitPolicy policy = CommitPolicy.SINGLE_WRITER;
    assertThat(policy.commits(HELD, 5)).isTrue();
    assertThat(policy.versionAfter(HELD, 5)).isEqualTo(8);
    assertThat(policy.accepts(HELD, new Allocation(6, List.of(1, 1)))).isFalse();
  }

  @Test
  void onlyOtherSharesAreDifferences() {
    Allocation next = HELD.with(List.of(new Wire.Changed(1, 6)), 8);
    assertThat(next.differences(HELD)).containsExactly(1);
    assertThat(next.share(1)).isEqualTo(Share.decoded(6));
    assertThat(Share.decoded(new Share(true, 3).encoded())).isEqualTo(new Share(true, 3));
  }
}
