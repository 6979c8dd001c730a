package dev.cascade.models.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;

/**
 * The exclusive lock that a query takes on one row. Queries that lock rows of the same table name
 * the same table.
 *
 * @param table whose rows they are
 * @param keys rows that there are
 * @param distribution how popular they are
 * @param exponent of Zipf's law: the k-th row is locked in proportion to 1 / k^exponent
 * @param timeout after which a query gives up waiting; InnoDB's innodb_lock_wait_timeout is 50 s
 */
public record RowLock(
    @JsonProperty(defaultValue = "rows") @JsonPropertyDescription("Whose rows are locked.")
        String table,
    @JsonPropertyDescription("Rows that there are.") int keys,
    @JsonProperty(defaultValue = "uniform") @JsonPropertyDescription("How popular the rows are.")
        Distribution distribution,
    @JsonProperty(defaultValue = "1")
        @JsonPropertyDescription("Of Zipf's law: the k-th row in proportion to 1 / k^exponent.")
        double exponent,
    @JsonProperty(defaultValue = "50s")
        @JsonPropertyDescription("After which a query gives up waiting for the lock.")
        Duration timeout) {
  /** How popular rows are. */
  public enum Distribution {
    /** All as much. */
    UNIFORM,
    /** By Zipf's law. */
    ZIPF
  }

  /** A table of more rows costs 8 bytes each for nothing: their popularity hardly differs. */
  private static final int MAX_KEYS = 1_000_000;

  public RowLock {
    if (keys < 1 || keys > MAX_KEYS) {
      throw new IllegalArgumentException(
          "The keys (" + keys + ") must be 1 to " + MAX_KEYS + ". Maybe 1000?");
    }
    if (!(exponent >= 0 && exponent <= 10)) {
      throw new IllegalArgumentException(
          "The exponent (" + exponent + ") must be 0 to 10. Maybe 1?");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "The timeout (" + timeout + ") must be longer than zero. Maybe 50s?");
    }
  }

  /** A lock on one of so many rows, each as likely, with InnoDB's time-out. */
  public static RowLock uniform(int keys) {
    return new RowLock("rows", keys, Distribution.UNIFORM, 1, Duration.ofSeconds(50));
  }

  /** The same with another time-out. */
  public RowLock timeout(Duration newTimeout) {
    return new RowLock(table, keys, distribution, exponent, newTimeout);
  }
}
