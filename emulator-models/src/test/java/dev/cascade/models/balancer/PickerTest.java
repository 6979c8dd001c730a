package dev.cascade.models.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often each policy picks whom: shares within 4 deviations of their binomial law. */
class PickerTest {
  private static final int DRAWS = 100_000;

  /** The shares of three hosts with 0, 1 and 2 requests open. */
  private static double[] shares(BalancerConfig config) {
    List<UpstreamHost> hosts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      UpstreamHost host = new UpstreamHost(Address.of("host-" + i, "server"), null, true);
      host.open = i;
      hosts.add(host);
    }
    Picker picker = new Picker(config, RandomStream.of(1));
    double[] shares = new double[3];
    for (int i = 0; i < DRAWS; i++) {
      shares[hosts.indexOf(Objects.requireNonNull(picker.pick(hosts)))] += 1.0 / DRAWS;
    }
    return shares;
  }

  private static void assertShares(double[] shares, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      double deviation = Math.sqrt(expected[i] * (1 - expected[i]) / DRAWS);
      assertThat(shares[i])
          .as("share of host %s", i)
          .isBetween(expected[i] - 4 * deviation - 1e-9, expected[i] + 4 * deviation + 1e-9);
    }
  }

  /** Drawn d times of 3: it is the least unless none of the draws is it, and so on. */
  @ParameterizedTest
  @CsvSource({"2", "3"})
  void leastRequestIsTheLeastOfItsChoices(int choices) {
    double none = Math.pow(2.0 / 3, choices); // of the draws is the idle one
    double onlyLast = Math.pow(1.0 / 3, choices);
    assertShares(
        shares(BalancerConfig.of("x", LbPolicy.LEAST_REQUEST).choices(choices)),
        1 - none,
        none - onlyLast,
        onlyLast);
  }

  @Test
  void aFullScanAlwaysFindsTheLeast() {
    assertShares(shares(BalancerConfig.of("x", LbPolicy.LEAST_REQUEST).fullScan()), 1, 0, 0);
  }

  @Test
  void randomDoesNotLook() {
    assertShares(shares(BalancerConfig.of("x", LbPolicy.RANDOM)), 1 / 3.0, 1 / 3.0, 1 / 3.0);
  }

  @Test
  void aFullScanPicksAnyOfThoseThatHaveAsFew() {
    List<UpstreamHost> hosts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      hosts.add(new UpstreamHost(Address.of("host-" + i, "server"), null, true));
    }
    hosts.get(1).open = 1;
    Picker picker =
        new Picker(BalancerConfig.of("x", LbPolicy.LEAST_REQUEST).fullScan(), RandomStream.of(1));
    double[] shares = new double[3];
    for (int i = 0; i < DRAWS; i++) {
      shares[hosts.indexOf(Objects.requireNonNull(picker.pick(hosts)))] += 1.0 / DRAWS;
    }
    assertShares(shares, 0.5, 0, 0.5);
  }

  @Test
  void roundRobinTakesTurns() {
    List<UpstreamHost> hosts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      hosts.add(new UpstreamHost(Address.of("host-" + i, "server"), null, true));
    }
    Picker picker = new Picker(BalancerConfig.of("x", LbPolicy.ROUND_ROBIN), RandomStream.of(1));
    List<UpstreamHost> six = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      six.add(picker.pick(hosts));
    }
    assertThat(six.subList(0, 3)).containsExactlyInAnyOrderElementsOf(hosts);
    assertThat(six.subList(3, 6)).isEqualTo(six.subList(0, 3));
    assertThat(picker.pick(List.of())).isNull();
  }
}
