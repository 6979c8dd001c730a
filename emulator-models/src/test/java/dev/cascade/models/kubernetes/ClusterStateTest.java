package dev.cascade.models.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServerConfig;
import dev.cascade.node.Address;
import dev.cascade.node.QueueSpec;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reports and decisions change of a cluster. */
class ClusterStateTest {
  private static final ServerConfig SERVER =
      new ServerConfig(
          1,
          QueueSpec.of(1),
          List.of(Endpoint.cpu("/", DurationDistribution.constant(Duration.ofMillis(1)))));

  private final ClusterState state =
      new ClusterState(
          List.of(
              new DeploymentConfig(
                  "web", 2, 1, List.of(), TrafficPolicy.CLUSTER, SERVER, null, null, null)));

  private boolean heard(String node, long nowNanos, String... readyPods) {
    return state.heard(
        new ApiServer.NodeStatus(
            Address.of(node, Kubelet.PROCESS), "a", "workers", 2, List.of(readyPods)),
        nowNanos);
  }

  @Test
  void aReadyPodOfAReadyNodeIsAnEndpoint() {
    assertThat(heard("n", 0)).isTrue();
    state.createPod("web");
    assertThat(state.endpoints("web")).isEmpty();
    assertThat(state.bind("web-1", "n")).isTrue();
    assertThat(state.endpoints("web")).isEmpty();

    assertThat(heard("n", 1, "web-1")).isFalse();
    assertThat(state.endpoints("web")).containsExactly(Address.of("n", "pod-web-1"));

    heard("n", 2);
    assertThat(state.endpoints("web")).isEmpty();
  }

  @Test
  void aDecisionThatWasOvertakenChangesNothing() {
    heard("n", 0);
    state.createPod("web");

    assertThat(state.bind("web-1", "nowhere")).isFalse();
    assertThat(state.bind("web-2", "n")).isFalse();
    assertThat(state.bind("web-1", "n")).isTrue();
    assertThat(state.bind("web-1", "n")).isFalse();
    assertThat(state.scale("other", 3)).isFalse();
  }

  @Test
  void aSilentNodeIsLostThenForgottenWithItsPods() {
    heard("n", 0);
    state.createPod("web");
    state.bind("web-1", "n");
    heard("n", 10, "web-1");

    assertThat(state.loseNodesSilentSince(10)).isEmpty();
    assertThat(state.loseNodesSilentSince(11)).containsExactly("n");
    assertThat(state.loseNodesSilentSince(12)).isEmpty();
    assertThat(state.endpoints("web")).isEmpty();
    assertThat(state.view().pods()).hasSize(1);

    assertThat(state.removeNodesSilentSince(11)).containsExactly("n");
    assertThat(state.view().pods()).isEmpty();
    assertThat(state.view().nodes()).isEmpty();
  }

  @Test
  void whatWasKeptIsRestored() {
    heard("n", 0);
    state.scale("web", 5);
    state.createPod("web");
    state.bind("web-1", "n");

    ClusterState after = new ClusterState(state.deployments());
    after.restore(state.view());

    assertThat(after.view()).isEqualTo(state.view());
    after.createPod("web");
    assertThat(after.view().pods()).extracting(ClusterView.Pod::name).contains("web-2");
  }
}
