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
   * @param desired instances that the group is to have; its bounds hold
   */
  record Parameters(
      @JsonPropertyDescription("Instances that the group is to have; its bounds hold.")
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

  @Override
  public void perform(Operation<ScalingGroupConfig> operation, Parameters parameters) {
    operation.command(
        Address.of(ScalingGroupModel.groupHost(operation.entry()), ScalingGroup.PROCESS),
        new NodeGroup.SetDesired(parameters.desired()),
        Duration.ZERO);
  }
}
