package dev.cascade.models.sparta;

import static dev.cascade.models.sparta.Wire.Presence.CONNECTED;
import static dev.cascade.models.sparta.Wire.Presence.DISCONNECTED;
import static dev.cascade.models.sparta.Wire.Presence.GONE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The work on one service: one worker at a time, and a move in stages. */
class DutyTest {
  private static final int STAGES = 3;
  private static final Share ALL = new Share(true, STAGES);

  @Test
  void workOnOneServiceIsDoneByOneWorkerAtATime() {
    Duty duty = Duty.settled();
    assertThat(duty.notice(0, DISCONNECTED, 0)).isTrue();
    assertThat(duty.mayStart()).isTrue();
    duty.start(ALL, STAGES);

    assertThat(duty.notice(1, CONNECTED, 1)).isTrue();
    assertThat(duty.mayStart()).isFalse(); // until that one is done
    duty.done();
    assertThat(duty.mayStart()).isTrue();
  }

  @Test
  void aServiceThatMovesKeepsItsBucketsAndItsLoadFollowsInStages() {
    Duty duty = Duty.settled();
    duty.notice(0, DISCONNECTED, 0);
    Share share = duty.start(ALL, STAGES);
    assertThat(share).isEqualTo(new Share(true, 0));
    duty.done();
    assertThat(duty.settles(share, STAGES)).isFalse(); // there is nobody to move it to

    duty.notice(1, CONNECTED, 1);
    for (int stage = 1; stage <= STAGES; stage++) {
      share = duty.start(share, STAGES);
      duty.done();
      assertThat(share).isEqualTo(new Share(true, stage));
      assertThat(duty.settles(share, STAGES)).isEqualTo(stage < STAGES);
      duty.again();
    }
  }

  @Test
  void aServiceThatLeavesHasNothingAndThatJoinsHasAllAtOnce() {
    Duty duty = Duty.settled();
    duty.notice(0, GONE, 0);
    assertThat(duty.start(ALL, STAGES)).isEqualTo(Share.NONE);
    duty.done();

    duty.notice(1, CONNECTED, 1);
    assertThat(duty.start(Share.NONE, STAGES)).isEqualTo(ALL);
    assertThat(duty.settles(ALL, STAGES)).isFalse();
  }

  @Test
  void whatComesLateOrTwiceIsNothingNew() {
    Duty duty = Duty.settled();
    assertThat(duty.notice(0, CONNECTED, 0)).isFalse();
    assertThat(duty.notice(2, CONNECTED, 0)).isTrue();
    assertThat(duty.notice(1, GONE, 0)).isFalse(); // of a session that was given up long ago
    assertThat(duty.notice(2, DISCONNECTED, 0)).isTrue();
    assertThat(duty.notice(2, CONNECTED, 0)).isFalse(); // was under way longer than its end
  }

  @Test
  void whoDoesNotComeBackWithinTheTtlIsGone() {
    Duty duty = Duty.settled();
    assertThat(duty.over(1000, 30)).isEqualTo(-1);
    duty.notice(0, DISCONNECTED, 100);
    assertThat(duty.over(129, 30)).isEqualTo(-1);
    assertThat(duty.over(130, 30)).isZero();
  }
}
