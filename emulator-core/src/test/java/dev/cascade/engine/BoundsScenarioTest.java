package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import dev.cascade.node.Outcome;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No queue grows without end, and no message has two ends. */
class BoundsScenarioTest {
  private static final Address SERVER = World.main("server-1");
  private static final Duration FOREVER = Duration.ofHours(1);

  /** Fewer than the turns that an instant may have. */
  private static final int AT_ONCE = 5_000;

  private record More() {}

  private record Came(Outcome outcome) {}

  /** Asks so often, a share of it each millisecond, and counts who refused. */
  private static ProcessSpec<Object> asks(int count, Duration after) {
    int[] left = {count};
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerAtFixedRate(new More(), after, Duration.ofMillis(1));
                  return Behaviors.receive(Object.class)
                      .onMessage(
                          More.class,
                          more -> {
                            for (int i = 0; i < AT_ONCE && left[0] > 0; i++, left[0]--) {
                              env.request(SERVER, to -> new Word.Ask(to, "q"), FOREVER, Came::new);
                            }
                            return Behaviors.same();
                          })
                      .onMessage(
                          Came.class,
                          came -> {
                            env.event(came.outcome().getClass().getSimpleName());
                            return Behaviors.same();
                          })
                      .build();
                }));
  }

  @Test
  void aProcessHasAsManyConnectionsAsFileDescriptors() {
    World world =
        World.of()
            .network(World.STILL)
            .hosts(
                "many",
                1,
                boot -> boot.start("main", asks(Connections.MAX + 3, Duration.ofMillis(1))))
            .hosts("few", 1, boot -> boot.start("main", asks(2, Duration.ofMillis(500))))
            .hosts(
                "server",
                1,
                boot ->
                    boot.start(
                        "main",
                        ProcessSpec.of(env -> Behaviors.receiveMessage(ask -> Behaviors.same()))
                            .mailbox(AT_ONCE, Overflow.DROP_NEWEST)));
    try (Engine engine = world.start()) {
      World.run(engine, Duration.ofMillis(600)); // no SYN is sent again before 1 s

      assertThat(engine.messages().missing()).isZero();
      assertThat(engine.messages().dropped())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  new MessageCounts.Drop("many/main", "Ask", Connections.TOO_MANY), 3L,
                  new MessageCounts.Drop("server/main", "Ask", Connections.TOO_MANY), 2L));
      assertThat(engine.takeEvents())
          .hasSize(3)
          .allMatch(event -> event.host().equals("many-1") && event.name().equals("Refused"));
    }
  }

  private static RunFailure failureOf(int dropsOfTheTenth) {
    int[] handled = {0};
    World world =
        World.of()
            .hosts(
                "sheds",
                1,
                boot ->
                    boot.start(
                        "main",
                        ProcessSpec.of(
                            env ->
                                Behaviors.withTimers(
                                    timers -> {
                                      timers.startTimerAtFixedRate("tick", Duration.ofMillis(1));
                                      return Behaviors.receiveMessage(
                                          message -> {
                                            int drops = ++handled[0] == 10 ? dropsOfTheTenth : 1;
                                            for (int i = 0; i < drops; i++) {
                                              env.dropped(message, "shed");
                                            }
                                            return Behaviors.same();
                                          });
                                    }))));
    try (Engine engine = world.start()) {
      engine.runUntil(Duration.ofMillis(100).toNanos());
      return engine.failure();
    }
  }

  @Test
  void aMessageMayBeDroppedOnce() {
    assertThat(failureOf(1)).isNull();
    assertThat(failureOf(0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aMessageThatIsDroppedTwiceIsTheModelsFault(int drops) {
    RunFailure failure = failureOf(drops);

    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(RunFailure.Kind.MODEL);
    assertThat(failure.message()).contains("drops a message twice (String, reason shed)");
  }
}
