package dev.cascade.models.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.RecordedEvent;
import dev.cascade.models.world.Receiver;
import dev.cascade.models.world.Receiver.Mood;
import dev.cascade.models.world.TestWorld;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hosts that are checked, one of which answers no more for a while. */
class MonitorScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Receiver hosts = new Receiver("shop");

  /** Each host is checked every 10 s, and an alarm needs three failures. */
  private TestWorld world() {
    MonitorConfig config =
        new MonitorConfig(
            List.of("shop"), "/health", SECOND.multipliedBy(10), SECOND.multipliedBy(5), 3);
    return TestWorld.start(
        1, hosts.entry(4), TestWorld.entry("monitor", new MonitorModel(), config, 1));
  }

  private static List<String> events(TestWorld world) {
    return world.engine().takeEvents().stream().map(MonitorScenarioTest::words).toList();
  }

  private static String words(RecordedEvent event) {
    return event.name() + " " + event.fields().get("host");
  }

  @Test
  void eachHostIsCheckedInAPhaseOfItsOwn() {
    try (TestWorld world = world()) {
      world.runFor(SECOND.multipliedBy(60));

      assertThat(hosts.arrivals("/health")).hasSize(24);
      List<Double> first =
          hosts.arrivals().stream().limit(4).map(Receiver.Arrival::seconds).toList();
      assertThat(first.get(3) - first.get(0)).isGreaterThan(1);
      assertThat(events(world)).isEmpty();
    }
  }

  /**
   * The third failure comes 20 to 30 s after the fault, and is known 5 s later where nobody
   * answers; the first success 10 s after its end at most.
   */
  @Test
  void anAlarmFiresForTheHostThatFailsAndEndsWithItsFirstSuccess() {
    for (Mood mood : List.of(Mood.SICK, Mood.SILENT)) {
      try (TestWorld world = world()) {
        world.runFor(SECOND.multipliedBy(30));
        hosts.become(world, 3, mood);
        world.runFor(SECOND.multipliedBy(20));
        assertThat(events(world)).isEmpty();
        world.runFor(SECOND.multipliedBy(16));
        assertThat(events(world)).containsExactly("alarm-fired shop-3");
        assertThat(world.gauge("alarms_firing")).isEqualTo(1);

        hosts.become(world, 3, Mood.WELL);
        world.runFor(SECOND.multipliedBy(11));
        assertThat(events(world)).containsExactly("alarm-ended shop-3");
        assertThat(world.gauge("alarms_firing")).isZero();
        assertThat(world.count("alarms_fired_total")).isEqualTo(1);
      }
    }
  }
}
