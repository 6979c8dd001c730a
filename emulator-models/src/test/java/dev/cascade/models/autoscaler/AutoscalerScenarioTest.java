package dev.cascade.models.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.Engine;
import dev.cascade.engine.EngineSettings;
import dev.cascade.engine.RecordedEvent;
import dev.cascade.models.balancer.BalancerConfig;
import dev.cascade.models.balancer.BalancerModel;
import dev.cascade.models.balancer.LbPolicy;
import dev.cascade.models.call.Call;
import dev.cascade.models.call.FallbackCost;
import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.load.Stage;
import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServiceConfig;
import dev.cascade.models.service.ServiceModel;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.HostInfo;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.Rate;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replicas follow the load, and nobody loses a request for it. */
class AutoscalerScenarioTest {
  /** One core, 10 ms of CPU: a replica does 100/s, and is at its target of 50 % with 50/s. */
  private static final ServiceConfig SHOP =
      new ServiceConfig(
          50,
          QueueSpec.of(1000),
          List.of(Endpoint.cpu("/", DurationDistribution.constant(Duration.ofMillis(10)))),
          1,
          CpuDiscipline.PROCESSOR_SHARING);

  private static LoadConfig steps(String target, Stage... stages) {
    return LoadConfig.ramping(target, "/", stages[0].target().level(), List.of(stages))
        .arrivals(LoadConfig.Arrivals.CONSTANT);
  }

  private static Stage stay(double perSecond, int seconds) {
    return new Stage(new Rate(perSecond), Duration.ofSeconds(seconds));
  }

  private static Stage step(double perSecond) {
    return new Stage(new Rate(perSecond), Duration.ZERO);
  }

  private static TestWorld world(
      EngineSettings settings, AutoscalerConfig autoscaler, LoadConfig load) {
    return TestWorld.start(
        settings,
        TestWorld.entry("shop", new ServiceModel(), SHOP, 2),
        TestWorld.entry("scaler", new AutoscalerModel(), autoscaler, 1),
        TestWorld.entry(
            "proxy", new BalancerModel(), BalancerConfig.of("shop", LbPolicy.ROUND_ROBIN), 1),
        TestWorld.entry("users", new LoadModel(), load, 1));
  }

  private static EngineSettings settings(int shards) {
    return new EngineSettings(1, shards, TestWorld.WITHOUT_RETRANSMITS, shards > 1);
  }

  private static final AutoscalerConfig CPU =
      AutoscalerConfig.of("shop", 1, 10, ScalingMetric.CPU, 0.5);

  private static List<String> hosts(TestWorld world) {
    return world.engine().hosts("shop").stream().map(HostInfo::name).toList();
  }

  private static List<String> scalings(Engine engine) {
    return engine.takeEvents().stream()
        .filter(event -> event.name().equals("service-scaled"))
        .map(RecordedEvent::fields)
        .map(fields -> fields.get("from") + ">" + fields.get("to"))
        .toList();
  }

  /** 90/s of two replicas' 100/s are 45 % of their cores, within a tenth of the target. */
  @Test
  void leavesAloneWhatIsNearTheTarget() {
    try (TestWorld world = world(settings(1), CPU, LoadConfig.atRate("proxy", "/", 95))) {
      world.runFor(Duration.ofMinutes(20));

      assertThat(hosts(world)).containsExactly("shop-1", "shop-2");
      assertThat(world.gauge("autoscaler_utilization")).isBetween(0.45, 0.55);
    }
  }

  /**
   * A request takes 1 ms of CPU, and 20 ms to do without the call that nobody answers in time: of
   * its own CPU alone a replica would be 2 % busy.
   */
  @Test
  void seesWhatFallbacksCost() {
    Call failing =
        Call.of("nowhere", "/other", Duration.ofMillis(10))
            .optional(
                new FallbackCost(
                    DurationDistribution.constant(Duration.ofMillis(20)),
                    DurationDistribution.constant(Duration.ZERO)));
    Endpoint page =
        Endpoint.cpu("/", DurationDistribution.constant(Duration.ofMillis(1))).calls(failing);
    ServiceConfig shop =
        new ServiceConfig(
            50, QueueSpec.of(1000), List.of(page), 1, CpuDiscipline.PROCESSOR_SHARING);
    ServiceConfig nowhere =
        new ServiceConfig(
            1,
            QueueSpec.of(1),
            List.of(Endpoint.cpu("/other", DurationDistribution.constant(Duration.ofMillis(50)))),
            1,
            CpuDiscipline.PROCESSOR_SHARING);
    try (TestWorld world =
        TestWorld.start(
            settings(1),
            TestWorld.entry("nowhere", new ServiceModel(), nowhere, 1),
            TestWorld.entry("shop", new ServiceModel(), shop, 2),
            TestWorld.entry("scaler", new AutoscalerModel(), CPU, 1),
            TestWorld.entry(
                "proxy", new BalancerModel(), BalancerConfig.of("shop", LbPolicy.ROUND_ROBIN), 1),
            TestWorld.entry("users", new LoadModel(), LoadConfig.atRate("proxy", "/", 48), 1))) {
      world.runFor(Duration.ofMinutes(2));

      // 24/s of 21 ms each at two replicas: 50.4 %, give or take what is Poisson in 15 s of 360.
      assertThat(world.gauge("autoscaler_utilization")).isBetween(0.42, 0.6);
    }
  }

  /**
   * 240/s need ceil(240 / 50) = 5. The first looks see two that are full, and make four of them;
   * these are full, too, until they have worked off what came meanwhile, so that it overshoots, and
   * comes back to five when the window has passed.
   */
  @Test
  void followsALoadThatRisesByTheFormula() {
    try (TestWorld world = world(settings(1), CPU, steps("proxy", stay(90, 60), step(240)))) {
      world.runFor(Duration.ofSeconds(60));
      assertThat(hosts(world)).hasSize(2);

      // A look within 15 s sees the step in part, one more sees all of it; then 30 s to start.
      world.runFor(Duration.ofSeconds(15 + 15 + 30 + 1));
      assertThat(world.gauge("autoscaler_ready_replicas")).isGreaterThanOrEqualTo(4);
      world.runFor(Duration.ofMinutes(3));
      assertThat(world.gauge("autoscaler_ready_replicas")).isBetween(5.0, 8.0);
      world.runFor(Duration.ofMinutes(6));
      assertThat(world.gauge("autoscaler_ready_replicas")).isEqualTo(5);
      assertThat(world.gauge("autoscaler_utilization")).isBetween(0.47, 0.49);
      assertThat(world.gauge("balancer_hosts")).isEqualTo(5);
      assertThat(world.count("http_client_requests_failed")).isZero();
    }
  }

  /**
   * What a new replica's host does before it serves: nothing. The proxy hears of it 30 s after the
   * decision, when its agent has said so and the autoscaler has told it: three messages of 1 ms.
   */
  @Test
  void aNewReplicaServesAfterItsStartTimeAndNotBefore() {
    try (TestWorld world = world(settings(1), CPU, steps("proxy", stay(90, 60), step(240)))) {
      world.runFor(Duration.ofSeconds(60));
      while (world.gauge("autoscaler_desired_replicas") == 2) {
        world.runFor(Duration.ofSeconds(1));
      }
      world.runFor(Duration.ofSeconds(28));
      assertThat(world.gauge("balancer_hosts")).isEqualTo(2);
      world.runFor(Duration.ofMillis(2_010));
      assertThat(world.gauge("balancer_hosts")).isEqualTo(4);
    }
  }

  /** Less load is trusted only when it has lasted; then replicas go without losing a request. */
  @Test
  void takesReplicasAwayAfterTheWindowAndDrainsThem() {
    try (TestWorld world =
        world(settings(1), CPU, steps("proxy", stay(90, 300), step(40), stay(40, 1)))) {
      world.runFor(Duration.ofSeconds(300));
      // All looks of the last 300 s have wanted two, until those before the step are forgotten.
      world.runFor(Duration.ofSeconds(290));
      assertThat(world.gauge("balancer_hosts")).isEqualTo(2);
      world.runFor(Duration.ofSeconds(30));
      assertThat(world.gauge("balancer_hosts")).isEqualTo(1);
      assertThat(hosts(world)).hasSize(2); // it still drains
      world.runFor(Duration.ofSeconds(45));
      assertThat(hosts(world)).containsExactly("shop-1");

      assertThat(world.count("http_client_requests_failed")).isZero();
      assertThat(scalings(world.engine())).containsExactly("2>1");
    }
  }

  /** 100 users whose requests hold a thread for 10 ms of CPU: the queue is in the threads. */
  @Test
  void scalesByThreadsInUse() {
    AutoscalerConfig threads = AutoscalerConfig.of("shop", 1, 10, ScalingMetric.THREADS, 0.5);
    try (TestWorld world = world(settings(1), threads, steps("proxy", stay(90, 60), step(240)))) {
      world.runFor(Duration.ofMinutes(5));

      // Overloaded, all 50 threads of a replica are busy; with 3 or more hardly any is.
      assertThat(world.gauge("autoscaler_ready_replicas")).isGreaterThanOrEqualTo(3);
      assertThat(world.count("service_rejected_total")).isZero();
    }
  }

  /** Clients that ask the service itself hear of new replicas, too. */
  @Test
  void usersAndServicesLearnOfNewReplicas() {
    ServiceConfig front =
        ServiceConfig.of(
            100,
            QueueSpec.of(1000),
            List.of(
                Endpoint.cpu("/", DurationDistribution.constant(Duration.ZERO))
                    .calls(Call.of("shop", "/", Duration.ofSeconds(10)))));
    try (TestWorld world =
        TestWorld.start(
            settings(1),
            TestWorld.entry("front", new ServiceModel(), front, 1),
            TestWorld.entry("shop", new ServiceModel(), SHOP, 2),
            TestWorld.entry("scaler", new AutoscalerModel(), CPU, 1),
            TestWorld.entry("direct", new LoadModel(), LoadConfig.atRate("shop", "/", 90), 1),
            TestWorld.entry("users", new LoadModel(), LoadConfig.atRate("front", "/", 90), 1))) {
      world.runFor(Duration.ofMinutes(6));

      assertThat(world.gauge("autoscaler_ready_replicas")).isEqualTo(4); // ceil(180 / 50)
      assertThat(world.gaugeOf("shop-4", "service_threads")).isEqualTo(50);
      assertThat(world.gauge("autoscaler_utilization")).isBetween(0.42, 0.48);
    }
  }

  /** An autoscaler that was away goes on with the replicas that there are. */
  @Test
  void aCrashOfTheAutoscalerForgetsNoReplica() {
    try (TestWorld world = world(settings(1), CPU, steps("proxy", stay(90, 60), step(240)))) {
      world.runFor(Duration.ofMinutes(4));
      double before = world.gauge("balancer_hosts");
      assertThat(before).isGreaterThanOrEqualTo(5);

      world.engine().crashHost("scaler-1");
      world.runFor(Duration.ofSeconds(30));
      world.engine().bootHost("scaler-1");
      world.runFor(Duration.ofMinutes(1));

      assertThat(world.gauge("autoscaler_ready_replicas")).isEqualTo(before);
      assertThat(hosts(world)).hasSize((int) before);
      assertThat(world.gauge("balancer_hosts")).isEqualTo(before);
    }
  }

  @Test
  void isTheSameOnThreeShards() {
    LoadConfig load = steps("proxy", stay(90, 30), step(240));
    try (TestWorld one = world(settings(1), CPU, load);
        TestWorld more = world(settings(3), CPU, load)) {
      one.runFor(Duration.ofSeconds(100)); // 30, two looks, the start of replicas, and some more
      more.runFor(Duration.ofSeconds(100));

      assertThat(hosts(one)).hasSizeGreaterThan(2);
      assertThat(more.engine().traceHash()).isEqualTo(one.engine().traceHash());
      assertThat(more.engine().hosts()).isEqualTo(one.engine().hosts());
    }
  }
}
