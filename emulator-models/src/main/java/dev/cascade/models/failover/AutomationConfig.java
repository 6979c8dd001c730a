package dev.cascade.models.failover;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.classifier.ClassifierConfig;
import dev.cascade.models.files.DiskConfig;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Ratio;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An automation program, with the classifier on its own host.
 *
 * @param classifier the file, and the jobs that change it: foreground jobs
 * @param disk where it lies
 * @param service whose addresses it looks after
 * @param vips the entry of these addresses
 * @param provider the entry that moves them
 * @param nodeProcess where a node answers its health check
 * @param pager the entry that is told what people must know; null if none is
 * @param check what it does: a background job
 * @param calls how it asks the provider
 * @param boot from the end of its process to the start of the next one
 * @param backgroundBlocksRestart whether it refuses a restart while a batch of moves is under way,
 *     too; it always does while a foreground job works
 * @param answerTimeout after which a program that does not say whether it may be ended is
 */
public record AutomationConfig(
    @JsonPropertyDescription("The classifier, and the jobs that change it.")
        ClassifierConfig classifier,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("Where the classifier lies.")
        DiskConfig disk,
    @JsonPropertyDescription("Whose addresses it looks after, as the classifier names it.")
        String service,
    @JsonPropertyDescription("The entry of these addresses.") String vips,
    @JsonPropertyDescription("The entry that moves them.") String provider,
    @JsonProperty(defaultValue = "gateway")
        @JsonPropertyDescription("The process at which a node answers its health check.")
        String nodeProcess,
    @JsonPropertyDescription("The entry that pages people; nobody if absent.")
        @Nullable String pager,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("How it checks, and acts.")
        Check check,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("How it asks the provider.")
        CallsConfig calls,
    @Guess("a post-mortem's two minutes from the restart to the next check")
        @JsonProperty(defaultValue = "2m")
        @JsonPropertyDescription("From the end of its process to the start of the next one.")
        Duration boot,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether a batch of moves keeps it from being restarted.")
        boolean backgroundBlocksRestart,
    @Guess("a program that hangs")
        @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("After which a program that says nothing is ended.")
        Duration answerTimeout) {
  public AutomationConfig {
    Durations.requirePositive("boot", boot);
    Durations.requirePositive("answerTimeout", answerTimeout);
  }

  /**
   * How it checks the nodes, and acts on what it finds.
   *
   * @param every from the start of a check to that of the next, if nothing had to be moved
   * @param healthPath what nodes are asked for
   * @param healthTimeout after which a node counts as sick
   * @param confirmAfter after which the classifier is read again, and nothing is done if the two
   *     say different things; null if it is read once
   * @param maxMoved share of addresses that a batch may move; a larger one is not begun, and people
   *     are told. 100% is no bound
   * @param parallel moves that are asked for at once
   * @param notifyEach whether people are told of each move, not only at the end of the batch
   * @param persistProgress whether a restart goes on with the batch
   * @param probe how the first address that was moved is tried before the others are; null if it is
   *     not
   */
  public record Check(
      @Guess("a program that checks constantly")
          @JsonProperty(defaultValue = "60s")
          @JsonPropertyDescription("From the start of a check to that of the next.")
          Duration every,
      @JsonProperty(defaultValue = "/health") @JsonPropertyDescription("What nodes are asked for.")
          String healthPath,
      @Guess("a health check's usual second")
          @JsonProperty(defaultValue = "1s")
          @JsonPropertyDescription("After which a node counts as sick.")
          Duration healthTimeout,
      @JsonPropertyDescription(
              "After which the classifier is read again, to compare; not if absent.")
          @Nullable Duration confirmAfter,
      @JsonProperty(defaultValue = "100%")
          @JsonPropertyDescription("Share of addresses that a batch may move.")
          Ratio maxMoved,
      @JsonProperty(defaultValue = "1") @JsonPropertyDescription("Moves asked for at once.")
          int parallel,
      @JsonProperty(defaultValue = "false")
          @JsonPropertyDescription("Whether people are told of each move, not of batches alone.")
          boolean notifyEach,
      @JsonProperty(defaultValue = "false")
          @JsonPropertyDescription("Whether a restart goes on with the batch.")
          boolean persistProgress,
      @JsonPropertyDescription("How the first moved address is tried; it is not if absent.")
          @Nullable ProbeConfig probe) {
    public Check {
      Durations.requirePositive("every", every);
      Durations.requirePositive("healthTimeout", healthTimeout);
      if (confirmAfter != null) {
        Durations.requirePositive("confirmAfter", confirmAfter);
      }
      if (parallel < 1) {
        throw new IllegalArgumentException(
            "The parallel (" + parallel + ") must be at least 1: nothing would be moved.");
      }
    }
  }
}
