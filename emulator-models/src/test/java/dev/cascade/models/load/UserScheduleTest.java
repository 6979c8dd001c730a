package dev.cascade.models.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.load.UserSchedule.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When which users come and go. */
class UserScheduleTest {
  private static Stage stage(int users, int seconds) {
    return Stage.users(users, Duration.ofSeconds(seconds));
  }

  private static Step step(long seconds, int user, boolean comes) {
    return new Step(Duration.ofSeconds(seconds).toNanos(), user, comes);
  }

  @Test
  void theyComeOneByOneAndTheLastGoFirst() {
    assertThat(UserSchedule.steps(1, List.of(stage(3, 20), stage(3, 60), stage(1, 10))))
        .containsExactly(
            step(0, 0, true),
            step(10, 1, true),
            step(20, 2, true),
            step(85, 2, false),
            step(90, 1, false));
  }

  @Test
  void aStageWithoutDurationIsAStep() {
    assertThat(UserSchedule.steps(0, List.of(stage(0, 5), stage(2, 0))))
        .containsExactly(step(5, 0, true), step(5, 1, true));
  }

  @Test
  void whoComesBackBeforeItHasFinishedIsNotStartedTwice() {
    VirtualUsers users =
        new VirtualUsers(
            List.of(step(0, 0, true), step(1, 0, false), step(2, 0, true), step(3, 0, false)),
            new Share(0, 1));

    assertThat(users.advance()).isTrue();
    assertThat(users.advance()).isFalse();
    assertThat(users.present()).isEqualTo(1);
    assertThat(users.advance()).isFalse();
    assertThat(users.goesOn(0)).isTrue();
    users.advance();
    assertThat(users.goesOn(0)).isFalse();
    assertThat(users.present()).isZero();
  }

  @Test
  void hostsShareThemOut() {
    List<Step> steps = UserSchedule.steps(5, List.of());

    assertThat(new VirtualUsers(steps, new Share(1, 2)).next()).isEqualTo(step(0, 1, true));
  }
}
