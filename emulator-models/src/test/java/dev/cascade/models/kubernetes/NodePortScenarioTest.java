package dev.cascade.models.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.Entry;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServerConfig;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.QueueSpec;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** Connections that come in at a NodePort. */
class NodePortScenarioTest {
  private static final int CONNECTIONS = 4_000;

  private static DeploymentConfig deployment(int pods, TrafficPolicy policy) {
    ServerConfig server =
        new ServerConfig(
            5,
            QueueSpec.of(CONNECTIONS),
            List.of(Endpoint.cpu("/", DurationDistribution.constant(Duration.ofNanos(1_000)))));
    return new DeploymentConfig(
        "web", pods, 1.5, List.of(30080), policy, server, null, ProbeConfig.of("/"), null);
  }

  /** Asks a node's port many times, 30 s after the start. */
  private static Entry client(String node, Map<String, Integer> outcomes) {
    return Entry.of(
        "client",
        1,
        placement -> {
          placement.template(
              "client",
              HostSpec.cores(1),
              boot -> boot.start("main", client(Address.of(node, "kube-proxy/30080"), outcomes)));
          placement.replicas("client");
        });
  }

  private static ProcessSpec<Object> client(Address port, Map<String, Integer> outcomes) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> {
                  timers.startSingleTimer("start", Duration.ofSeconds(30));
                  return Behaviors.receiveMessage(
                      message -> {
                        if (message instanceof Outcome outcome) {
                          outcomes.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
                        } else {
                          for (int i = 0; i < CONNECTIONS; i++) {
                            env.request(
                                port,
                                connection -> new HttpRequest("/", connection),
                                Duration.ofSeconds(10),
                                outcome -> outcome);
                          }
                        }
                        return Behaviors.same();
                      });
                }));
  }

  private static Map<String, Integer> ask(DeploymentConfig web, String node, int nodes) {
    Map<String, Integer> outcomes = new TreeMap<>();
    try (TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry(
                "cluster", new KubernetesModel(), ClusterConfig.of(List.of(web), null), nodes),
            client(node, outcomes))) {
      world.runFor(Duration.ofSeconds(29));
      Map<String, Long> before = served(world, nodes);
      world.runFor(Duration.ofSeconds(31));
      assertThat(world.engine().messages().missing()).isZero();
      Map<String, Long> after = served(world, nodes);
      after.forEach(
          (host, count) -> outcomes.put(host, (int) (count - before.getOrDefault(host, 0L))));
    }
    return outcomes;
  }

  /** CPU time of each node in requests: 1 µs each, and nothing else costs any. */
  private static Map<String, Long> served(TestWorld world, int nodes) {
    Map<String, Long> served = new TreeMap<>();
    for (int i = 1; i <= nodes; i++) {
      String host = "cluster-" + i;
      served.put(host, Math.round(world.engine().cpuUsedNanos(host) / 1_000));
    }
    return served;
  }

  @Test
  void anyPodIsAsLikelyWhereverItRuns() {
    Map<String, Integer> outcomes = ask(deployment(2, TrafficPolicy.CLUSTER), "cluster-1", 2);

    assertThat(outcomes).containsEntry("Reply", CONNECTIONS);
    // Binomial, 4,000 times one half: five deviations are 158; a few probes come on top.
    assertThat(outcomes.get("cluster-1")).isBetween(CONNECTIONS / 2 - 158, CONNECTIONS / 2 + 168);
    assertThat(outcomes.get("cluster-2")).isBetween(CONNECTIONS / 2 - 158, CONNECTIONS / 2 + 168);
  }

  @Test
  void withoutEndpointsAConnectionIsRefused() {
    assertThat(ask(deployment(0, TrafficPolicy.CLUSTER), "cluster-1", 1))
        .containsEntry("Refused", CONNECTIONS);
  }

  @Test
  void withTheLocalPolicyANodeServesItsOwnPodsOrNobody() {
    DeploymentConfig one = deployment(1, TrafficPolicy.LOCAL);
    Map<String, Integer> first = ask(one, "cluster-1", 2);
    Map<String, Integer> second = ask(one, "cluster-2", 2);

    // One of the two nodes has the pod, the same in both runs of this seed.
    Map<String, Integer> served = first.containsKey("Reply") ? first : second;
    Map<String, Integer> silent = first.containsKey("Reply") ? second : first;
    assertThat(served).containsEntry("Reply", CONNECTIONS);
    assertThat(silent).containsEntry("TimedOut", CONNECTIONS).doesNotContainKey("Reply");
  }
}
