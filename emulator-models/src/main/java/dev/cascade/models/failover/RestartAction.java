package dev.cascade.models.failover;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import java.time.Duration;

/** An operator restarts the automation's program, when its jobs allow it. */
final class RestartAction implements Action<AutomationConfig, RestartAction.How> {
  /**
   * How.
   *
   * @param retryEvery how long the operator waits to say it again while it is refused
   */
  record How(
      @Guess("somebody at a console")
          @JsonProperty(defaultValue = "10s")
          @JsonPropertyDescription("How long the operator waits to say it again.")
          Duration retryEvery) {
    How {
      Durations.requirePositive("retryEvery", retryEvery);
    }
  }

  @Override
  public String name() {
    return "restart-automation";
  }

  @Override
  public String summary() {
    return "Restarts the automation's program, as soon as its jobs allow it.";
  }

  @Override
  public Class<How> parameters() {
    return How.class;
  }

  @Override
  public void perform(Operation<AutomationConfig> operation, How how) {
    for (HostInfo host : operation.hosts()) {
      operation.command(
          Address.of(host.name(), Launcher.PROCESS),
          new Launcher.Restart(how.retryEvery().toNanos()),
          Duration.ZERO);
    }
  }
}
