package dev.cascade.models.systemd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Ratio;
import java.time.Duration;

/**
 * journald.
 *
 * @param line CPU for a line that it takes
 * @param oldJournals whether the machine has journals at first that it stumbles over
 * @param burn CPU of one core that it uses while it has such journals open; it opens those that are
 *     there when it starts
 */
public record JournaldConfig(
    @Guess("a system call and an append")
        @JsonProperty(defaultValue = "25us")
        @JsonPropertyDescription("CPU for a line that it takes.")
        Duration line,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether there are journals that it stumbles over.")
        boolean oldJournals,
    @Guess("a post-mortem's \"a lot of CPU\"")
        @JsonProperty(defaultValue = "80%")
        @JsonPropertyDescription("CPU of one core that it uses with such journals open.")
        Ratio burn) {
  public JournaldConfig {
    Durations.requirePositive("line", line);
  }
}
