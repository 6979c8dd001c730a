package dev.cascade.models.kubernetes;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Operation;
import dev.cascade.node.Suggestion;
import java.time.Duration;
import java.util.List;

/** An operator asks for another number of pods; a deployment arrives when it had none. */
final class ScaleAction implements Action<ClusterConfig, ScaleAction.Parameters> {
  /**
   * The step's own keys.
   *
   * @param deployment which
   * @param replicas pods wanted from now on
   */
  record Parameters(
      @JsonPropertyDescription("Which deployment.") String deployment,
      @JsonPropertyDescription("Pods wanted from now on.") int replicas) {
    Parameters {
      if (replicas < 0) {
        throw new IllegalArgumentException("The replicas (" + replicas + ") cannot be negative.");
      }
    }
  }

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String summary() {
    return "Asks for another number of a deployment's pods.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public void check(ClusterConfig config, Parameters parameters) {
    List<String> known = config.deployments().stream().map(DeploymentConfig::name).toList();
    String wanted = parameters.deployment();
    if (!known.contains(wanted)) {
      throw new IllegalArgumentException(
          "The deployment (" + wanted + ") does not exist." + Suggestion.maybe(wanted, known));
    }
  }

  @Override
  public void perform(Operation<ClusterConfig> operation, Parameters parameters) {
    operation.command(
        Address.of(KubernetesModel.controlHost(operation.entry()), ApiServer.PROCESS),
        new ApiServer.ScaleDeployment(parameters.deployment(), parameters.replicas()),
        Duration.ZERO);
  }
}
