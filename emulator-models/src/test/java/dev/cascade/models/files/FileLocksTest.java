package dev.cascade.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import dev.cascade.node.ReplyTo;
import org.junit.jupiter.api.Test;

/** Who has a lock, and who has it next. */
class FileLocksTest {
  private final FileLocks locks = new FileLocks();

  private static FileCall.Lock lock(String process, boolean exclusive) {
    return new FileCall.Lock("f", exclusive, new ReplyTo(Address.of("h", process), 1));
  }

  private static final FileCall.Lock READ_A = lock("a", false);
  private static final FileCall.Lock READ_B = lock("b", false);
  private static final FileCall.Lock WRITE_C = lock("c", true);
  private static final FileCall.Lock WRITE_D = lock("d", true);

  private static Address owner(FileCall.Lock lock) {
    return lock.replyTo().client();
  }

  @Test
  void readersShareAndWritersWaitForAllOfThem() {
    assertThat(locks.lock(READ_A)).containsExactly(READ_A);
    assertThat(locks.lock(READ_B)).containsExactly(READ_B);
    assertThat(locks.lock(WRITE_C)).isEmpty();
    assertThat(locks.unlock("f", owner(READ_A))).isEmpty();
    assertThat(locks.unlock("f", owner(READ_B))).containsExactly(WRITE_C);
  }

  @Test
  void aReaderDoesNotOvertakeAWriterThatWaits() {
    locks.lock(READ_A);
    locks.lock(WRITE_C);

    assertThat(locks.lock(READ_B)).isEmpty();
    assertThat(locks.unlock("f", owner(READ_A))).containsExactly(WRITE_C);
    assertThat(locks.unlock("f", owner(WRITE_C))).containsExactly(READ_B);
  }

  @Test
  void locksOfTheDeadAreGivenBack() {
    locks.lock(lock("app/job-1", true));
    locks.lock(lock("app/job-2", true));
    locks.lock(WRITE_C);
    locks.lock(WRITE_D);
    ProcessGone gone = new ProcessGone(Address.of("h", "app"));

    assertThat(locks.release(gone::owned)).containsExactly(WRITE_C);
    assertThat(locks.unlock("f", owner(WRITE_C))).containsExactly(WRITE_D);
  }

  @Test
  void whoWaitsNoLongerIsNotServed() {
    locks.lock(WRITE_C);
    locks.lock(WRITE_D);
    locks.lock(READ_A);

    assertThat(locks.unlock("f", owner(WRITE_D))).isEmpty();
    assertThat(locks.unlock("f", owner(WRITE_C))).containsExactly(READ_A);
  }

  @Test
  void moreThanFitDoNotWait() {
    locks.lock(WRITE_C);
    for (int i = 0; i < FileLocks.MAX_WAITING; i++) {
      assertThat(locks.admits(WRITE_D)).isTrue();
      locks.lock(lock("w" + i, true));
    }

    assertThat(locks.admits(WRITE_D)).isFalse();
  }
}
