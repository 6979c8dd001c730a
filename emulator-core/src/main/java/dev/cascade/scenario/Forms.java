package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Guess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that list items of a scenario file have beside those of the model, fault or link that
 * they hold.
 */
final class Forms {
  private Forms() {}

  /** An entry of the topology. */
  record Entry(
      @JsonPropertyDescription("Unique in the scenario; hosts are named after it.") String name,
      @JsonPropertyDescription("What it is.") String model,
      @JsonPropertyDescription("How many of it there are at the start.")
          @JsonProperty(defaultValue = "1")
          int replicas,
      @JsonPropertyDescription("The zones to spread over, in turn.") List<String> zones,
      @JsonPropertyDescription("For the selection of targets.") Map<String, String> labels,
      @JsonPropertyDescription("false leaves the entry out.") @JsonProperty(defaultValue = "true")
          boolean enabled,
      @JsonPropertyDescription("Its configuration, typed by the model.") @Nullable Tree config) {}

  /** A load; its other keys are the configuration of the model {@code load}. */
  record Load(
      @JsonPropertyDescription("Unique in the scenario; hosts are named after it.") String name,
      @JsonPropertyDescription("How many of it there are at the start.")
          @JsonProperty(defaultValue = "1")
          int replicas,
      @JsonPropertyDescription("The zones to spread over, in turn.") List<String> zones,
      @JsonPropertyDescription("For the selection of targets.") Map<String, String> labels,
      @JsonPropertyDescription("false leaves the load out.") @JsonProperty(defaultValue = "true")
          boolean enabled) {}

  /** A link; its other keys are those of {@link Link}. */
  record Ends(
      @JsonPropertyDescription("An entry of the topology, a host, zone:NAME or *.") String from,
      @JsonPropertyDescription("An entry of the topology, a host, zone:NAME or *.") String to,
      @JsonPropertyDescription("Whether this says nothing of the way back.")
          @JsonProperty(defaultValue = "false")
          boolean oneWay) {}

  /** A step; its other keys are those of the fault or the model's action. */
  record Step(
      @JsonPropertyDescription("Unique in the scenario; that it was done is an event of this name.")
          String name,
      @JsonPropertyDescription("What it is about.") @Nullable String description,
      @JsonPropertyDescription("When it is done, since the start of the run.")
          @Nullable Duration at,
      @JsonPropertyDescription("An expression: what must have become visible before it is done.")
          @Nullable String when,
      @Guess("somebody who is at the screen already and knows what to do")
          @JsonPropertyDescription("With when: how long a person then takes to act; 2m if absent.")
          @Nullable Duration after,
      @JsonPropertyDescription("A fault, or an action of the target's model.") String action,
      @JsonPropertyDescription("false leaves the step out.") @JsonProperty(defaultValue = "true")
          boolean enabled) {
    Step {
      if ((at == null) == (when == null)) {
        throw new IllegalArgumentException(
            "A step needs either at or when"
                + (at == null ? "." : ", not both.")
                + " Maybe at: 1m?");
      }
      if (after != null && when == null) {
        throw new IllegalArgumentException(
            "The after (" + after + ") belongs to when. Maybe use when in place of at?");
      }
    }
  }

  /** A mitigation. */
  record Overlay(
      @JsonPropertyDescription("Unique in the scenario.") String name,
      @JsonPropertyDescription("One sentence.") @Nullable String description,
      @JsonPropertyDescription("New values by path, as in --set; list items go by their name.")
          Map<String, Tree> set,
      @JsonPropertyDescription("Mitigations that are switched on before.") List<String> combine) {}

  /** A threshold; a plain text is its expression. */
  record Threshold(
      @JsonPropertyDescription(
              "An aggregation and a comparison: p(95)<500ms, avg<0.1, rate<1%, count>100.")
          String threshold,
      @JsonPropertyDescription("Known to k6; here a run always goes to its end.")
          @JsonProperty(defaultValue = "false")
          boolean abortOnFail,
      @JsonPropertyDescription("Known to k6; here a run always goes to its end.")
          @Nullable Duration delayAbortEval) {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    Threshold {}

    @JsonCreator
    static Threshold of(String threshold) {
      return new Threshold(threshold, false, null);
    }
  }

  /** A measurement that is compared with another run. */
  record Measurement(
      @JsonPropertyDescription("An expression that is a number.") String expr,
      @JsonPropertyDescription(
              "Changes by path, as in --set: the same number of a run of the same seed with them is"
                  + " subtracted.")
          Map<String, Tree> minus) {}
}
