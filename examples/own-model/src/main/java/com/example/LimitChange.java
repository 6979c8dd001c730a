package com.example;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import dev.cascade.node.Rate;
import java.time.Duration;

/** An operator sets another limit: {@code action: change-limit} in a step of the method. */
final class LimitChange implements Action<RateLimiterConfig, LimitChange.To> {
  /**
   * The step's own keys.
   *
   * @param limit requests a second that each gateway lets through from then on
   */
  record To(
      @JsonPropertyDescription("Requests that each gateway lets through from then on.")
          Rate limit) {}

  @Override
  public String name() {
    return "change-limit";
  }

  @Override
  public String summary() {
    return "Lets each gateway let another rate of requests through.";
  }

  @Override
  public Class<To> parameters() {
    return To.class;
  }

  @Override
  public void perform(Operation<RateLimiterConfig> operation, To to) {
    for (HostInfo host : operation.hosts()) {
      operation.command(
          Address.of(host.name(), RateLimiterModel.PROCESS),
          new RateLimiter.SetLimit(to.limit().perSecond()),
          Duration.ZERO);
    }
  }
}
