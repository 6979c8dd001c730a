package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarrierTest {
  private static final int MEETINGS = 2_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9}) // fewer than the cores spin, more sleep at once
  void nobodyLeavesAMeetingBeforeAllHaveCome(int parties) throws InterruptedException {
    Barrier barrier = new Barrier(parties);
    AtomicIntegerArray reached = new AtomicIntegerArray(parties);
    AtomicLong early = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < parties; i++) {
      int index = i;
      Thread thread =
          new Thread(
              () -> {
                for (int meeting = 1; meeting <= MEETINGS; meeting++) {
                  reached.set(index, meeting);
                  barrier.await();
                  for (int other = 0; other < parties; other++) {
                    if (reached.get(other) < meeting) {
                      early.incrementAndGet();
                    }
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(early).hasValue(0);
    for (int i = 0; i < parties; i++) {
      assertThat(reached.get(i)).isEqualTo(MEETINGS);
    }
  }
}
