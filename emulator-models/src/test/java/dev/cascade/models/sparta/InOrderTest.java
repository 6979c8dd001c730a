package dev.cascade.models.sparta;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InOrderTest {
  @Test
  void whatOvertookWaitsForWhatItOvertook() {
    InOrder<String> order = new InOrder<>(3);
    assertThat(order.take(4, "b")).isEmpty();
    assertThat(order.take(5, "c")).isEmpty();
    assertThat(order.take(3, "a")).containsExactly("a", "b", "c");
    assertThat(order.take(3, "a")).isEmpty();
    assertThat(order.take(6, "d")).containsExactly("d");
  }

  @Test
  void whatWasLostIsGivenUpWhenManyWait() {
    InOrder<Integer> order = new InOrder<>(0);
    for (int i = 1; i <= 64; i++) {
      assertThat(order.take(i, i)).isEmpty();
    }
    assertThat(order.take(65, 65)).hasSize(65).startsWith(1).endsWith(65);
  }
}
