package dev.cascade.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.cascade.fault.Fault.Clock;
import dev.cascade.fault.Fault.Cpu;
import dev.cascade.fault.Fault.Crash;
import dev.cascade.fault.Fault.Cut;
import dev.cascade.fault.Fault.Heal;
import dev.cascade.fault.Fault.Latency;
import dev.cascade.fault.Fault.Loss;
import dev.cascade.fault.Fault.Partition;
import dev.cascade.node.Ratio;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults are values: they cross JVMs, and hold only what makes sense together. */
class FaultTest {
  private static final Target EDGE = Target.of("edge");
  private static final Target PRICING = Target.of("pricing");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final JsonMapper mapper = JsonMapper.builder().addModule(new JavaTimeModule()).build();

  @Test
  void everyFaultSurvivesJson() throws Exception {
    List<Fault> faults =
        List.of(
            new Crash(EDGE, SECOND),
            new Fault.Restart(EDGE),
            new Fault.Pause(Target.of("edge-1/envoy"), null),
            new Fault.Resume(EDGE),
            new Partition(EDGE, PRICING, Direction.TO, Cut.REFUSE, SECOND),
            new Heal("cut"),
            new Latency(EDGE, null, Direction.BOTH, SECOND, Duration.ZERO, null),
            new Loss(EDGE, null, Direction.FROM, Ratio.parse("5%"), null),
            new Fault.Duplicate(EDGE, null, Direction.BOTH, Ratio.parse("5%"), null),
            new Fault.Bandwidth(
                EDGE,
                null,
                Direction.BOTH,
                dev.cascade.node.Bandwidth.parse("1Mbit/s"),
                Fault.Narrowed.INTERFACE,
                null),
            new Cpu(EDGE, 2.0, null, null),
            new Clock(EDGE, ClockOffset.parse("-5s"), null));

    for (Fault fault : faults) {
      String json = mapper.writerFor(Fault.class).writeValueAsString(fault);

      assertThat(mapper.readValue(json, Fault.class)).isEqualTo(fault);
    }
  }

  static Stream<Arguments> nonsense() {
    return Stream.of(
        row("cores or percent", () -> new Cpu(EDGE, null, null, null)),
        row("not both", () -> new Cpu(EDGE, 1.0, Ratio.parse("5%"), null)),
        row("cores (0.0)", () -> new Cpu(EDGE, 0.0, null, null)),
        row("duration (0s)", () -> new Crash(EDGE, Duration.ZERO)),
        row(
            "jitter (2s)",
            () -> new Latency(EDGE, null, Direction.BOTH, SECOND, SECOND.multipliedBy(2), null)),
        row(
            "latency (0s)",
            () -> new Latency(EDGE, null, Direction.BOTH, Duration.ZERO, Duration.ZERO, null)),
        row(
            "target (edge/envoy)",
            () -> new Loss(Target.of("edge/envoy"), null, Direction.BOTH, Ratio.ZERO, null)),
        row(
            "direction (to)",
            () ->
                new Fault.Bandwidth(
                    EDGE,
                    null,
                    Direction.TO,
                    dev.cascade.node.Bandwidth.parse("1Mbit/s"),
                    Fault.Narrowed.INTERFACE,
                    null)),
        row(
            "against (edge/envoy)",
            () -> new Partition(EDGE, Target.of("edge/envoy"), Direction.BOTH, Cut.SWALLOW, null)));
  }

  private static Arguments row(String named, ThrowingCallable fault) {
    return Arguments.of(named, fault);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nonsense")
  void nonsenseIsRefusedByName(String named, ThrowingCallable fault) {
    assertThatThrownBy(fault)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void clockMayBeBehindOrAhead() {
    assertThat(ClockOffset.parse("-1m30s").value()).isEqualTo(Duration.ofSeconds(-90));
    assertThat(ClockOffset.parse("+2s").value()).isEqualTo(Duration.ofSeconds(2));
    assertThat(ClockOffset.parse("-1m30s")).hasToString("-1m30s");
  }
}
