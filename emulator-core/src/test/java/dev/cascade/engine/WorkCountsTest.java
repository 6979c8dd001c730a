package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.WorkCounts.Account;
import dev.cascade.engine.WorkCounts.Amount;
import dev.cascade.engine.WorkCounts.Cause;
import dev.cascade.engine.WorkCounts.End;
import dev.cascade.node.Purpose;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What came after an earlier look adds up, and nothing in it is below zero. */
class WorkCountsTest {
  private static final Account ANSWERED =
      new Account(new Cause(Purpose.REQUEST, "users"), End.ANSWERED);

  private static WorkCounts counts(Amount answered, Amount own, Amount unfinished) {
    return new WorkCounts(
        new TreeMap<>(Map.of(ANSWERED, answered)),
        own,
        unfinished,
        answered.plus(own).plus(unfinished).cpuNanos());
  }

  @Test
  void requestsThatWereOpenBeforeAreSettledAndNotOwed() {
    WorkCounts before =
        counts(new Amount(5, 50, 500), new Amount(0, 9, 90), new Amount(7, 70, 700));
    WorkCounts now = counts(new Amount(11, 120, 1200), new Amount(0, 12, 120), new Amount(1, 3, 5));

    WorkCounts since = now.less(before);

    assertThat(since.unfinished()).isEqualTo(new Amount(1, 3, 5));
    assertThat(since.accounts().get(ANSWERED)).isEqualTo(new Amount(6, 70, 700));
    assertThat(since.total().cpuNanos()).isEqualTo(since.cpuNanosUsed());
    assertThat(since.isOverdrawn()).isFalse();
  }
}
