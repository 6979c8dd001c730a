package dev.cascade.models.aws;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * The small service of the incident, calculated without the emulator: two pods of five workers
 * before a listen queue of 100, 20 users a second and a burst of 8 checks a node every 5 s. Whoever
 * finds the queue full comes again after 1, 3, 7 and 15 s. Times are seconds.
 */
final class BurstQueue {
  private static final double[] AGAIN = {1, 2, 4, 8}; // after the attempt before
  private static final double RUN = 900;
  private static final double WARM_UP = 60;

  private final int nodes;
  private final List<Double> waits = new ArrayList<>();
  private long checks;
  private long lostChecks;

  private record Customer(double came, double work, boolean check, int pod) {}

  /** An attempt to get in; or, with a negative count, a worker of the pod that is done. */
  private record Event(double time, Customer customer, int attempts) {}

  BurstQueue(int nodes) {
    this.nodes = nodes;
  }

  void run(long seed) {
    Random random = new Random(seed);
    PriorityQueue<Event> events = new PriorityQueue<>((a, b) -> Double.compare(a.time(), b.time()));
    for (double t = exponential(random, 0.05); t < RUN; t += exponential(random, 0.05)) {
      double hold = exponential(random, random.nextDouble() < 0.95 ? 0.097 : 1.497);
      events.add(new Event(t, new Customer(t, 0.003 + hold, false, random.nextInt(2)), 0));
    }
    for (int checker = 0; checker < 8 * nodes; checker++) {
      for (double t = 0.01 * random.nextDouble(); t < RUN; t += 5) {
        events.add(new Event(t, new Customer(t, 0.01, true, random.nextInt(2)), 0));
        checks++;
      }
    }

    List<ArrayDeque<Customer>> queues = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    int[] idle = {5, 5};
    for (Event event = events.poll(); event != null; event = events.poll()) {
      Customer customer = event.customer();
      int pod = customer.pod();
      ArrayDeque<Customer> queue = queues.get(pod);
      if (event.attempts() < 0) {
        Customer next = queue.poll();
        if (next == null) {
          idle[pod]++;
        } else {
          start(next, event.time(), events);
        }
      } else if (idle[pod] > 0) {
        idle[pod]--;
        start(customer, event.time(), events);
      } else if (queue.size() < 100) {
        queue.add(customer);
      } else {
        lostChecks += customer.check() ? 1 : 0;
        if (event.attempts() < AGAIN.length) {
          double again = event.time() + AGAIN[event.attempts()];
          events.add(new Event(again, customer, event.attempts() + 1));
        }
      }
    }
  }

  private void start(Customer customer, double now, PriorityQueue<Event> events) {
    events.add(new Event(now + customer.work(), customer, -1));
    if (!customer.check() && customer.came() > WARM_UP) {
      waits.add(now - customer.came());
    }
  }

  private static double exponential(Random random, double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  double waitSeconds(double quantile) {
    return waits.stream().sorted().toList().get((int) (quantile * waits.size()));
  }

  double lostPer1000Checks() {
    return 1000.0 * lostChecks / checks;
  }
}
