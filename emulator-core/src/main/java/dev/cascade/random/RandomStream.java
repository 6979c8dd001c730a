package dev.cascade.random;

import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.jspecify.annotations.Nullable;

/**
 * A stream of random numbers. Streams are derived by names, so that a new consumer shifts nobody
 * else's numbers. The bits are the JDK's {@code L64X128MixRandom}, whose algorithm is specified;
 * everything made of them is Commons RNG's, as the JDK's own derivations may change.
 */
public final class RandomStream implements UniformRandomProvider {
  private static final RandomGeneratorFactory<RandomGenerator> SOURCE =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private final long seed;
  private @Nullable RandomGenerator source; // made when first used: many streams are only forked

  private RandomStream(long seed) {
    this.seed = seed;
  }

  /** The stream of a seed. */
  public static RandomStream of(long seed) {
    return new RandomStream(Hash64.mix(seed));
  }

  /** An independent stream for a purpose. It does not depend on what was drawn from this one. */
  public RandomStream fork(String label) {
    return new RandomStream(Hash64.combine(seed, Hash64.of(label)));
  }

  @Override
  public long nextLong() {
    RandomGenerator generator = source;
    if (generator == null) {
      generator = SOURCE.create(seed);
      source = generator;
    }
    return generator.nextLong();
  }

  /** Whether a thing of this probability, 0 to 1, happens. */
  public boolean chance(double probability) {
    return probability > 0 && (probability >= 1 || nextDouble() < probability);
  }

  /** An exponentially distributed number with mean 1. */
  public double nextExponential() {
    return ZigguratSampler.Exponential.of(this).sample();
  }

  /** A normally distributed number with mean 0 and deviation 1. */
  public double nextGaussian() {
    return ZigguratSampler.NormalizedGaussian.of(this).sample();
  }

  /** One element of a list that is not empty, each as likely. */
  public <T> T pick(List<T> list) {
    return list.get(nextInt(list.size()));
  }

  /** Puts a list in random order, in place (Fisher and Yates). */
  public void shuffle(List<?> list) {
    for (int i = list.size(); i > 1; i--) {
      Collections.swap(list, i - 1, nextInt(i));
    }
  }
}
