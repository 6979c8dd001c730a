package dev.cascade.models.systemd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import java.time.Duration;

/**
 * How often a unit may be started; by whom, does not matter.
 *
 * @param burst starts within the interval; systemd's DefaultStartLimitBurst is 5. 0 is no limit
 * @param interval in which they are counted; systemd's DefaultStartLimitInterval is 10 s
 */
public record StartLimit(
    @JsonProperty(defaultValue = "5") @JsonPropertyDescription("Starts; 0 is no limit.") int burst,
    @JsonProperty(defaultValue = "10s") @JsonPropertyDescription("In which they are counted.")
        Duration interval) {
  /** systemd's own. */
  public static final StartLimit DEFAULT = new StartLimit(5, Duration.ofSeconds(10));

  public StartLimit {
    Durations.requirePositive("interval", interval);
    if (burst < 0) {
      throw new IllegalArgumentException(
          "The burst (" + burst + ") cannot be negative. Maybe 0 for no limit?");
    }
  }
}
