package dev.cascade.models.sparta;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Operators replace components, one instance after the other. Sessions live through it, and all
 * other parameters stay as they are.
 */
final class DeployAction implements Action<SpartaConfig, DeployAction.Parameters> {
  /**
   * The step's own keys.
   *
   * @param commit how workers commit from then on; as before if null
   * @param recovery what handlers do from then on when a client knows of a newer version; as before
   *     if null
   * @param gap between two instances
   */
  record Parameters(
      @JsonPropertyDescription("How workers commit from then on; as before if absent.")
          @Nullable CommitPolicy commit,
      @JsonPropertyDescription("What handlers do from then on; as before if absent.")
          @Nullable Recovery recovery,
      @JsonPropertyDescription("Between two instances.") @JsonProperty(defaultValue = "0s")
          Duration gap) {
    Parameters {
      if (commit == null && recovery == null) {
        throw new IllegalArgumentException(
            "A deploy needs a component, commit or recovery. Maybe recovery: retry?");
      }
      if (gap.isNegative()) {
        throw new IllegalArgumentException("The gap (" + gap + ") cannot be negative.");
      }
    }
  }

  @Override
  public String name() {
    return "deploy";
  }

  @Override
  public String summary() {
    return "Replaces components of instances by others, one instance after the other.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public void perform(Operation<SpartaConfig> operation, Parameters parameters) {
    Duration after = Duration.ZERO;
    for (HostInfo host : operation.hosts()) {
      operation.command(
          Address.of(host.name(), SpartaModel.ALLOCATOR),
          new Allocator.Replace(parameters.commit(), parameters.recovery()),
          after);
      after = after.plus(parameters.gap());
    }
  }
}
