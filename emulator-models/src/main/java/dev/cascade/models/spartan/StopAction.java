package dev.cascade.models.spartan;

import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import java.time.Duration;

/** Operators stop services. */
final class StopAction implements Action<SpartanConfig, StopAction.Parameters> {
  /** No keys of its own. */
  record Parameters() {}

  @Override
  public String name() {
    return "stop";
  }

  @Override
  public String summary() {
    return "Stops services, until somebody starts them.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public void perform(Operation<SpartanConfig> operation, Parameters parameters) {
    for (HostInfo host : operation.hosts()) {
      operation.command(
          Address.of(host.name(), SpartanModel.SUPERVISOR), new Supervisor.Stop(), Duration.ZERO);
    }
  }
}
