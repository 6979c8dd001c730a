package dev.cascade.random;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long something takes. In files a plain duration is a constant; anything else names its {@code
 * distribution}. Samples are nanoseconds, never negative.
 */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "distribution",
    defaultImpl = DurationDistribution.Constant.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = DurationDistribution.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = DurationDistribution.Uniform.class, name = "uniform"),
  @JsonSubTypes.Type(value = DurationDistribution.Exponential.class, name = "exponential"),
  @JsonSubTypes.Type(value = DurationDistribution.LogNormal.class, name = "lognormal"),
  @JsonSubTypes.Type(value = DurationDistribution.Mixture.class, name = "mixture"),
  @JsonSubTypes.Type(value = DurationDistribution.Histogram.class, name = "histogram"),
  @JsonSubTypes.Type(value = DurationDistribution.HdrLog.class, name = "hdr-log"),
})
public sealed interface DurationDistribution {
  /** Draws one duration in nanoseconds. */
  long sampleNanos(RandomStream random);

  /** The expected duration. */
  Duration mean();

  /** No sample is shorter. */
  default Duration min() {
    return Duration.ZERO;
  }

  /**
   * The longest that a search of schedules lets it take: the longest that there is, or of what has
   * no end its 99.99 % point.
   */
  Duration most();

  /** Always the same. */
  static DurationDistribution constant(Duration value) {
    return new Constant(value);
  }

  /** Exponential with this mean. */
  static DurationDistribution exponential(Duration mean) {
    return new Exponential(mean);
  }

  /** Always {@code value}. */
  record Constant(Duration value) implements DurationDistribution {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public Constant {
      requireNotNegative("value", value);
    }

    /** Reads a plain duration, {@code 5ms}. */
    @JsonCreator
    static Constant parse(String text) {
      return new Constant(DurationText.parse(text));
    }

    @Override
    public long sampleNanos(RandomStream random) {
      return value.toNanos();
    }

    @Override
    public Duration mean() {
      return value;
    }

    @Override
    public Duration min() {
      return value;
    }

    @Override
    public Duration most() {
      return value;
    }
  }

  /** Every duration from {@code min} to {@code max} is as likely. */
  record Uniform(Duration min, Duration max) implements DurationDistribution {
    public Uniform {
      requireNotNegative("min", min);
      if (max.compareTo(min) < 0) {
        throw new IllegalArgumentException(
            "The max (%s) must not be shorter than the min (%s)."
                .formatted(DurationText.format(max), DurationText.format(min)));
      }
    }

    @Override
    public long sampleNanos(RandomStream random) {
      return min.toNanos() + random.nextLong(max.toNanos() - min.toNanos() + 1);
    }

    @Override
    public Duration mean() {
      return min.plus(max).dividedBy(2);
    }

    @Override
    public Duration most() {
      return max;
    }
  }

  /** Memoryless: the time between independent arrivals, and the service of M/M/1. */
  record Exponential(Duration mean) implements DurationDistribution {
    public Exponential {
      requireNotNegative("mean", mean);
    }

    @Override
    public long sampleNanos(RandomStream random) {
      return Math.round(random.nextExponential() * mean.toNanos());
    }

    @Override
    public Duration most() {
      return Duration.ofNanos(Math.round(mean.toNanos() * StrictMath.log(1e4)));
    }
  }

  /** Skewed, as response times are: given by its mean and its 99th percentile. */
  record LogNormal(Duration mean, Duration p99) implements DurationDistribution {
    private static final double Z99 = 2.3263478740408408; // 99 % of a standard normal lies below
    private static final double Z9999 = 3.719016485455709; // 99.99 %

    public LogNormal {
      requireNotNegative("mean", mean);
      double ratio = (double) p99.toNanos() / mean.toNanos();
      // ln(p99/mean) = z*s - s²/2 has its maximum z²/2 at s = z: a wider ratio has no solution.
      if (!(ratio >= 1) || ratio > StrictMath.exp(Z99 * Z99 / 2)) {
        throw new IllegalArgumentException(
            "The p99 (%s) must be 1 to 14.9 times the mean (%s)."
                .formatted(DurationText.format(p99), DurationText.format(mean)));
      }
    }

    @Override
    public Duration most() {
      double sigma = sigma();
      double exponent = sigma * Z9999 - sigma * sigma / 2;
      return Duration.ofNanos(Math.round(mean.toNanos() * StrictMath.exp(exponent)));
    }

    private double sigma() {
      double log = StrictMath.log((double) p99.toNanos() / mean.toNanos());
      return Z99 - StrictMath.sqrt(Math.max(0, Z99 * Z99 - 2 * log));
    }

    @Override
    public long sampleNanos(RandomStream random) {
      double sigma = sigma();
      double exponent = sigma * random.nextGaussian() - sigma * sigma / 2;
      return Math.round(mean.toNanos() * StrictMath.exp(exponent));
    }
  }

  /** One of several, each with its weight. */
  record Mixture(List<Part> parts) implements DurationDistribution {
    /**
     * One part of a mixture.
     *
     * @param weight its share, relative to the other parts' weights
     * @param of what is drawn when this part is chosen
     */
    public record Part(double weight, DurationDistribution of) {
      public Part {
        if (!(weight > 0)) {
          throw new IllegalArgumentException("The weight (" + weight + ") must be positive.");
        }
      }
    }

    public Mixture {
      parts = List.copyOf(parts);
      if (parts.isEmpty()) {
        throw new IllegalArgumentException("A mixture needs at least one part.");
      }
    }

    private double total() {
      double total = 0;
      for (Part part : parts) {
        total += part.weight();
      }
      return total;
    }

    @Override
    public long sampleNanos(RandomStream random) {
      double left = random.nextDouble() * total();
      for (Part part : parts) {
        left -= part.weight();
        if (left < 0) {
          return part.of().sampleNanos(random);
        }
      }
      return parts.get(parts.size() - 1).of().sampleNanos(random);
    }

    @Override
    public Duration min() {
      Duration min = parts.get(0).of().min();
      for (Part part : parts) {
        min = part.of().min().compareTo(min) < 0 ? part.of().min() : min;
      }
      return min;
    }

    @Override
    public Duration most() {
      Duration most = Duration.ZERO;
      for (Part part : parts) {
        most = part.of().most().compareTo(most) > 0 ? part.of().most() : most;
      }
      return most;
    }

    @Override
    public Duration mean() {
      double nanos = 0;
      for (Part part : parts) {
        nanos += part.weight() / total() * part.of().mean().toNanos();
      }
      return Duration.ofNanos(Math.round(nanos));
    }
  }

  /**
   * Measured data: the cumulative buckets of a Prometheus histogram. Within a bucket every duration
   * is as likely, the first one begins at 0, and what lies beyond the last finite bound counts as
   * that bound: so does PromQL's histogram_quantile.
   *
   * @param buckets how many observations were no longer than {@code le}, in the order of {@code le}
   */
  record Histogram(List<Bucket> buckets) implements DurationDistribution {
    /**
     * One bucket.
     *
     * @param le its upper bound; null for +Inf
     * @param count observations up to there, those of the buckets before included
     */
    public record Bucket(
        @JsonPropertyDescription("The upper bound; absent for +Inf.") @Nullable Duration le,
        @JsonPropertyDescription("Observations up to there, earlier buckets included.")
            long count) {}

    public Histogram {
      buckets = List.copyOf(buckets);
      if (buckets.isEmpty() || buckets.get(0).le() == null) {
        throw new IllegalArgumentException(
            "The buckets ("
                + buckets.size()
                + ") need one with a bound. Maybe {le: 100ms, count: 1}?");
      }
      Duration lastBound = Duration.ZERO;
      long lastCount = 0;
      for (int i = 0; i < buckets.size(); i++) {
        Bucket bucket = buckets.get(i);
        if (bucket.le() == null && i < buckets.size() - 1) {
          throw new IllegalArgumentException(
              "The buckets have one without le, which means +Inf, before others. Maybe put it"
                  + " last?");
        }
        if (bucket.le() != null && bucket.le().compareTo(lastBound) <= 0) {
          throw new IllegalArgumentException(
              "The bucket's le (%s) must be longer than the one before (%s)."
                  .formatted(DurationText.format(bucket.le()), DurationText.format(lastBound)));
        }
        if (bucket.count() < lastCount) {
          throw new IllegalArgumentException(
              "The bucket's count (%d) must not be less than the one before (%d): Prometheus counts"
                      .formatted(bucket.count(), lastCount)
                  + " all that are no longer than le. Maybe add them up?");
        }
        lastBound = bucket.le() == null ? lastBound : bucket.le();
        lastCount = bucket.count();
      }
      if (lastCount == 0) {
        throw new IllegalArgumentException("The buckets hold no observation, count (0).");
      }
    }

    private long total() {
      return buckets.get(buckets.size() - 1).count();
    }

    @Override
    public Duration most() {
      Duration most = Duration.ZERO;
      long below = 0;
      for (Bucket bucket : buckets) {
        if (bucket.le() != null && (bucket.count() > below || below < total())) {
          most = bucket.le();
        }
        below = bucket.count();
      }
      return most;
    }

    @Override
    public long sampleNanos(RandomStream random) {
      double rank = random.nextDouble() * total();
      long lower = 0;
      long below = 0;
      for (Bucket bucket : buckets) {
        if (bucket.le() == null) {
          break;
        }
        long upper = bucket.le().toNanos();
        if (rank < bucket.count()) {
          double part = (rank - below) / (bucket.count() - below);
          return lower + Math.round(part * (upper - lower));
        }
        lower = upper;
        below = bucket.count();
      }
      return lower;
    }

    @Override
    public Duration mean() {
      double nanos = 0;
      long lower = 0;
      long below = 0;
      for (Bucket bucket : buckets) {
        long upper = bucket.le() == null ? lower : bucket.le().toNanos();
        nanos += (double) (bucket.count() - below) / total() * (lower + (upper - lower) / 2.0);
        lower = upper;
        below = bucket.count();
      }
      return Duration.ofNanos(Math.round(nanos));
    }
  }

  /**
   * Measured data in a file: an HdrHistogram log, all intervals added up. It is only a form of
   * writing: as a scenario file is read, a {@link Histogram} takes its place.
   *
   * @param file beside the scenario, or below its directory
   * @param unit what a recorded 1 means; null for 1ns
   * @param tag of the intervals that count; null for those without one
   */
  record HdrLog(
      @JsonPropertyDescription("An HdrHistogram log beside the scenario, or below.") String file,
      @JsonPropertyDescription("What a recorded 1 means; 1ns if absent.") @Nullable Duration unit,
      @JsonPropertyDescription("Of the intervals that count; those without one if absent.")
          @Nullable String tag)
      implements DurationDistribution {
    public HdrLog {
      throw new IllegalArgumentException(
          "The file (%s) of an hdr-log can be named only in a scenario file, whose directory it lies in."
              .formatted(file));
    }

    @Override
    public long sampleNanos(RandomStream random) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Duration mean() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Duration most() {
      throw new UnsupportedOperationException();
    }
  }

  private static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "The %s (%s) cannot be negative.".formatted(name, DurationText.format(value)));
    }
  }
}
