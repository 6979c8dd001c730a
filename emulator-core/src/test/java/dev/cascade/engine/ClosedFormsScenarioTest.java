package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Queues whose answers are known. All times are in services: the mean service is 1 (a millisecond).
 *
 * <p>The bound is the sample's own: the run is cut into 20 batches, each far longer than the
 * queue's memory (about 2 / (1 - load)² services), so that their means are nearly independent and
 * normal. With 19 degrees of freedom the exact mean lies within 3.88 standard errors with
 * probability 0.999. A second claim keeps the bound from being wide enough to say nothing.
 */
class ClosedFormsScenarioTest {
  private static final double MEAN_NANOS = 1e6;
  private static final int BATCHES = 20;
  private static final double T_999 = 3.883; // Student's t, 19 degrees of freedom, two-sided 0.1 %

  /** A customer: when it came, and its work. */
  private record Customer(long arrivedNanos, long workNanos) {}

  private record Queue(
      double load,
      int cores,
      CpuDiscipline discipline,
      int threads,
      int capacity,
      ToDoubleFunction<RandomStream> service) {}

  private record Sample(List<Double> values) {
    double mean() {
      return values.stream().mapToDouble(v -> v).average().orElseThrow();
    }

    /** Half of the interval that holds the exact mean with probability 0.999. */
    double halfWidth() {
      int size = values.size() / BATCHES;
      double[] means = new double[BATCHES];
      double mean = 0;
      for (int batch = 0; batch < BATCHES; batch++) {
        for (int i = 0; i < size; i++) {
          means[batch] += values.get(batch * size + i) / size;
        }
        mean += means[batch] / BATCHES;
      }
      double squares = 0;
      for (double batch : means) {
        squares += (batch - mean) * (batch - mean);
      }
      return T_999 * Math.sqrt(squares / (BATCHES - 1) / BATCHES);
    }

    void assertMean(double exact, double widestShare) {
      double half = halfWidth();
      assertThat(half).as("half width, of %s", exact).isLessThan(exact * widestShare);
      assertThat(mean()).isBetween(exact - half, exact + half);
    }
  }

  /** Sojourns of those that were served, in services; and who found no room. */
  private record Served(Sample sojourns, Sample lost, List<Double> works) {}

  /** A door at which customers arrive by themselves and take the threads in turn. */
  private static Behavior<Object> door(
      Env<Object> env, Queue queue, List<Double> sojourns, List<Double> works) {
    return Behaviors.setup(
        context -> {
          List<ActorRef<Customer>> threads = new ArrayList<>();
          for (int i = 0; i < queue.threads(); i++) {
            threads.add(env.spawn("thread-" + i, thread(queue, sojourns, works)));
          }
          RandomStream arrivals = env.random("arrivals");
          RandomStream services = env.random("services");
          double gap = MEAN_NANOS / (queue.load() * queue.cores());
          int[] turn = new int[1];
          context.getSelf().tell("next");
          return Behaviors.receiveMessage(
              next -> {
                long work = Math.round(queue.service().applyAsDouble(services) * MEAN_NANOS);
                threads
                    .get(turn[0]++ % queue.threads())
                    .tell(new Customer(env.nowNanos(), Math.max(1, work)));
                Duration wait = Duration.ofNanos(Math.round(arrivals.nextExponential() * gap));
                context.scheduleOnce(wait, context.getSelf(), "next");
                return Behaviors.same();
              });
        });
  }

  private static ProcessSpec<Customer> thread(
      Queue queue, List<Double> sojourns, List<Double> works) {
    return ProcessSpec.<Customer>of(
            env ->
                Behaviors.receiveMessage(
                    customer -> {
                      sojourns.add((env.nowNanos() - customer.arrivedNanos()) / MEAN_NANOS);
                      works.add(customer.workNanos() / MEAN_NANOS);
                      return Behaviors.same();
                    }))
        .cost(customer -> new Cost(customer.workNanos(), 0))
        .mailbox(queue.capacity(), Overflow.DROP_NEWEST);
  }

  private static Served serve(Queue queue, int customers) {
    List<Double> sojourns = new ArrayList<>();
    List<Double> works = new ArrayList<>();
    List<Double> lost = new ArrayList<>();
    World world =
        World.of()
            .seed(20)
            .hosts(
                "node",
                1,
                HostSpec.cores(queue.cores()).discipline(queue.discipline()),
                boot ->
                    boot.start(
                        "main", ProcessSpec.<Object>of(env -> door(env, queue, sojourns, works))));
    try (Engine engine = world.start()) {
      long end = Math.round(customers * MEAN_NANOS / (queue.load() * queue.cores()));
      World.run(engine, Duration.ofNanos(end / 10)); // from empty to its usual state
      sojourns.clear();
      works.clear();
      for (int batch = 1; batch <= BATCHES; batch++) {
        long servedBefore = sojourns.size();
        long lostBefore = engine.messages().droppedTotal();
        World.run(engine, Duration.ofNanos(end / 10 + end / BATCHES * batch));
        double now = engine.messages().droppedTotal() - lostBefore;
        lost.add(now / (now + sojourns.size() - servedBefore));
      }
      assertThat(engine.messages().missing()).isZero();
    }
    return new Served(new Sample(sojourns), new Sample(lost), works);
  }

  private static Queue single(double load, ToDoubleFunction<RandomStream> service) {
    return new Queue(load, 1, CpuDiscipline.PROCESSOR_SHARING, 1, 1_000_000, service);
  }

  /** So many threads that hardly any customer meets another at his: the cores alone are shared. */
  private static Queue crowd(
      double load, int cores, CpuDiscipline discipline, ToDoubleFunction<RandomStream> service) {
    return new Queue(load, cores, discipline, 400, 1_000_000, service);
  }

  private static double exponential(RandomStream random) {
    return random.nextExponential();
  }

  /** 0.1 with probability 0.9, else 9.1: the mean is 1, the second moment 8.29. */
  private static double twoPoint(RandomStream random) {
    return random.chance(0.9) ? 0.1 : 9.1;
  }

  private static final double TWO_POINT_SECOND_MOMENT = 0.9 * 0.01 + 0.1 * 82.81;

  @ParameterizedTest
  @CsvSource({"0.3, 50000", "0.6, 80000", "0.9, 400000", "0.95, 800000"})
  void mm1(double load, int customers) {
    serve(single(load, ClosedFormsScenarioTest::exponential), customers)
        .sojourns()
        .assertMean(1 / (1 - load), load > 0.9 ? 0.25 : 0.15);
  }

  @ParameterizedTest
  @CsvSource({"0.3, 50000", "0.7, 100000", "0.95, 600000"})
  void md1(double load, int customers) {
    serve(single(load, random -> 1), customers)
        .sojourns()
        .assertMean(1 + load / (2 * (1 - load)), 0.2);
  }

  @ParameterizedTest
  @CsvSource({"2, 0.5, 80000", "4, 0.3, 80000", "4, 0.9, 400000", "16, 0.9, 400000"})
  void mmc(int cores, double load, int customers) {
    double offered = cores * load;
    double term = 1;
    double sum = 0;
    for (int i = 0; i < cores; i++) {
      sum += term;
      term *= offered / (i + 1);
    }
    double waits = term / (1 - load) / (sum + term / (1 - load)); // Erlang's C
    serve(
            crowd(
                load,
                cores,
                CpuDiscipline.FIRST_COME_FIRST_SERVED,
                ClosedFormsScenarioTest::exponential),
            customers)
        .sojourns()
        .assertMean(1 + waits / (cores * (1 - load)), 0.15);
  }

  @ParameterizedTest
  @CsvSource({"0.7, 10, 200000", "0.95, 10, 200000", "1.5, 10, 100000", "0.9, 3, 100000"})
  void mm1k(double load, int places, int customers) {
    Queue queue =
        new Queue(
            load,
            1,
            CpuDiscipline.PROCESSOR_SHARING,
            1,
            places,
            ClosedFormsScenarioTest::exponential);
    Served served = serve(queue, customers);
    double weights = 0;
    double number = 0;
    for (int n = 0; n <= places; n++) {
      weights += Math.pow(load, n);
      number += n * Math.pow(load, n);
    }
    double full = Math.pow(load, places) / weights;
    served.lost().assertMean(full, 0.35);
    served.sojourns().assertMean(number / weights / (load * (1 - full)), 0.1);
  }

  @ParameterizedTest
  @CsvSource({"0.3, 200000", "0.5, 400000", "0.8, 800000"})
  void mg1FirstComeFirstServed(double load, int customers) {
    Served served =
        serve(
            crowd(
                load, 1, CpuDiscipline.FIRST_COME_FIRST_SERVED, ClosedFormsScenarioTest::twoPoint),
            customers);
    double wait = load * TWO_POINT_SECOND_MOMENT / (2 * (1 - load)); // Pollaczek and Khinchine
    served.sojourns().assertMean(1 + wait, 0.2);
    shortOnes(served).assertMean(0.1 + wait, 0.25);
  }

  @ParameterizedTest
  @CsvSource({"0.3, 100000", "0.5, 200000", "0.8, 400000"})
  void mg1ProcessorSharing(double load, int customers) {
    Served served =
        serve(
            crowd(load, 1, CpuDiscipline.PROCESSOR_SHARING, ClosedFormsScenarioTest::twoPoint),
            customers);
    // A service of x takes x / (1 - load), whatever the distribution: the two disciplines differ by
    // a factor of 21 for the short ones at a load of 0.5 (4.2 against 0.2 services).
    served.sojourns().assertMean(1 / (1 - load), 0.2);
    shortOnes(served).assertMean(0.1 / (1 - load), 0.2);
  }

  private static Sample shortOnes(Served served) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < served.works().size(); i++) {
      if (served.works().get(i) < 1) {
        values.add(served.sojourns().values().get(i));
      }
    }
    return new Sample(values);
  }

  @ParameterizedTest
  @CsvSource({"0.3", "0.7"})
  void processorSharingDoesNotCareForTheDistribution(double load) {
    serve(crowd(load, 1, CpuDiscipline.PROCESSOR_SHARING, random -> 1), 150_000)
        .sojourns()
        .assertMean(1 / (1 - load), 0.1);
    serve(
            crowd(load, 1, CpuDiscipline.PROCESSOR_SHARING, ClosedFormsScenarioTest::exponential),
            150_000)
        .sojourns()
        .assertMean(1 / (1 - load), 0.1);
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.8"})
  void aTandemIsTwoQueuesThatKnowNothingOfEachOther(double load) {
    // Burke: what leaves M/M/1 is Poisson again. Two threads on two cores, each with its own queue.
    List<Double> sojourns = new ArrayList<>();
    World world =
        World.of()
            .seed(3)
            .hosts(
                "node",
                1,
                HostSpec.cores(2),
                boot ->
                    boot.start("main", ProcessSpec.<Object>of(env -> tandem(env, load, sojourns))));
    try (Engine engine = world.start()) {
      World.run(engine, Duration.ofSeconds(5));
      sojourns.clear();
      World.run(engine, Duration.ofSeconds(305));
    }
    new Sample(sojourns).assertMean(2 / (1 - load), 0.15);
  }

  private static Behavior<Object> tandem(Env<Object> env, double load, List<Double> sojourns) {
    return Behaviors.setup(
        context -> {
          RandomStream random = env.random("tandem");
          ActorRef<Customer> second =
              env.spawn("second", station(customer -> note(env, customer, sojourns)));
          ActorRef<Customer> first =
              env.spawn(
                  "first",
                  station(
                      customer ->
                          second.tell(
                              new Customer(
                                  customer.arrivedNanos(),
                                  Math.round(random.nextExponential() * MEAN_NANOS)))));
          context.getSelf().tell("next");
          return Behaviors.receiveMessage(
              next -> {
                long work = Math.round(random.nextExponential() * MEAN_NANOS);
                first.tell(new Customer(env.nowNanos(), work));
                context.scheduleOnce(
                    Duration.ofNanos(Math.round(random.nextExponential() * MEAN_NANOS / load)),
                    context.getSelf(),
                    "next");
                return Behaviors.same();
              });
        });
  }

  private static ProcessSpec<Customer> station(java.util.function.Consumer<Customer> then) {
    return ProcessSpec.<Customer>of(
            env ->
                Behaviors.receiveMessage(
                    customer -> {
                      then.accept(customer);
                      return Behaviors.same();
                    }))
        .cost(customer -> new Cost(customer.workNanos(), 0));
  }

  private static void note(Env<Object> env, Customer customer, List<Double> sojourns) {
    sojourns.add((env.nowNanos() - customer.arrivedNanos()) / MEAN_NANOS);
  }

  // ---- the knee of a 16-core node

  private static final int PROGRAMS = 25;
  private static final Duration PERIOD = Duration.ofMillis(10);
  private static final Duration BURST = Duration.ofMillis(3); // 0.3 of a core

  /**
   * 25 programs work 3 of every 10 ms, evenly spread, and d threads always. Below 16 cores of
   * demand a burst takes its 3 ms. Above, n = d + 25 R / 10 threads are runnable where R = 3 n / 16
   * is what a burst takes: n = d / (1 - 7.5 / 16).
   */
  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
  void theKneeOfANodeIsWhereDemandPassesItsCores(int wakeUp) {
    List<Double> bursts = new ArrayList<>();
    World world =
        World.of()
            .hosts(
                "node",
                1,
                HostSpec.cores(16),
                boot -> {
                  for (int i = 0; i < PROGRAMS; i++) {
                    Duration phase = PERIOD.multipliedBy(i).dividedBy(PROGRAMS);
                    boot.start("program-" + i, program(phase, bursts));
                  }
                  for (int i = 0; i < wakeUp; i++) {
                    boot.start("wake-up-" + i, busy());
                  }
                });
    try (Engine engine = World.run(world.start(), Duration.ofSeconds(2))) {
      bursts.clear(); // it has settled
      World.run(engine, Duration.ofSeconds(4));
    }
    double mean = new Sample(bursts).mean();
    double runnable = wakeUp / (1 - 7.5 / 16);
    if (wakeUp <= 8) {
      assertThat(mean).isEqualTo(3.0);
    } else {
      assertThat(mean).isBetween(3 * runnable / 16 * 0.97, 3 * runnable / 16 * 1.03);
    }
  }

  private static ProcessSpec<Object> program(Duration phase, List<Double> bursts) {
    return ProcessSpec.<Object>of(
            env ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerAtFixedRate("burst", phase.plusMillis(1), PERIOD);
                      long[] due = {phase.plusMillis(1).toNanos()};
                      return Behaviors.receiveMessage(
                          burst -> {
                            bursts.add((env.nowNanos() - due[0]) / 1e6);
                            due[0] += PERIOD.toNanos();
                            return Behaviors.same();
                          });
                    }))
        .cost(burst -> Cost.work(BURST));
  }

  private static ProcessSpec<Object> busy() {
    return ProcessSpec.<Object>of(
            env ->
                Behaviors.setup(
                    context -> {
                      context.getSelf().tell("on");
                      return Behaviors.receiveMessage(
                          on -> {
                            context.getSelf().tell("on");
                            return Behaviors.same();
                          });
                    }))
        .cost(on -> Cost.work(Duration.ofMillis(7)));
  }
}
