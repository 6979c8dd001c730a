package dev.cascade.models.service;

/** How many requests may be under way, and what it learns from each that was. */
interface Limiter {
  /** How many may be. */
  int limit();

  /**
   * A request was answered.
   *
   * @param rttNanos since it came
   * @param inFlight that were there when it came, itself included
   * @param dropped whether it failed for want of something
   */
  void ended(long rttNanos, int inFlight, boolean dropped);

  /** One of the configuration's algorithm. */
  static Limiter of(ConcurrencyLimit config) {
    return switch (config.algorithm()) {
      case FIXED -> new Fixed(config.initialLimit());
      case AIMD -> new Aimd(config);
      case GRADIENT2 -> new Gradient2(config);
    };
  }

  /** Learns nothing. */
  record Fixed(int limit) implements Limiter {
    @Override
    public void ended(long rttNanos, int inFlight, boolean dropped) {}
  }

  /** Additive increase, multiplicative decrease: Netflix's AIMDLimit. */
  final class Aimd implements Limiter {
    private final ConcurrencyLimit config;
    private int limit;

    Aimd(ConcurrencyLimit config) {
      this.config = config;
      this.limit = config.initialLimit();
    }

    @Override
    public int limit() {
      return limit;
    }

    @Override
    public void ended(long rttNanos, int inFlight, boolean dropped) {
      if (dropped || rttNanos > config.timeout().toNanos()) {
        limit = (int) (limit * config.backoffRatio().value());
      } else if (inFlight * 2L >= limit) { // else it is not what holds the load back
        limit++;
      }
      limit = Math.min(config.maxLimit(), Math.max(config.minLimit(), limit));
    }
  }

  /** Follows the ratio of the usual duration to the last one: Netflix's Gradient2Limit. */
  final class Gradient2 implements Limiter {
    /** Samples whose plain mean is the usual duration at first; Netflix's. */
    private static final int WARM_UP = 10;

    private final ConcurrencyLimit config;
    private double estimate;
    private double usual; // duration in nanoseconds
    private int samples;

    Gradient2(ConcurrencyLimit config) {
      this.config = config;
      this.estimate = config.initialLimit();
    }

    @Override
    public int limit() {
      return (int) estimate;
    }

    @Override
    public void ended(long rttNanos, int inFlight, boolean dropped) {
      double last = Math.max(1, rttNanos);
      average(last);
      if (usual / last > 2) { // the load is gone, and what was usual then holds no more
        usual *= 0.95;
      }
      if (inFlight < estimate / 2) {
        return; // it is not what holds the load back
      }
      double gradient = Math.max(0.5, Math.min(1, config.rttTolerance() * usual / last));
      double smoothing = config.smoothing().value();
      double next =
          estimate * (1 - smoothing) + (estimate * gradient + config.queueSize()) * smoothing;
      estimate = Math.max(config.minLimit(), Math.min(config.maxLimit(), next));
    }

    private void average(double last) {
      samples++;
      if (samples <= WARM_UP) {
        usual += (last - usual) / samples;
      } else {
        usual += (last - usual) * 2 / (config.longWindow() + 1);
      }
    }
  }
}
