package dev.cascade.models.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.RecordedEvent;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.world.Asker;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Ratio;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an alarm is raised, who is told, and when somebody looks. */
class MonitoringScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Address STORE = Address.of("monitoring-1", Monitoring.PROCESS);

  private final Asker canary = new Asker();
  private final List<RecordedEvent> events = new ArrayList<>();

  /** An alarm after three minutes of less than 95 %; people look eight minutes after a page. */
  private TestWorld world() {
    MonitoringConfig config =
        new MonitoringConfig(
            "/ok",
            "/failed",
            MINUTE,
            new Ratio(0.95),
            3,
            DurationDistribution.constant(MINUTE.multipliedBy(8)));
    TestWorld world =
        TestWorld.start(
            1, TestWorld.entry("monitoring", new MonitoringModel(), config, 1), canary.entry());
    world.runFor(SECOND); // so that minutes of the test do not end with those of the rule
    return world;
  }

  /** So many results of each kind, within a minute. */
  private void minute(TestWorld world, int good, int bad) {
    for (int i = 0; i < good + bad; i++) {
      String path = i < good ? "/ok" : "/failed";
      canary.ask(world, STORE, SECOND, to -> new HttpRequest(path, to));
    }
    world.runFor(MINUTE);
    events.addAll(world.engine().takeEvents());
  }

  private List<Long> minutesOf(String event) {
    return events.stream()
        .filter(each -> each.name().equals(event))
        .map(each -> Math.round(each.timeNanos() / 60e9))
        .toList();
  }

  private static void page(TestWorld world, String reason) {
    world.engine().command(STORE, new Page(reason), Duration.ZERO);
  }

  @Test
  void threeBadMinutesInARowAreAnAlarmOfWhichPeopleAreTold() {
    try (TestWorld world = world()) {
      minute(world, 6, 0);
      for (int i = 0; i < 5; i++) {
        minute(world, 5, 1);
      }

      assertThat(minutesOf("alarm")).containsExactly(4L); // and not again while it lasts
      assertThat(minutesOf("people-paged")).containsExactly(4L);
      assertThat(world.count("monitoring_stored_total", "result=\"bad\"")).isEqualTo(5);
      assertThat(world.count("monitoring_stored_total", "result=\"good\"")).isEqualTo(31);
    }
  }

  @Test
  void theThresholdItselfIsGoodEnough() {
    try (TestWorld world = world()) {
      for (int i = 0; i < 4; i++) {
        minute(world, 19, 1);
      }
      assertThat(minutesOf("alarm")).isEmpty();

      for (int i = 0; i < 3; i++) {
        minute(world, 18, 1); // 94.7 %
      }
      assertThat(minutesOf("alarm")).containsExactly(7L);
    }
  }

  /** Of a minute without data it says nothing: two bad ones before it count no more. */
  @Test
  void aMinuteWithoutDataBeginsAnew() {
    try (TestWorld world = world()) {
      minute(world, 0, 6);
      minute(world, 0, 6);
      minute(world, 0, 0);
      minute(world, 0, 6);
      minute(world, 0, 6);
      assertThat(minutesOf("alarm")).isEmpty();

      minute(world, 0, 6);
      assertThat(minutesOf("alarm")).containsExactly(6L);
    }
  }

  @Test
  void anAlarmThatWasOverIsTakenForANewOne() {
    try (TestWorld world = world()) {
      for (int i = 0; i < 3; i++) {
        minute(world, 0, 6);
      }
      minute(world, 6, 0);
      for (int i = 0; i < 3; i++) {
        minute(world, 0, 6);
      }

      assertThat(minutesOf("alarm")).containsExactly(3L, 7L);
    }
  }

  /** Who is on the way sees what was paged since; what is paged later brings somebody again. */
  @Test
  void peopleLookOnceForWhatIsPagedBeforeTheyComeAndAgainForWhatComesLater() {
    try (TestWorld world = world()) {
      page(world, "first");
      minute(world, 0, 0);
      page(world, "second");
      for (int i = 1; i < 20; i++) {
        minute(world, 0, 0);
      }
      page(world, "third");
      for (int i = 20; i < 40; i++) {
        minute(world, 0, 0);
      }

      assertThat(minutesOf("people-paged")).containsExactly(0L, 1L, 20L);
      assertThat(minutesOf("people-look")).containsExactly(8L, 28L);
    }
  }
}
