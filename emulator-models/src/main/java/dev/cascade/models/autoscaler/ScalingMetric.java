package dev.cascade.models.autoscaler;

import dev.cascade.models.service.UsageAgent.Reading;

/** What the load of a replica is measured by, as a share of what it has. */
public enum ScalingMetric {
  /** CPU time that its requests used, of its cores. */
  CPU {
    @Override
    double between(Reading before, Reading now) {
      return share(now.cpuNanos() - before.cpuNanos(), before, now, now.cores());
    }
  },
  /** Threads in use on average, or with the style async requests under way, of all. */
  THREADS {
    @Override
    double between(Reading before, Reading now) {
      return share(now.busyNanos() - before.busyNanos(), before, now, now.threads());
    }
  };

  /** The utilization between two readings of one replica. */
  abstract double between(Reading before, Reading now);

  private static double share(long nanos, Reading before, Reading now, int of) {
    return (double) nanos / (now.atNanos() - before.atNanos()) / of;
  }
}
