package dev.cascade.models.kinesis;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import java.time.Duration;

/** An operator gives an application enhanced fan-out, or takes it away. */
final class UseFanOut implements Action<KinesisConsumerConfig, UseFanOut.Parameters> {
  /**
   * The step's own keys.
   *
   * @param fanOut from now on
   */
  record Parameters(@JsonPropertyDescription("How it reads from now on.") FanOut fanOut) {}

  @Override
  public String name() {
    return "use-fan-out";
  }

  @Override
  public String summary() {
    return "Gives an application enhanced fan-out, or takes it away.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public void perform(Operation<KinesisConsumerConfig> operation, Parameters parameters) {
    for (HostInfo host : operation.hosts()) {
      operation.command(
          Address.of(host.name(), KinesisConsumerModel.PROCESS),
          new Wire.UseFanOut(parameters.fanOut()),
          Duration.ZERO);
    }
  }
}
