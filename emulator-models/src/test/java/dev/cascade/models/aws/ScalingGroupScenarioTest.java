package dev.cascade.models.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.Engine;
import dev.cascade.engine.Entry;
import dev.cascade.engine.RecordedEvent;
import dev.cascade.models.aws.LoadBalancerConfig.TargetGroupConfig;
import dev.cascade.models.kubernetes.AutoscalerConfig;
import dev.cascade.models.kubernetes.ClusterConfig;
import dev.cascade.models.kubernetes.DeploymentConfig;
import dev.cascade.models.kubernetes.KubernetesModel;
import dev.cascade.models.kubernetes.NodeConfig;
import dev.cascade.models.kubernetes.NodeGroup;
import dev.cascade.models.kubernetes.ProbeConfig;
import dev.cascade.models.kubernetes.TrafficPolicy;
import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServerConfig;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.QueueSpec;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Machines that come and go with the pods that need them, and who learns of it. */
class ScalingGroupScenarioTest {
  private static final List<String> ZONES = List.of("a", "b");
  private static final Address GROUP = Address.of("workers-group", ScalingGroup.PROCESS);

  /** 150 s of boot and 30 s until the kubelet registers. */
  private static final Duration LAUNCHED = Duration.ofSeconds(180);

  private static LoadBalancerConfig loadBalancer(int port) {
    return LoadBalancerConfig.of(
        List.of(new TargetGroupConfig("http", "kube-proxy/" + port)),
        HealthCheckConfig.of("/", Duration.ofSeconds(5), Duration.ofSeconds(4)));
  }

  private static TestWorld world(int pods, List<String> attached) {
    ServerConfig server =
        new ServerConfig(
            2,
            QueueSpec.of(100),
            List.of(Endpoint.cpu("/", DurationDistribution.constant(Duration.ofMillis(1)))));
    DeploymentConfig web =
        new DeploymentConfig(
            "web",
            pods,
            1,
            List.of(30080),
            TrafficPolicy.CLUSTER,
            server,
            null,
            ProbeConfig.of("/"),
            null);
    return TestWorld.start(
        1,
        TestWorld.entry(
            "cluster",
            new KubernetesModel(),
            ClusterConfig.of(List.of(web), AutoscalerConfig.of("workers")),
            0),
        Entry.of(
            "workers",
            new ScalingGroupModel(),
            ScalingGroupConfig.of(1, 10, "cluster", NodeConfig.of(2, 2), attached),
            2,
            ZONES),
        Entry.of("one", new LoadBalancerModel(), loadBalancer(30080), 1, ZONES),
        Entry.of("two", new LoadBalancerModel(), loadBalancer(30081), 1, ZONES));
  }

  private static double targets(TestWorld world, String loadBalancer) {
    return world.gauge("lb_targets", "load_balancer=\"" + loadBalancer + "\"");
  }

  private static List<String> workers(Engine engine) {
    return engine.hosts("workers").stream()
        .map(HostInfo::name)
        .filter(name -> !name.endsWith("group"))
        .toList();
  }

  private static List<String> events(TestWorld world, String name, String field) {
    return world.engine().takeEvents().stream()
        .filter(event -> event.name().equals(name))
        .map(RecordedEvent::fields)
        .map(fields -> String.valueOf(fields.get(field)))
        .toList();
  }

  @Test
  void everyInstanceIsRegisteredInAllAttachedGroupsWhateverRunsOnIt() {
    try (TestWorld world = world(1, List.of("one", "two"))) {
      world.runFor(Duration.ofSeconds(30));
      assertThat(targets(world, "one")).isEqualTo(2);
      assertThat(targets(world, "two")).isEqualTo(2);

      world.engine().command(GROUP, new NodeGroup.SetDesired(5), Duration.ZERO);
      world.runFor(LAUNCHED);
      assertThat(targets(world, "one")).isEqualTo(5);
      assertThat(targets(world, "two")).isEqualTo(5);
    }
  }

  @Test
  void aGroupThatIsNotAttachedRegistersNothing() {
    try (TestWorld world = world(1, List.of("one"))) {
      world.runFor(Duration.ofSeconds(30));

      assertThat(targets(world, "one")).isEqualTo(2);
      assertThat(targets(world, "two")).isZero();
    }
  }

  @Test
  void whatTheBoundsDoNotAdmitIsTold() {
    try (TestWorld world = world(1, List.of("one"))) {
      world.engine().takeEvents();
      world.engine().command(GROUP, new NodeGroup.SetDesired(1_000), Duration.ZERO);
      world.runFor(Duration.ofSeconds(1));

      assertThat(world.engine().takeEvents())
          .filteredOn(event -> event.name().equals("desired-capacity-bounded"))
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.fields())
                      .containsEntry("asked", "1000")
                      .containsEntry(
                          "desired", Integer.toString((int) world.gauge("scaling_group_desired"))));
    }
  }

  @Test
  void podsThatWaitHaveTheClusterGrow() {
    try (TestWorld world = world(9, List.of())) {
      world.runFor(Duration.ofSeconds(15));
      assertThat(world.gauge("kubernetes_pods_pending")).isEqualTo(5);
      assertThat(world.gauge("scaling_group_desired")).isEqualTo(5); // three more for five pods

      world.runFor(LAUNCHED);
      assertThat(world.gauge("kubernetes_nodes_ready")).isEqualTo(5);
      assertThat(workers(world.engine())).hasSize(5);

      world.runFor(Duration.ofMinutes(2));
      assertThat(world.gauge("kubernetes_service_endpoints")).isEqualTo(9);
      assertThat(world.gauge("scaling_group_desired")).isEqualTo(5);
    }
  }

  @Test
  void aMachineThatIsNotNeededIsDrainedAndGivenBack() {
    try (TestWorld world = world(2, List.of("one"))) {
      world.engine().command(GROUP, new NodeGroup.SetDesired(3), Duration.ZERO);
      world.runFor(LAUNCHED);
      assertThat(targets(world, "one")).isEqualTo(3);

      world.runFor(Duration.ofMinutes(11)); // ten of them without need
      assertThat(events(world, "cluster-shrinks", "node")).isNotEmpty();
      assertThat(targets(world, "one")).isLessThan(3);

      world.runFor(Duration.ofMinutes(6)); // five of them to drain
      assertThat(events(world, "instance-terminated", "instance")).isNotEmpty();
      assertThat(workers(world.engine())).hasSizeLessThan(3);
      assertThat(world.gauge("kubernetes_service_endpoints")).isEqualTo(2);
    }
  }

  @Test
  void theGroupKeepsItsInstancesInACrash() {
    try (TestWorld world = world(1, List.of("one"))) {
      world.engine().command(GROUP, new NodeGroup.SetDesired(4), Duration.ZERO);
      world.runFor(LAUNCHED);

      world.engine().crashProcess(GROUP);
      world.engine().startProcess(GROUP);
      world.engine().command(GROUP, new NodeGroup.SetDesired(5), Duration.ofSeconds(1));
      world.runFor(LAUNCHED);

      assertThat(workers(world.engine())).hasSize(5);
      assertThat(targets(world, "one")).isEqualTo(5);
    }
  }

  @Test
  void aGroupThatRestartsRegistersNoInstanceBeforeItHasBooted() {
    try (TestWorld world = world(1, List.of("one"))) {
      world.runFor(Duration.ofSeconds(30));
      world.engine().command(GROUP, new NodeGroup.SetDesired(3), Duration.ZERO);
      world.runFor(Duration.ofSeconds(60));

      world.engine().crashProcess(GROUP);
      world.engine().startProcess(GROUP);
      world.runFor(Duration.ofSeconds(60)); // 120 s of 150
      assertThat(targets(world, "one")).isEqualTo(2);
      assertThat(events(world, "instance-in-service", "instance")).isEmpty();

      world.runFor(Duration.ofSeconds(40));
      assertThat(targets(world, "one")).isEqualTo(3);
      assertThat(events(world, "instance-in-service", "instance")).containsExactly("workers-3");
    }
  }

  @Test
  void aGroupThatRestartsStillEndsWhatItGaveBack() {
    try (TestWorld world = world(0, List.of("one"))) {
      world.runFor(Duration.ofSeconds(30));
      world.engine().command(GROUP, new NodeGroup.SetDesired(1), Duration.ZERO);
      world.runFor(Duration.ofSeconds(1));

      world.engine().crashProcess(GROUP);
      world.engine().startProcess(GROUP);
      world.runFor(Duration.ofSeconds(310)); // the deregistration delay is 300 s
      assertThat(workers(world.engine())).hasSize(1);
    }
  }
}
