package dev.cascade.models.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.http.Retries;
import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServiceConfig;
import dev.cascade.models.service.ServiceModel;
import dev.cascade.models.world.Interval;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.QueueSpec;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies against closed forms; each seed is one observation. */
class BalancingTheoryScenarioTest {
  private static final int RUNS = 14;

  /**
   * The mean work of a request. A proxy learns of an answer 1 ms late, and a host of a request: so
   * much longer, that a ten-thousandth of all requests finds it so.
   */
  private static final int WORK_SECONDS = 10;

  private static final double ROUND_TRIP = 0.002;

  private static TestWorld world(long seed, BalancerConfig balancer, int hosts, double load) {
    ServiceConfig service =
        ServiceConfig.of(
            1,
            QueueSpec.of(10_000),
            List.of(
                new Endpoint(
                    "/",
                    "/",
                    DurationDistribution.constant(Duration.ZERO),
                    DurationDistribution.exponential(Duration.ofSeconds(WORK_SECONDS)),
                    null)));
    LoadConfig users =
        LoadConfig.atRate("proxy", "/", load * hosts / WORK_SECONDS)
            .patience(Duration.ofDays(1), Retries.NONE);
    return TestWorld.start(
        seed,
        TestWorld.entry("shop", new ServiceModel(), service, hosts),
        TestWorld.entry(
            "proxy",
            new BalancerModel(),
            balancer.bounds(BalancerConfig.DEFAULT_MAX_CONNECTIONS, Duration.ofDays(1)),
            1),
        TestWorld.entry("users", new LoadModel(), users, 1));
  }

  /** The share of hosts at which at least 1, 2, … requests are, over time. */
  private static double[] tails(
      long seed, BalancerConfig balancer, int hosts, double load, int most) {
    double[] tails = new double[most];
    int samples = 500;
    try (TestWorld world = world(seed, balancer, hosts, load)) {
      world.runFor(Duration.ofSeconds(100L * WORK_SECONDS));
      for (int sample = 0; sample < samples; sample++) {
        world.runFor(Duration.ofSeconds(WORK_SECONDS));
        for (int i = 1; i <= hosts; i++) {
          double there =
              world.gaugeOf("shop-" + i, "service_threads_busy")
                  + world.gaugeOf("shop-" + i, "service_queue_length");
          for (int length = 1; length <= Math.min(most, there); length++) {
            tails[length - 1] += 1.0 / samples / hosts;
          }
        }
      }
    }
    return tails;
  }

  /**
   * The supermarket model (Mitzenmacher 1996; Vvedenskaya, Dobrushin and Karpelevich 1996): with d
   * choices, as the number of hosts grows, the share of hosts with i or more requests tends to
   * load^((d^i - 1) / (d - 1)); with one choice it is load^i, for any number of hosts.
   *
   * <p>With n hosts that is wrong by an amount in proportion to 1/n, and by far less besides (Gast
   * and Van Houdt 2017): twice the share with 2n hosts less that with n hosts is free of it.
   */
  @ParameterizedTest
  @CsvSource({"2, 0.7", "2, 0.9"})
  void choicesShortenQueuesAsInTheSupermarketModel(int choices, double load) {
    int most = 4;
    int hosts = 20;
    BalancerConfig config = BalancerConfig.of("shop", LbPolicy.LEAST_REQUEST).choices(choices);
    double[][] observed = new double[most][RUNS];
    for (int run = 0; run < RUNS; run++) {
      double[] few = tails(run + 1L, config, hosts, load, most);
      double[] many = tails(run + 1L, config, 2 * hosts, load, most);
      for (int i = 0; i < most; i++) {
        observed[i][run] = 2 * many[i] - few[i];
      }
    }

    for (int i = 1; i <= most; i++) {
      double expected = tail(load, choices, i);
      if (expected > 0.3) { // what is rarer was seen too seldom to say much
        Interval.of(observed[i - 1]).assertHolds(expected);
      }
      if (expected > 0.3 && tail(load, choices, i + 1) <= 0.3) {
        // The longest of them tells one choice more and one fewer apart.
        assertThat(Interval.of(observed[i - 1]).high()).isLessThan(tail(load, choices - 1, i));
        assertThat(Interval.of(observed[i - 1]).low()).isGreaterThan(tail(load, choices + 1, i));
      }
    }
  }

  private static double tail(double load, int choices, int length) {
    double exponent = choices == 1 ? length : (Math.pow(choices, length) - 1) / (choices - 1);
    return Math.pow(load, exponent);
  }

  /** Each host behind a proxy that does not look is a queue of its own: M/M/1, load^i. */
  @Test
  void randomIsAsManyQueues() {
    double load = 0.7;
    double[][] observed = new double[4][RUNS];
    for (int run = 0; run < RUNS; run++) {
      double[] tails = tails(run + 1L, BalancerConfig.of("shop", LbPolicy.RANDOM), 20, load, 4);
      for (int i = 0; i < 4; i++) {
        observed[i][run] = tails[i];
      }
    }
    for (int i = 1; i <= 4; i++) {
      double expected = Math.pow(load, i);
      Interval.of(observed[i - 1]).assertHolds(expected);
    }
  }

  /**
   * Round robin over n hosts gives each of them every nth arrival: E(n)/M/1. With s the root below
   * 1 of s = (n r / (n r + 1 - s))^n at load r, a request takes 1 / (1 - s) times its work.
   */
  @ParameterizedTest
  @CsvSource({"1, 0.8", "2, 0.8", "8, 0.8"})
  void roundRobinMakesArrivalsRegular(int hosts, double load) {
    double s = 0;
    for (int i = 0; i < 10_000; i++) {
      s = Math.pow(hosts * load / (hosts * load + 1 - s), hosts);
    }
    double expected = WORK_SECONDS / (1 - s) + ROUND_TRIP;

    double[] means = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      try (TestWorld world =
          world(run + 1L, BalancerConfig.of("shop", LbPolicy.ROUND_ROBIN), hosts, load)) {
        world.runFor(Duration.ofSeconds(20_000L * WORK_SECONDS / hosts));
        double[] all = world.seconds("balancer_request_duration_seconds");
        means[run] = Arrays.stream(all).average().orElseThrow();
      }
    }

    Interval.of(means).assertHolds(expected);
  }
}
