package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.network.LinkProfile;
import dev.cascade.network.NetworkPlan;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.DurationDistribution;
import dev.cascade.schedule.Schedule;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever chooses keeps to what links and timers allow: 1 to 3 ms a message, timers on time. */
class ScheduleWindowsScenarioTest {
  private static final long MILLI = 1_000_000;

  record Tick() implements WireMessage {}

  record Ping(Address from, long sentNanos) implements WireMessage {}

  /** Each sends every other one a ping every 2 ms, so that there is always something to choose. */
  private static Engine world(long seed, Schedule schedule) {
    LinkProfile link =
        new LinkProfile(
            new DurationDistribution.Uniform(Duration.ofMillis(1), Duration.ofMillis(3)),
            Duration.ZERO,
            Duration.ofMillis(1),
            0,
            0);
    Entry pingers =
        Entry.of(
            "pinger",
            4,
            placement -> {
              placement.template("host", HostSpec.cores(1), ScheduleWindowsScenarioTest::boot);
              placement.serves("host", "main");
              placement.replicas("host");
            });
    return new Engine(
        new EngineSettings(seed, 1, NetworkPlan.uniform(link), false).schedule(schedule),
        List.of(pingers),
        shard -> host -> World.NoMetrics.INSTANCE);
  }

  private static void boot(Boot boot) {
    boot.start("main", ProcessSpec.<WireMessage>of(env -> pinger(env, boot.addresses("pinger"))));
  }

  private static Behavior<WireMessage> pinger(Env<WireMessage> env, List<Address> all) {
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerAtFixedRate(new Tick(), Duration.ofMillis(2));
          return Behaviors.receive(WireMessage.class)
              .onMessage(
                  Tick.class,
                  tick -> {
                    env.event("tick", "at", Long.toString(env.nowNanos()));
                    all.stream()
                        .filter(peer -> !peer.equals(env.self()))
                        .forEach(peer -> env.send(peer, new Ping(env.self(), env.nowNanos())));
                    return Behaviors.same();
                  })
              .onMessage(
                  Ping.class,
                  ping -> {
                    env.event("took", "nanos", Long.toString(env.nowNanos() - ping.sentNanos()));
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private static List<Long> numbers(List<RecordedEvent> events, String name, String field) {
    return events.stream()
        .filter(event -> event.name().equals(name))
        .map(event -> Long.valueOf(event.fields().get(field)))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "pct:depth=10,steps=600", "delay:depth=50,steps=600"})
  void messagesKeepToTheirWindowsAndTimersToTheirTimes(String schedule) {
    try (Engine engine = world(3, Schedule.parse(schedule))) {
      World.run(engine, Duration.ofMillis(101));
      List<RecordedEvent> events = engine.takeEvents();

      List<Long> took = numbers(events, "took", "nanos");
      assertThat(took).hasSizeGreaterThan(500);
      assertThat(took).allMatch(nanos -> nanos >= MILLI && nanos <= 3 * MILLI);
      List<Long> ticks = numbers(events, "tick", "at");
      assertThat(ticks).hasSize(4 * 50).allMatch(at -> at % (2 * MILLI) == 0);
      assertThat(engine.messages().missing()).isZero();
      assertThat(engine.scheduleCounts()).isNotNull();
      assertThat(engine.scheduleCounts().choices()).isGreaterThan(300);
    }
  }

  /** Where a run rests, and how often, changes nothing of what is chosen. */
  @Test
  void restsChangeNothing() {
    Schedule schedule = Schedule.parse("pct:depth=5,steps=600");
    try (Engine once = world(4, schedule);
        Engine often = world(4, schedule)) {
      World.run(once, Duration.ofMillis(60));
      for (int micros = 0; micros <= 60_000; micros += 370) {
        World.run(often, Duration.ofNanos(1_000L * micros));
      }
      World.run(often, Duration.ofMillis(60));

      assertThat(often.traceHash()).isEqualTo(once.traceHash());
    }
  }

  /** Before its time messages take what is drawn for them. */
  @Test
  void nothingIsChosenBeforeItsTime() {
    try (Engine engine = world(3, Schedule.parse("pct:depth=2,steps=10,after=50ms"))) {
      World.run(engine, Duration.ofMillis(50));
      assertThat(engine.scheduleCounts()).isNotNull();
      assertThat(engine.scheduleCounts().messages()).isZero();

      World.run(engine, Duration.ofMillis(100));
      assertThat(engine.scheduleCounts().messages()).isPositive();
    }
  }
}
