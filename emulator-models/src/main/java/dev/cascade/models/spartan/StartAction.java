package dev.cascade.models.spartan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import java.time.Duration;

/** Operators start services that were stopped, one after the other. */
final class StartAction implements Action<SpartanConfig, StartAction.Parameters> {
  /**
   * The step's own keys.
   *
   * @param group services that are started together
   * @param gap between two groups
   */
  record Parameters(
      @JsonPropertyDescription("Services that are started together.")
          @JsonProperty(defaultValue = "1")
          int group,
      @JsonPropertyDescription("Between two groups.") @JsonProperty(defaultValue = "0s")
          Duration gap) {
    Parameters {
      if (group < 1) {
        throw new IllegalArgumentException(
            "The group (" + group + ") must be at least 1. Maybe 10?");
      }
      if (gap.isNegative()) {
        throw new IllegalArgumentException("The gap (" + gap + ") cannot be negative.");
      }
    }
  }

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String summary() {
    return "Starts services that were stopped, group by group.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public void perform(Operation<SpartanConfig> operation, Parameters parameters) {
    int started = 0;
    for (HostInfo host : operation.hosts()) {
      operation.command(
          Address.of(host.name(), SpartanModel.SUPERVISOR),
          new Supervisor.Start(),
          parameters.gap().multipliedBy(started / parameters.group()));
      started++;
    }
  }
}
