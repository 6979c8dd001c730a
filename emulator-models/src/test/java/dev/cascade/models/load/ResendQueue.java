package dev.cascade.models.load;

import java.util.PriorityQueue;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A calculation that knows nothing of the emulator: requests by chance, a queue before servers that
 * all take the same time, and users who send again once if no answer is there in time. Nothing that
 * was sent before it begins has arrived.
 */
final class ResendQueue {
  private static final double WAY_SECONDS = 0.001;

  private final double perSecond;
  private final double serviceSeconds;
  private final double timeoutSeconds;
  private final double[] departures;
  private int arrived;

  private record Attempt(double sentSeconds, boolean isFirst) {}

  ResendQueue(double perSecond, int servers, double serviceSeconds, double timeoutSeconds) {
    this.perSecond = perSecond;
    this.serviceSeconds = serviceSeconds;
    this.timeoutSeconds = timeoutSeconds;
    this.departures = new double[servers];
  }

  /** Whether somebody was answered in time in the last second before the end. */
  boolean isGoodAt(long seed, double endSeconds) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    PriorityQueue<Attempt> attempts =
        new PriorityQueue<>((a, b) -> Double.compare(a.sentSeconds(), b.sentSeconds()));
    attempts.add(new Attempt(-timeoutSeconds + gap(random), true));
    while (true) {
      Attempt attempt = attempts.remove();
      double now = attempt.sentSeconds();
      if (now >= endSeconds) {
        return false;
      }
      if (attempt.isFirst()) {
        attempts.add(new Attempt(now + gap(random), true));
      }
      boolean inTime = now >= 0 && answeredAt(now) <= now + timeoutSeconds;
      if (inTime && now >= endSeconds - 1) {
        return true;
      }
      if (!inTime && attempt.isFirst()) {
        attempts.add(new Attempt(now + timeoutSeconds, false));
      }
    }
  }

  private double gap(UniformRandomProvider random) {
    return -Math.log(1 - random.nextDouble()) / perSecond;
  }

  /** First come, first served, all equally long: one leaves as soon as the n-th before has left. */
  private double answeredAt(double sentSeconds) {
    int server = arrived++ % departures.length;
    double begun = Math.max(sentSeconds + WAY_SECONDS, departures[server]);
    departures[server] = begun + serviceSeconds;
    return departures[server] + WAY_SECONDS;
  }
}
