package com.example;

import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import java.util.List;

/** A gateway that lets a limited number of requests through to another entry. */
public final class RateLimiterModel implements Model<RateLimiterConfig> {
  /** The process of each host. */
  static final String PROCESS = "gateway";

  private static final String TEMPLATE = "gateway";

  @Override
  public String name() {
    return "rate-limiter";
  }

  @Override
  public String summary() {
    return "A gateway that lets a limited rate of requests through and answers the others with 429.";
  }

  @Override
  public Class<RateLimiterConfig> configType() {
    return RateLimiterConfig.class;
  }

  /** One process on each host; it is what others ask. */
  @Override
  public void place(Placement<RateLimiterConfig> placement) {
    RateLimiterConfig config = placement.config();
    placement.template(TEMPLATE, HostSpec.cores(1), boot -> start(boot, config));
    placement.serves(TEMPLATE, PROCESS);
    placement.replicas(TEMPLATE);
  }

  private static void start(Boot boot, RateLimiterConfig config) {
    List<Address> targets = boot.addresses(config.target());
    boot.start(PROCESS, RateLimiter.spec(config, targets));
  }

  /** The target must exist; a scenario that names none is refused with file, line and column. */
  @Override
  public List<Reference> references(RateLimiterConfig config) {
    return List.of(Reference.to(config.target()));
  }

  @Override
  public List<Action<RateLimiterConfig, ?>> actions() {
    return List.of(new LimitChange());
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.of(RateLimiter.PASSED, RateLimiter.REJECTED);
  }
}
