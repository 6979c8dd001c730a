package dev.cascade.models.aws;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.kubernetes.NodeGroup;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Operation;
import java.time.Duration;

/** An operator asks for another number of instances. */
final class ResizeAction implements Action<ScalingGroupConfig, ResizeAction.Parameters> {
  /**
   * The step's own keys.
   *
   * @param desired instances that the group is to have, within its bounds
   */
  record Parameters(
      @JsonPropertyDescription("Instances that the group is to have, within its bounds.")
          int desired) {}

  @Override
  public String name() {
    return "resize";
  }

  @Override
  public String summary() {
    return "Asks for another number of instances.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  /** As AWS does, which answers with a validation error. */
  @Override
  public void check(ScalingGroupConfig config, Parameters parameters) {
    if (parameters.desired() < config.min() || parameters.desired() > config.max()) {
      throw new IllegalArgumentException(
          "The desired (%d) must lie between the min (%d) and the max (%d) of the group. Maybe %s?"
              .formatted(
                  parameters.desired(),
                  config.min(),
                  config.max(),
                  parameters.desired() > config.max() ? "raise the max" : "lower the min"));
    }
  }

  @Override
  public void perform(Operation<ScalingGroupConfig> operation, Parameters parameters) {
    operation.command(
        Address.of(ScalingGroupModel.groupHost(operation.entry()), ScalingGroup.PROCESS),
        new NodeGroup.SetDesired(parameters.desired()),
        Duration.ZERO);
  }
}
