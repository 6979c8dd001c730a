package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.fault.Direction;
import dev.cascade.fault.Fault;
import dev.cascade.fault.Target;
import dev.cascade.property.PropertySpec;
import dev.cascade.scenario.TestModels.BalancerConfig;
import dev.cascade.scenario.TestModels.Queue;
import dev.cascade.scenario.TestModels.ScaleTo;
import dev.cascade.scenario.TestModels.ServiceConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A scenario built in Java is checked like one from a file, and can become one. */
class ScenarioBuilderTest {
  private static final ServiceConfig SERVICE =
      new ServiceConfig(8, new Queue(200, TestModels.Discipline.FIFO), List.of());
  private static final BalancerConfig BALANCER =
      new BalancerConfig("pricing", "random", Duration.ofSeconds(1), null, null);

  private static ScenarioBuilder small() {
    return Scenario.named("small")
        .seed(7)
        .duration(Duration.ofMinutes(2))
        .warmup(Duration.ofSeconds(10))
        .entry("pricing", new TestModels.Service(), SERVICE, 3, "a", "b")
        .entry("edge", new TestModels.Balancer(), BALANCER, 2)
        .link("edge", "pricing", Link.of(Duration.ofMillis(1), Duration.ofNanos(200_000)));
  }

  private static Scenario build(ScenarioBuilder builder) {
    return builder.build(TestModels.CATALOG);
  }

  @Test
  void builtScenarioReadsBackFromItsFile() {
    Scenario built =
        build(
            small()
                .at(Duration.ofSeconds(30), "cut", new Fault.Crash(Target.of("edge-1"), null))
                .at(
                    Duration.ofSeconds(40),
                    "grow",
                    Target.of("edge"),
                    new TestModels.Scale(),
                    new ScaleTo(5, Duration.ZERO))
                .when(
                    "event('cut')",
                    Duration.ofSeconds(5),
                    "slow",
                    new Fault.Latency(
                        Target.of("edge"),
                        Target.of("pricing"),
                        Direction.TO,
                        Duration.ofMillis(3),
                        Duration.ZERO,
                        null))
                .property(PropertySpec.always("quiet", "sum(gauge('service_threads')) < 99"))
                .measure("checks", "rate('lb_health_checks_total')"));

    Scenario read =
        new ScenarioReader(TestModels.CATALOG)
            .read(new ScenarioSource("f.yaml", built.merged()), Overrides.NONE)
            .scenario();

    assertThat(read.hash()).isEqualTo(built.hash());
    assertThat(read.timing()).isEqualTo(built.timing());
    assertThat(read.links()).isEqualTo(built.links());
    assertThat(read.properties()).isEqualTo(built.properties());
    assertThat(read.method().get(0)).isEqualTo(built.method().get(0));
    assertThat(read.entry("edge").orElseThrow().config()).isEqualTo(BALANCER);
  }

  @Test
  void mistakesAreToldAllAtOnce() {
    ScenarioBuilder builder =
        small()
            .entry("edge", new TestModels.Service(), SERVICE, 1)
            .at(Duration.ZERO, "cut", new Fault.Crash(Target.of("edgy"), null))
            .property(PropertySpec.always("quiet", "gauge('service_thread') < 9"));

    assertThatThrownBy(() -> build(builder))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("scenario small: The name (edge) is taken")
        .hasMessageContaining("The target (edgy) is no entry of the topology and no host.")
        .hasMessageContaining("There is no metric (service_thread).");
  }

  @Test
  void seedIsPartOfTheHash() {
    Scenario scenario = build(small());

    assertThat(scenario.seed(8).hash()).isNotEqualTo(scenario.hash());
    assertThat(scenario.seed(8).seed(7).hash()).isEqualTo(scenario.hash());
  }
}
