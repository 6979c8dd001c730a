package dev.cascade.models.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import dev.cascade.node.Rate;
import java.time.Duration;

/** More or fewer users come: changes the rate of a load. */
final class RateChange implements Action<LoadConfig, RateChange.To> {
  /**
   * The new rate.
   *
   * @param rate requests a second of all hosts together
   * @param over how long the change takes; 0 is a step
   */
  record To(
      @JsonPropertyDescription("The new rate of all hosts together.") Rate rate,
      @JsonProperty(defaultValue = "0s")
          @JsonPropertyDescription("How long the change takes; 0s is a step.")
          Duration over) {
    To {
      if (over.isNegative()) {
        throw new IllegalArgumentException("The over (" + over + ") cannot be negative.");
      }
    }
  }

  @Override
  public String name() {
    return "change-rate";
  }

  @Override
  public String summary() {
    return "Changes the rate of a load that has one; virtual users are left as they are.";
  }

  @Override
  public Class<To> parameters() {
    return To.class;
  }

  @Override
  public void perform(Operation<LoadConfig> operation, To to) {
    for (HostInfo host : operation.hosts()) {
      operation.command(
          Address.of(host.name(), LoadModel.PROCESS),
          new Client.ChangeRate(to.rate().perSecond(), to.over().toNanos()),
          Duration.ZERO);
    }
  }
}
