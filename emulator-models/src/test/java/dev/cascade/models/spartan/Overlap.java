package dev.cascade.models.spartan;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Two services change their sessions, calculated without the emulator, from the rules alone. Three
 * copies of (version, stage of each service). A service's home works for it, one worker after the
 * other: one for the loss of its session, one for the next session, and one for each further stage
 * until its stage is 3. A worker takes a copy of what its home has, needs a lognormal time, and
 * puts back what it took, with its own service changed, as that version plus one. The others take
 * it over 0.02 to 0.2 later, in order. Times are units.
 */
final class Overlap {
  private static final int COPIES = 3;
  private static final int STAGES = 3;

  private record Copy(long version, int first, int second) {
    int stage(int service) {
      return service == 0 ? first : second;
    }

    Copy put(int service, int stage) {
      return service == 0
          ? new Copy(version + 1, stage, second)
          : new Copy(version + 1, first, stage);
    }
  }

  private record Step(double time, long order, Runnable what) {}

  private final Random random;
  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(Comparator.comparingDouble(Step::time).thenComparingLong(Step::order));
  private final Copy[] copies = new Copy[COPIES];
  private final double[][] sentUntil = new double[COPIES][COPIES];
  private double now;
  private long order;
  private boolean rolledBack;

  private Overlap(Random random) {
    this.random = random;
    java.util.Arrays.fill(copies, new Copy(2, STAGES, STAGES));
  }

  /** The share of pairs, moved so many units apart, in which some copy's version falls. */
  static double rate(double apart, int pairs, long seed) {
    Random random = new Random(seed);
    int rollbacks = 0;
    for (int i = 0; i < pairs; i++) {
      rollbacks += new Overlap(random).rollsBack(apart) ? 1 : 0;
    }
    return (double) rollbacks / pairs;
  }

  private boolean rollsBack(double apart) {
    move(0, 0);
    move(1, apart);
    for (Step step = steps.poll(); step != null; step = steps.poll()) {
      now = step.time();
      step.what().run();
    }
    return rolledBack;
  }

  private void at(double time, Runnable what) {
    steps.add(new Step(time, order++, what));
  }

  /** The home of a service: what waits for its only worker, and which stage a pause is before. */
  private final class Home {
    private final int service;
    private final ArrayDeque<Integer> due = new ArrayDeque<>(); // stages; -1 for the next one
    private boolean busy;
    private int lastHeard;

    Home(int service) {
      this.service = service;
    }

    void hear(int stage) {
      lastHeard++;
      due.add(stage);
      work();
    }

    private void work() {
      if (busy || due.isEmpty()) {
        return;
      }
      busy = true;
      int wanted = due.remove();
      Copy base = copies[service];
      int stage = wanted >= 0 ? wanted : Math.min(base.stage(service) + 1, STAGES);
      double takes = 0.45 * Math.exp(0.6 * random.nextGaussian() - 0.18);
      at(now + takes, () -> commit(base.put(service, stage), stage));
    }

    private void commit(Copy next, int stage) {
      busy = false;
      take(service, next);
      for (int peer = 0; peer < COPIES; peer++) {
        if (peer != service) {
          int to = peer;
          double arrives =
              Math.max(sentUntil[service][to], now + 0.02 + 0.18 * random.nextDouble());
          sentUntil[service][to] = arrives;
          at(arrives, () -> take(to, next));
        }
      }
      int heard = lastHeard;
      if (due.isEmpty() && stage > 0 && stage < STAGES) {
        at(
            now + 0.25,
            () -> {
              if (heard == lastHeard) {
                due.add(-1);
                work();
              }
            });
      }
      work();
    }
  }

  private void move(int service, double when) {
    Home home = new Home(service);
    at(when, () -> home.hear(0));
    at(when + 0.05 + 0.95 * random.nextDouble(), () -> home.hear(1));
  }

  private void take(int copy, Copy next) {
    rolledBack |= next.version() < copies[copy].version();
    copies[copy] = next;
  }
}
