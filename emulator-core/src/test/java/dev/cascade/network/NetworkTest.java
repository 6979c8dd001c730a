package dev.cascade.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.HostInfo;
import dev.cascade.random.DurationDistribution;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which link lies between two hosts, whoever was asked about before. */
class NetworkTest {
  private static LinkProfile constant(long millis) {
    return LinkProfile.of(Duration.ofMillis(millis), Duration.ZERO);
  }

  private static final NetworkPlan SPEC =
      new NetworkPlan(
          constant(1),
          List.of(
              new LinksBetween(new HostSet.Entry("near"), HostSet.ALL, constant(2).bandwidth(1e6)),
              new LinksBetween(new HostSet.Entry("far"), HostSet.ALL, constant(3).bandwidth(2e6))),
          DurationDistribution.constant(Duration.ofNanos(50_000)),
          List.of(),
          1_000);

  private static LinkEnd end(Network network, String entry) {
    return network.end(new HostInfo(entry + "-1", "", entry, "host"));
  }

  @Test
  void aHostThatIsGoneLiesBehindTheLinkOfWhoSendsThere() {
    Network network = new Network(SPEC);
    RandomStream random = RandomStream.of(1);
    for (String entry : List.of("near", "far", "other", "near")) {
      long millis = entry.equals("near") ? 2 : entry.equals("far") ? 3 : 1;
      assertThat(network.decide(end(network, entry), LinkEnd.ANY, random).delayNanos())
          .as(entry)
          .isEqualTo(millis * 1_000_000);
    }
  }

  @Test
  void ofABandwidthAndItsFaultsTheLeastCounts() {
    Network network = new Network(SPEC);
    LinkEnd near = end(network, "near");
    LinkEnd far = end(network, "far");
    assertThat(network.isNarrow()).isTrue();
    assertThat(network.bytesPerSecond(far, near)).isEqualTo(2e6);
    assertThat(network.bytesPerSecond(end(network, "other"), near)).isInfinite();

    network.apply("a", new LinkFault(HostSet.ALL, HostSet.ALL, new LinkFault.Narrow(1.5e6)));
    assertThat(network.bytesPerSecond(near, far)).isEqualTo(1e6);
    assertThat(network.bytesPerSecond(far, near)).isEqualTo(1.5e6);
    assertThat(network.bytesPerSecond(end(network, "other"), near)).isEqualTo(1.5e6);

    network.lift("a");
    assertThat(network.bytesPerSecond(far, near)).isEqualTo(2e6);
  }

  @Test
  void aNetworkIsNarrowWhileAFaultSaysSo() {
    Network network = new Network(NetworkPlan.uniform(constant(1)));
    assertThat(network.isNarrow()).isFalse();
    network.apply("a", new LinkFault(HostSet.ALL, HostSet.ALL, new LinkFault.Narrow(1e6)));
    assertThat(network.isNarrow()).isTrue();
    network.lift("a");
    assertThat(network.isNarrow()).isFalse();
  }
}
