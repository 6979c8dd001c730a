package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.node.Ratio;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Between hosts time passes, and a rule says only what differs from the default link. */
class LinkTest {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  @Test
  void shortestLatencyIsWhatJitterLeaves() {
    assertThat(Link.of(MILLISECOND, Duration.ofNanos(300_000)).latencyMin())
        .isEqualTo(Duration.ofNanos(700_000));
    assertThat(Link.DEFAULT.latencyMin()).isEqualTo(Duration.ofNanos(400_000));
  }

  @Test
  void distributionWithoutLeastValueNeedsOne() {
    DurationDistribution exponential = DurationDistribution.exponential(MILLISECOND);

    assertThatThrownBy(
            () -> new Link(exponential, null, Duration.ZERO, Ratio.ZERO, Ratio.ZERO, null))
        .hasMessageContaining("Maybe set latencyMin");
    assertThat(
            new Link(
                    exponential,
                    Duration.ofNanos(1000),
                    Duration.ZERO,
                    Ratio.ZERO,
                    Ratio.ZERO,
                    null)
                .latencyMin())
        .isEqualTo(Duration.ofNanos(1000));
  }

  private static List<Link> links(String network, String rule) {
    String text =
        """
        apiVersion: cascade/v1alpha1
        kind: Scenario
        metadata: {name: x}
        spec:
          duration: 1m
          network: NETWORK
          topology:
            - {name: a, model: service, config: {threads: 1, queue: {capacity: 1}}}
          links:
            - {from: a, to: "*", RULE}
        """
            .replace("NETWORK", network)
            .replace("RULE", rule);
    return new ScenarioReader(TestModels.CATALOG)
        .read(new ScenarioSource("f.yaml", text), Overrides.NONE).scenario().links().stream()
            .map(LinkRule::link)
            .toList();
  }

  @Test
  void ruleInheritsWhatItDoesNotSay() {
    assertThat(links("{}", "loss: 5%"))
        .containsExactly(
            new Link(
                Link.DEFAULT.latency(),
                null,
                Link.DEFAULT.jitter(),
                Ratio.parse("5%"),
                Ratio.ZERO,
                null));
    assertThat(links("{default: {latency: 2ms, duplicate: 1%}}", "loss: 5%").get(0))
        .extracting(Link::latencyMin, Link::duplicate)
        .containsExactly(Duration.ofMillis(2), Ratio.parse("1%"));
  }

  @Test
  void latencyIsInheritedAsAWhole() {
    Link link = links("{default: {latency: 9ms, jitter: 2ms}}", "latency: 1ms").get(0);

    assertThat(link.jitter()).isZero();
    assertThat(link.latencyMin()).isEqualTo(MILLISECOND);
  }
}
