package dev.cascade.models.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.keys.KeyDistribution;
import dev.cascade.node.Ratio;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive lock that a query takes on one row. Queries that lock rows of the same table name
 * the same table.
 *
 * @param table whose rows they are
 * @param keys rows that there are, one of which is drawn; null if the request says which one
 * @param distribution how popular they are
 * @param exponent of Zipf's law: the k-th row is locked in proportion to 1 / k^exponent
 * @param timeout after which a query gives up waiting; InnoDB's innodb_lock_wait_timeout is 50 s
 */
public record RowLock(
    @JsonProperty(defaultValue = "rows") @JsonPropertyDescription("Whose rows are locked.")
        String table,
    @JsonPropertyDescription(
            "Rows that there are, of which one is drawn; the request's key if absent.")
        @Nullable Integer keys,
    @JsonProperty(defaultValue = "uniform") @JsonPropertyDescription("How popular the rows are.")
        KeyDistribution.Law distribution,
    @JsonProperty(defaultValue = "1")
        @JsonPropertyDescription("Of Zipf's law: the k-th row in proportion to 1 / k^exponent.")
        double exponent,
    @JsonProperty(defaultValue = "50s")
        @JsonPropertyDescription("After which a query gives up waiting for the lock.")
        Duration timeout) {
  /** A table of more rows costs 8 bytes each for nothing: their popularity hardly differs. */
  private static final int MAX_KEYS = 1_000_000;

  public RowLock {
    if (keys != null && (keys < 1 || keys > MAX_KEYS)) {
      throw new IllegalArgumentException(
          "The keys (" + keys + ") must be 1 to " + MAX_KEYS + ". Maybe 1000?");
    }
    if (distribution == KeyDistribution.Law.HOTSPOT) {
      throw new IllegalArgumentException(
          "The distribution (hotspot) is one of requests' keys. Maybe leave the lock's keys out, and"
              + " give keys to the load?");
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
    return new RowLock("rows", keys, KeyDistribution.Law.UNIFORM, 1, Duration.ofSeconds(50));
  }

  /** A lock on the row that the request's key says, with InnoDB's time-out. */
  public static RowLock ofRequest() {
    return new RowLock("rows", null, KeyDistribution.Law.UNIFORM, 1, Duration.ofSeconds(50));
  }

  /** How popular rows are; null if the request says which one it wants. */
  @Nullable KeyDistribution drawn() {
    return keys == null
        ? null
        : new KeyDistribution(keys, distribution, exponent, Ratio.ZERO, Ratio.ZERO);
  }

  /** The same with another time-out. */
  public RowLock timeout(Duration newTimeout) {
    return new RowLock(table, keys, distribution, exponent, newTimeout);
  }
}
