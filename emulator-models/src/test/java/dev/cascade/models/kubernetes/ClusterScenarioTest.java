package dev.cascade.models.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.Entry;
import dev.cascade.engine.RecordedEvent;
import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServerConfig;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.QueueSpec;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pods from what is wanted to what is served, and what failures do to them. */
class ClusterScenarioTest {
  private static final ServerConfig SERVER =
      new ServerConfig(
          2,
          QueueSpec.of(10),
          List.of(Endpoint.cpu("/", DurationDistribution.constant(Duration.ofMillis(1)))));

  /** An assignment takes a second or two, a pod's start 5 s, its first probe up to 10 s. */
  private static final Duration STARTED = Duration.ofSeconds(20);

  /** Three probes, 10 s apart, must fail; the report and the next tick follow. */
  private static final Duration NOTICED = Duration.ofSeconds(35);

  private static ClusterConfig cluster(int pods, @Nullable ProbeConfig liveness) {
    return ClusterConfig.of(
        List.of(
            new DeploymentConfig(
                "web",
                pods,
                1,
                List.of(30080),
                TrafficPolicy.CLUSTER,
                SERVER,
                null,
                ProbeConfig.of("/"),
                liveness)),
        null);
  }

  private static TestWorld world(int nodes, ClusterConfig config) {
    Entry entry = TestWorld.entry("cluster", new KubernetesModel(), config, nodes);
    return TestWorld.start(1, entry);
  }

  private static double endpoints(TestWorld world) {
    return world.gauge("kubernetes_service_endpoints", "service=\"web\"");
  }

  /** Where the first pod runs, as its kubelet recorded it. */
  private static Address firstPod(TestWorld world) {
    String host =
        world.engine().takeEvents().stream()
            .filter(event -> event.name().equals("pod-ready"))
            .filter(event -> "web-1".equals(event.fields().get("pod")))
            .map(RecordedEvent::host)
            .findFirst()
            .orElseThrow();
    return Address.of(host, "pod-web-1");
  }

  @Test
  void podsBecomeEndpointsWhereThereIsRoom() {
    try (TestWorld world = world(2, cluster(5, null))) {
      world.runFor(STARTED);

      assertThat(endpoints(world)).isEqualTo(4); // two cores a node, one each pod
      assertThat(world.gauge("kubernetes_pods_pending")).isEqualTo(1);
      assertThat(world.count("scheduler_pods_bound_total")).isEqualTo(4);
    }
  }

  @Test
  void aPodThatFailsItsReadinessProbeGetsNoRequestsUntilItPasses() {
    try (TestWorld world = world(2, cluster(2, null))) {
      world.runFor(STARTED);
      Address pod = firstPod(world);

      world.engine().pauseProcess(pod, true);
      world.runFor(NOTICED);
      assertThat(endpoints(world)).isEqualTo(1);

      world.engine().pauseProcess(pod, false);
      world.runFor(Duration.ofSeconds(15)); // one probe
      assertThat(endpoints(world)).isEqualTo(2);
      assertThat(world.count("kubelet_container_restarts_total")).isZero();
    }
  }

  @Test
  void aPodThatFailsItsLivenessProbeIsRestarted() {
    try (TestWorld world = world(2, cluster(2, ProbeConfig.of("/")))) {
      world.runFor(STARTED);

      world.engine().pauseProcess(firstPod(world), true);
      world.runFor(NOTICED);
      assertThat(endpoints(world)).isEqualTo(1);
      assertThat(world.count("kubelet_container_restarts_total", "reason=\"liveness\""))
          .isEqualTo(1);

      world.runFor(Duration.ofSeconds(25)); // 10 s of back-off, then a probe
      assertThat(endpoints(world)).isEqualTo(2);
    }
  }

  @Test
  void aPodThatExitsIsRestarted() {
    try (TestWorld world = world(2, cluster(2, null))) {
      world.runFor(STARTED);

      world.engine().crashProcess(firstPod(world));
      world.runFor(Duration.ofSeconds(3)); // the kubelet looks once a second
      assertThat(endpoints(world)).isEqualTo(1);

      world.runFor(Duration.ofSeconds(25));
      assertThat(endpoints(world)).isEqualTo(2);
      assertThat(world.count("kubelet_container_restarts_total", "reason=\"exited\"")).isEqualTo(1);
    }
  }

  @Test
  void podsOfALostNodeStartElsewhereAfterFiveMinutes() {
    try (TestWorld world = world(3, cluster(3, null))) {
      world.runFor(STARTED);
      assertThat(endpoints(world)).isEqualTo(3);

      world.engine().crashHost("cluster-1");
      world.runFor(Duration.ofSeconds(60)); // 40 s of grace, looked at every 5 s
      assertThat(world.gauge("kubernetes_nodes_ready")).isEqualTo(2);
      assertThat(endpoints(world)).isEqualTo(2);

      world.runFor(Duration.ofMinutes(5).plus(STARTED));
      assertThat(endpoints(world)).isEqualTo(3);
    }
  }

  @Test
  void operatorsScaleADeploymentUpAndDown() {
    try (TestWorld world = world(2, cluster(1, null))) {
      world.runFor(STARTED);
      assertThat(endpoints(world)).isEqualTo(1);

      scale(world, 4);
      world.runFor(STARTED);
      assertThat(endpoints(world)).isEqualTo(4);

      scale(world, 2);
      world.runFor(Duration.ofSeconds(45)); // 30 s of grace for the pods
      assertThat(endpoints(world)).isEqualTo(2);
      assertThat(world.engine().takeEvents())
          .filteredOn(event -> event.name().equals("pod-stopped"))
          .extracting(event -> event.fields().get("pod"))
          .containsExactlyInAnyOrder("web-3", "web-4");
    }
  }

  private static void scale(TestWorld world, int replicas) {
    world
        .engine()
        .command(
            Address.of("cluster-control", ApiServer.PROCESS),
            new ApiServer.ScaleDeployment("web", replicas),
            Duration.ZERO);
  }

  @Test
  void theControlPlaneForgetsNothingInACrash() {
    try (TestWorld world = world(2, cluster(2, null))) {
      world.runFor(STARTED);
      Address apiServer = Address.of("cluster-control", ApiServer.PROCESS);

      world.engine().crashProcess(apiServer);
      world.engine().startProcess(apiServer);
      world.runFor(STARTED);

      assertThat(world.count("scheduler_pods_bound_total")).isEqualTo(2);
      assertThat(endpoints(world)).isEqualTo(2);
    }
  }

  @Test
  void aKubeletThatComesBackAdoptsThePodsThatWentOnRunning() {
    try (TestWorld world = world(1, cluster(2, ProbeConfig.of("/")))) {
      world.runFor(STARTED);
      Address kubelet = Address.of("cluster-1", Kubelet.PROCESS);

      world.engine().crashProcess(kubelet);
      world.runFor(Duration.ofSeconds(5));
      world.engine().startProcess(kubelet);
      world.runFor(STARTED);
      assertThat(endpoints(world)).isEqualTo(2);
      assertThat(world.count("kubelet_container_restarts_total")).isZero();

      world.engine().crashProcess(Address.of("cluster-1", "pod-web-1"));
      world.runFor(Duration.ofSeconds(3));
      assertThat(world.count("kubelet_container_restarts_total", "reason=\"exited\"")).isEqualTo(1);
    }
  }

  @Test
  void aKubeletThatComesBackStopsThePodsThatWereTakenAwayMeanwhile() {
    try (TestWorld world = world(1, cluster(2, null))) {
      world.runFor(STARTED);
      Address kubelet = Address.of("cluster-1", Kubelet.PROCESS);

      world.engine().crashProcess(kubelet);
      scale(world, 1);
      world.runFor(Duration.ofSeconds(5));
      world.engine().startProcess(kubelet);
      world.runFor(Duration.ofSeconds(45)); // 30 s of grace for the pod
      assertThat(world.engine().takeEvents())
          .filteredOn(event -> event.name().equals("pod-stopped"))
          .extracting(event -> event.fields().get("pod"))
          .containsExactly("web-2");
    }
  }
}
