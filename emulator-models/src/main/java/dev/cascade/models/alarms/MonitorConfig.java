package dev.cascade.models.alarms;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;
import java.util.List;

/**
 * Who is checked, and when somebody is told.
 *
 * @param targets entries whose hosts are checked, all that there are at the start
 * @param path what a check asks for
 * @param interval between two checks of a host
 * @param timeout after which a check has failed
 * @param failures in a row after which an alarm fires; the first success ends it
 */
public record MonitorConfig(
    @JsonPropertyDescription("Entries whose hosts are checked.") List<String> targets,
    @JsonProperty(defaultValue = "/health") @JsonPropertyDescription("What a check asks for.")
        String path,
    @JsonProperty(defaultValue = "10s") @JsonPropertyDescription("Between two checks of a host.")
        Duration interval,
    @Guess("half the interval")
        @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("After which a check has failed.")
        Duration timeout,
    @JsonProperty(defaultValue = "3")
        @JsonPropertyDescription("Failures in a row after which an alarm fires.")
        int failures) {
  public MonitorConfig {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(
          "The targets (none) must be at least one entry. Maybe [payments]?");
    }
    Durations.requirePositive("interval", interval);
    Durations.requirePositive("timeout", timeout);
    if (failures < 1) {
      throw new IllegalArgumentException(
          "The failures (" + failures + ") must be at least 1. Maybe 3?");
    }
  }
}
