package dev.cascade.models.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.models.database.LockTable.Row;
import org.junit.jupiter.api.Test;

/** Who holds a row, and who waits for it. */
class LockTableTest {
  private static final Row ROW = new Row("stock", 1);

  private final LockTable<String> table = new LockTable<>();

  @Test
  void aRowHasOneHolderAndOthersWaitInTheirOrder() {
    assertThat(table.acquire(ROW, "a")).isTrue();
    assertThat(table.acquire(ROW, "b")).isFalse();
    assertThat(table.acquire(ROW, "c")).isFalse();
    assertThat(table.waiting()).isEqualTo(2);

    assertThat(table.release(ROW)).isEqualTo("b");
    assertThat(table.release(ROW)).isEqualTo("c");
    assertThat(table.release(ROW)).isNull();
    assertThat(table.waiting()).isZero();
    assertThat(table.acquire(ROW, "d")).isTrue();
  }

  @Test
  void rowsAndTablesAreLockedEachByItself() {
    table.acquire(ROW, "a");

    assertThat(table.acquire(new Row("stock", 2), "b")).isTrue();
    assertThat(table.acquire(new Row("orders", 1), "c")).isTrue();
  }

  @Test
  void whoGivesUpIsPassedOver() {
    table.acquire(ROW, "a");
    table.acquire(ROW, "b");
    table.acquire(ROW, "c");

    table.leave(ROW, "b");

    assertThat(table.waiting()).isEqualTo(1);
    assertThat(table.release(ROW)).isEqualTo("c");
  }

  @Test
  void whatNobodyHoldsCannotBeReleased() {
    assertThatThrownBy(() -> table.release(ROW)).hasMessageContaining("Nobody holds");
  }
}
