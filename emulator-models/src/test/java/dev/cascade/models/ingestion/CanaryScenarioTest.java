package dev.cascade.models.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.RecordedEvent;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Ratio;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A canary whose results take the way that they are about: when its alarm is heard. */
class CanaryScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Patience PATIENCE =
      new Patience(SECOND.multipliedBy(5), SECOND, SECOND.multipliedBy(30), MINUTE);

  /** Three nodes that let this in, before a store with an alarm after three bad minutes. */
  private static TestWorld world(String... open) {
    GatewayConfig edge =
        new GatewayConfig(
            "monitoring",
            List.of(open),
            "/health",
            DurationDistribution.constant(Duration.ofNanos(20_000)),
            SECOND.multipliedBy(5));
    CanaryConfig canary =
        new CanaryConfig(
            "edge",
            "/probe",
            "/canary-ok",
            "/canary-failed",
            SECOND.multipliedBy(10),
            SECOND.multipliedBy(5),
            PATIENCE);
    MonitoringConfig monitoring =
        new MonitoringConfig(
            "/canary-ok",
            "/canary-failed",
            MINUTE,
            new Ratio(0.95),
            3,
            DurationDistribution.constant(MINUTE.multipliedBy(10)));
    return TestWorld.start(
        1,
        TestWorld.entry("monitoring", new MonitoringModel(), monitoring, 1),
        TestWorld.entry("edge", new GatewayModel(), edge, 3),
        TestWorld.entry("canary", new CanaryModel(), canary, 1));
  }

  private static long probes(TestWorld world, String result) {
    return world.count("canary_probes_total", "result=\"" + result + "\"");
  }

  private static long stored(TestWorld world, String result) {
    return world.count("monitoring_stored_total", "result=\"" + result + "\"");
  }

  private static List<RecordedEvent> alarms(TestWorld world) {
    return world.engine().takeEvents().stream()
        .filter(event -> event.name().equals("alarm"))
        .toList();
  }

  /** Six rounds a minute of three probes, of which the last are under way. */
  @Test
  void whileAllIsWellEachResultIsStoredAndNobodyIsTold() {
    try (TestWorld world = world("/probe", "/canary-ok", "/canary-failed")) {
      world.runFor(MINUTE.multipliedBy(5));

      assertThat(probes(world, "ok")).isEqualTo(29 * 3);
      assertThat(stored(world, "good")).isEqualTo(29 * 3);
      assertThat(probes(world, "failed")).isZero();
      assertThat(alarms(world)).isEmpty();
    }
  }

  /** Nodes that take results and no probes: the rule's first three minutes are bad. */
  @Test
  void whatFailsAndCanBeStoredIsHeardAfterThreeBadMinutes() {
    try (TestWorld world = world("/canary-ok", "/canary-failed")) {
      world.runFor(MINUTE.multipliedBy(5));

      assertThat(alarms(world))
          .extracting(RecordedEvent::timeNanos)
          .containsExactly(MINUTE.multipliedBy(3).toNanos());
      assertThat(stored(world, "good")).isZero();
      assertThat(world.count("monitoring_pages_total", "reason=\"alarm\"")).isEqualTo(1);
    }
  }

  /** What cannot be stored is no alarm: nobody hears of ten minutes without one address. */
  @Test
  void ofAnAddressThatTakesNothingNothingIsHeardUntilItDoes() {
    try (TestWorld world = world("/probe", "/canary-ok", "/canary-failed")) {
      world.runFor(MINUTE.multipliedBy(3));
      world.engine().crashHost("edge-2");
      world.runFor(MINUTE.multipliedBy(10));
      assertThat(probes(world, "failed")).isGreaterThanOrEqualTo(58);
      assertThat(stored(world, "bad")).isZero();
      assertThat(world.count("canary_results_dropped_total")).isGreaterThanOrEqualTo(50);

      world.engine().bootHost("edge-2");
      world.runFor(MINUTE.multipliedBy(5));

      // Kept is what the last minute saw; up to 35 s of that, until the next attempt, were good.
      assertThat(stored(world, "bad")).isBetween(2L, 7L);
      assertThat(alarms(world)).isEmpty();
    }
  }
}
