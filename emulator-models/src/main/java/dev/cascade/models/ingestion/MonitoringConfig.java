package dev.cascade.models.ingestion;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Ratio;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;

/**
 * What was stored, an alarm rule over it, and the people who are paged.
 *
 * @param okPath a result of a canary's that is good
 * @param failedPath one that is bad
 * @param every how often the rule is evaluated, over what was stored since the last time; without
 *     data it says nothing, and begins anew
 * @param threshold the share of good results below which it is broken
 * @param forTimes how often in a row it must be broken for an alarm
 * @param reaction from a page to the moment that somebody looks
 */
public record MonitoringConfig(
    @JsonProperty(defaultValue = "/canary-ok")
        @JsonPropertyDescription("A good result of a canary's.")
        String okPath,
    @JsonProperty(defaultValue = "/canary-failed")
        @JsonPropertyDescription("A bad result of a canary's.")
        String failedPath,
    @Guess("an alarm rule as many have it")
        @JsonProperty(defaultValue = "1m")
        @JsonPropertyDescription("How often the alarm rule is evaluated.")
        Duration every,
    @Guess("an alarm rule as many have it")
        @JsonProperty(defaultValue = "95%")
        @JsonPropertyDescription("The rule is broken below this share of good results.")
        Ratio threshold,
    @Guess("an alarm rule as many have it")
        @JsonProperty(defaultValue = "3")
        @JsonPropertyDescription("How often in a row for an alarm.")
        int forTimes,
    @Guess("twelve minutes from a message to a status page, in a post-mortem")
        @JsonProperty(defaultValue = "{distribution: uniform, min: 8m, max: 14m}")
        @JsonPropertyDescription("From a page to the moment that somebody looks.")
        DurationDistribution reaction) {
  public MonitoringConfig {
    Durations.requirePositive("every", every);
    if (forTimes < 1) {
      throw new IllegalArgumentException("The forTimes (" + forTimes + ") must be at least 1.");
    }
  }
}
