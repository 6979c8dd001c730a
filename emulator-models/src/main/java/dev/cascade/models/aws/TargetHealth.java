package dev.cascade.models.aws;

/** What one node thinks of one target. */
final class TargetHealth {
  /** What a target is taken for. */
  enum State {
    /** Not checked yet: gets no requests while others are healthy, and one success will do. */
    INITIAL,
    /** Gets requests. */
    HEALTHY,
    /** Gets none, unless all are. */
    UNHEALTHY
  }

  private final HealthCheckConfig config;
  private State state = State.INITIAL;
  private int successes;
  private int failures;

  TargetHealth(HealthCheckConfig config) {
    this.config = config;
  }

  /** One more check; returns what the target is taken for after it. */
  State checked(boolean success) {
    successes = success ? successes + 1 : 0;
    failures = success ? 0 : failures + 1;
    state =
        switch (state) {
          case INITIAL -> success ? State.HEALTHY : unlessEnough(State.INITIAL);
          case HEALTHY -> unlessEnough(State.HEALTHY);
          case UNHEALTHY ->
              successes >= config.healthyThreshold() ? State.HEALTHY : State.UNHEALTHY;
        };
    return state;
  }

  private State unlessEnough(State otherwise) {
    return failures >= config.unhealthyThreshold() ? State.UNHEALTHY : otherwise;
  }
}
