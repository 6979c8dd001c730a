package dev.cascade.models.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.random.DurationDistribution;
import org.jspecify.annotations.Nullable;

/**
 * One kind of query.
 *
 * @param name for the paths of overlays
 * @param path of the requests that ask for it
 * @param cpu CPU time that it takes, on a core of its own
 * @param hold time that it takes besides: disk, and the round trips of its transaction. A query
 *     with a lock holds it for so long
 * @param lock the row that it locks before its hold; null if none
 * @param write whether it changes data: only the primary does it, and replicas apply it later
 */
public record Query(
    @JsonPropertyDescription("Names it in the paths of overlays.") String name,
    @JsonPropertyDescription("The path of the requests that ask for it.") String path,
    @JsonProperty(defaultValue = "0s") @JsonPropertyDescription("CPU time, on a core of its own.")
        DurationDistribution cpu,
    @JsonProperty(defaultValue = "0s")
        @JsonPropertyDescription("Time besides; that of its lock, if it has one.")
        DurationDistribution hold,
    @JsonPropertyDescription("The row that it locks for its hold; none if absent.")
        @Nullable RowLock lock,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether it changes data, so that replicas apply it.")
        boolean write) {
  public Query {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "The path (" + path + ") must begin with '/'. Maybe /" + path + "?");
    }
  }
}
