package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the entries of a timeline come in a run of ticks of a second. */
class TimelineWatchTest {
  private static final TimelineEntry TRIGGER = given("trigger", "10:00", "event('leader-lost')");

  private final Emulated run = new Emulated(0);

  private static TimelineEntry given(String name, String clock, String expression) {
    return new TimelineEntry(name, null, ClockTime.of(clock), expression, null, null, null, null);
  }

  private static TimelineEntry emergent(
      String clock, String expression, @Nullable String lasting, @Nullable String tolerance) {
    return new TimelineEntry(
        "effect",
        null,
        ClockTime.of(clock),
        null,
        expression,
        "trigger",
        lasting == null ? null : Duration.parse(lasting),
        tolerance == null ? null : Duration.parse(tolerance));
  }

  private TimelineWatch watching(TimelineEntry entry) {
    TimelineSpec timeline = new TimelineSpec(List.of(TRIGGER, entry));
    TimelineWatch watch = new TimelineWatch(timeline, Emulated.VOCABULARY, run.readings);
    run.watching(watch);
    return watch;
  }

  private void queue(int... lengths) {
    for (int length : lengths) {
      run.a.gauge("queue_length").set(length);
      run.tick();
    }
  }

  @Test
  void eventsAreExactToTheInstantAndMeetTheClock() {
    TimelineWatch watch = watching(emergent("10:00:05", "event('node-ready')", null, "PT0.5S"));

    run.ticks(3).event(0.25, "leader-lost").ticks(5).event(0.5, "node-ready").ticks(4);

    TimelineFinding found = watch.finish().get(1);
    assertThat(found.expected()).isEqualTo(Duration.ofMillis(8250));
    assertThat(found.measured()).isEqualTo(Duration.ofMillis(8500));
    assertThat(found.late()).isEqualTo(Duration.ofMillis(250));
    assertThat(found.result()).isEqualTo(Result.HOLDS);
  }

  @Test
  void whatCameBeforeItsLeaderDoesNotCount() {
    TimelineWatch watch = watching(emergent("10:00:02", "event('node-ready')", null, "PT1S"));

    run.tick().event(0.1, "node-ready").event(0.5, "leader-lost").ticks(2);
    run.event(0.25, "node-ready").ticks(3);

    assertThat(watch.finish().get(1).measured()).isEqualTo(Duration.ofMillis(3250));
  }

  @Test
  void conditionsComeWithTheFirstTickThatLiesAfterTheirLeader() {
    TimelineWatch watch =
        watching(emergent("10:00:04", "gauge('queue_length{host=\"a\"}') > 5", null, "PT1S"));

    queue(9, 0); // before the leader
    run.event(0.5, "leader-lost");
    queue(0, 0, 0, 7, 9);

    assertThat(watch.finish().get(1).measured()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void whatMustLastComesWhenTheStretchBegan() {
    TimelineWatch watch =
        watching(emergent("10:00:05", "gauge('queue_length{host=\"a\"}') > 5", "PT2S", "PT5S"));

    run.event(0.5, "leader-lost");
    queue(0, 9, 9, 0, 9, 9, 9, 9);

    assertThat(watch.finish().get(1).measured())
        .as("the first stretch ends too soon; in its first tick the gauge still rises")
        .isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void tooEarlyAndTooLateAreViolations() {
    TimelineWatch early = watching(emergent("10:00:08", "event('node-ready')", null, "PT2S"));
    run.event(0.0, "leader-lost").ticks(3).event(0.5, "node-ready").ticks(9);
    assertThat(early.finish().get(1).result()).isEqualTo(Result.VIOLATED);
    assertThat(early.finish().get(1).reason()).isEqualTo("It came too early.");
  }

  @Test
  void withoutAToleranceAQuarterOfTheTimeIsAllowed() {
    TimelineWatch watch = watching(emergent("10:00:08", "event('node-ready')", null, null));
    run.event(0.0, "leader-lost").ticks(9).event(0.5, "node-ready").ticks(9);

    assertThat(watch.finish().get(1).tolerance()).isEqualTo(Duration.ofSeconds(2));
    assertThat(watch.finish().get(1).result()).isEqualTo(Result.HOLDS);
  }

  @Test
  void whatNeverComesIsViolatedOnceItIsOverdueAndUnknownBefore() {
    TimelineWatch watch = watching(emergent("10:00:05", "event('node-ready')", null, "PT1S"));
    run.event(0.0, "leader-lost").ticks(5);
    assertThat(watch.finish().get(1).result()).isEqualTo(Result.UNKNOWN);

    run.ticks(2);

    assertThat(watch.finish().get(1).result()).isEqualTo(Result.VIOLATED);
    assertThat(watch.finish().get(1).reason()).isEqualTo("It never came.");
  }

  @Test
  void withoutTheFirstEntryTheClocksDoNotMeet() {
    TimelineWatch watch = watching(emergent("10:00:05", "event('node-ready')", null, "PT1S"));
    run.ticks(9);

    assertThat(watch.finish()).extracting(TimelineFinding::result).containsOnly(Result.UNKNOWN);
  }
}
