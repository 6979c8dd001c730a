package dev.cascade.models.balancer;

/** What the health checks of one host say of it. */
final class CheckedHealth {
  /** How a check ended. */
  enum Result {
    /** 200 to 299. */
    SUCCESS,
    /** Any other answer: the host itself says that it is not well. */
    BAD_ANSWER,
    /** None: a time-out, or a connection that broke or was refused. */
    NO_ANSWER
  }

  private final HealthCheck config;
  private boolean checked;
  private boolean healthy;
  private int successes;
  private int failures;

  /** Of a host that was never checked: it is not healthy. */
  CheckedHealth(HealthCheck config) {
    this.config = config;
  }

  /** One more check; returns whether the host is healthy after it. */
  boolean checked(Result result) {
    successes = result == Result.SUCCESS ? successes + 1 : 0;
    failures = result == Result.SUCCESS ? 0 : failures + 1;
    if (result == Result.BAD_ANSWER || failures >= config.unhealthyThreshold()) {
      healthy = false;
    } else if (successes >= (checked ? config.healthyThreshold() : 1)) {
      healthy = true;
    }
    checked = true;
    return healthy;
  }
}
