package dev.cascade.models.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlarmTest {
  @Test
  void firesAtTheThirdFailureInARowAndEndsAtTheFirstSuccess() {
    Alarm alarm = new Alarm(3);
    assertThat(alarm.checked(false)).isFalse();
    assertThat(alarm.checked(false)).isFalse();
    assertThat(alarm.checked(true)).isFalse(); // the count begins anew

    assertThat(alarm.checked(false)).isFalse();
    assertThat(alarm.checked(false)).isFalse();
    assertThat(alarm.firing()).isFalse();
    assertThat(alarm.checked(false)).isTrue();
    assertThat(alarm.firing()).isTrue();
    assertThat(alarm.checked(false)).isFalse(); // still the same alarm

    assertThat(alarm.checked(true)).isTrue();
    assertThat(alarm.firing()).isFalse();
  }
}
