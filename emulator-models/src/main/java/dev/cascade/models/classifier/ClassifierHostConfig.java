package dev.cascade.models.classifier;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.files.DiskConfig;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.random.DurationDistribution;

/**
 * A host with a classifier, jobs that change it and jobs that read it.
 *
 * @param file the classifier
 * @param disk where it lies
 * @param service whose nodes readers look for
 * @param readers jobs that read
 * @param readEvery how long each waits between two readings
 */
public record ClassifierHostConfig(
    @JsonPropertyDescription("The classifier, and the jobs that change it.") ClassifierConfig file,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("Where it lies.") DiskConfig disk,
    @JsonPropertyDescription("Whose nodes readers look for.") String service,
    @JsonProperty(defaultValue = "1") @JsonPropertyDescription("Jobs that read it.") int readers,
    @Guess("a job a minute")
        @JsonProperty(defaultValue = "{distribution: exponential, mean: 60s}")
        @JsonPropertyDescription("How long each waits between two readings.")
        DurationDistribution readEvery) {
  public ClassifierHostConfig {
    if (readers < 0) {
      throw new IllegalArgumentException("The readers (" + readers + ") cannot be negative.");
    }
    Durations.requirePositive("readEvery", readEvery.mean());
  }
}
