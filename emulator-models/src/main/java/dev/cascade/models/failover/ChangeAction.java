package dev.cascade.models.failover;

import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import java.time.Duration;

/** A job changes an entry of the classifier now. */
final class ChangeAction implements Action<AutomationConfig, ChangeAction.Now> {
  /** There is nothing to say about it. */
  record Now() {}

  @Override
  public String name() {
    return "change-classifier";
  }

  @Override
  public String summary() {
    return "A job of the automation changes an entry of the classifier now.";
  }

  @Override
  public Class<Now> parameters() {
    return Now.class;
  }

  @Override
  public void check(AutomationConfig config, Now now) {
    if (config.classifier().writers() == 0) {
      throw new IllegalArgumentException(
          "The writers (0) leave no job that could change it. Maybe 1?");
    }
  }

  @Override
  public void perform(Operation<AutomationConfig> operation, Now now) {
    for (HostInfo host : operation.hosts()) {
      operation.command(
          Address.of(host.name(), Automation.PROCESS), new Automation.Change(), Duration.ZERO);
    }
  }
}
