package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Boot;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes first when two come at once. */
class OrderScenarioTest {
  private static final int ROUNDS = 4_000;

  record From(String host, int number) implements WireMessage {}

  /** Sends two numbers to the judge every millisecond, as all others do in the same instant. */
  private static Behavior<Object> rival(Env<Object> env) {
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerAtFixedRate("tick", Duration.ofMillis(1));
          int[] sent = new int[1];
          return Behaviors.receiveMessage(
              tick -> {
                env.send(World.main("judge-1"), new From(env.host().name(), sent[0]++));
                env.send(World.main("judge-1"), new From(env.host().name(), sent[0]++));
                if (sent[0] == 2 * ROUNDS) {
                  timers.cancelAll();
                }
                return Behaviors.same();
              });
        });
  }

  private static List<From> judged(int shards, long seed) {
    List<From> seen = new ArrayList<>();
    World world =
        World.of()
            .seed(seed)
            .shards(shards)
            .network(World.STILL)
            .<From>running(
                "judge",
                1,
                env ->
                    Behaviors.receiveMessage(
                        from -> {
                          seen.add(from);
                          return Behaviors.same();
                        }))
            .hosts(
                "rival",
                3,
                boot -> boot.start("main", ProcessSpec.<Object>of(OrderScenarioTest::rival)));
    World.run(world.start(), Duration.ofMillis(ROUNDS + 10)).close();
    return seen;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noHostAlwaysComesFirst(long seed) {
    List<From> seen = judged(1, seed);
    assertThat(seen).hasSize(ROUNDS * 6);
    int[] firsts = new int[4];
    for (int round = 0; round < ROUNDS; round++) {
      firsts[seen.get(round * 6).host().charAt(6) - '0']++;
    }
    // Each is first with probability 1/3: 4.5 standard errors of 4,000 rounds are 134.
    double error = 4.5 * Math.sqrt(ROUNDS * 2.0 / 9);
    for (int host = 1; host <= 3; host++) {
      assertThat((double) firsts[host]).isBetween(ROUNDS / 3.0 - error, ROUNDS / 3.0 + error);
    }
  }

  @Test
  void whatOneHostSendsArrivesInItsOrder() {
    for (int host = 1; host <= 3; host++) {
      String name = "rival-" + host;
      assertThat(judged(1, 1).stream().filter(from -> from.host().equals(name)))
          .extracting(From::number)
          .isSorted();
    }
  }

  @Test
  void tiesDoNotDependOnShards() {
    List<From> one = judged(1, 5);
    assertThat(judged(2, 5)).isEqualTo(one);
    assertThat(judged(3, 5)).isEqualTo(one);
  }

  @Test
  void theOrderOfTheScenariosEntriesDoesNotMatter() {
    Consumer<Boot> boot =
        host -> host.start("main", ProcessSpec.<Object>of(OrderScenarioTest::rival));
    Consumer<Boot> judge =
        host -> host.start("main", ProcessSpec.<Object>of(env -> Behaviors.ignore()));
    try (Engine one =
            World.run(
                World.of().hosts("rival", 3, boot).hosts("judge", 1, judge).start(),
                Duration.ofSeconds(1));
        Engine other =
            World.run(
                World.of().hosts("judge", 1, judge).hosts("rival", 3, boot).start(),
                Duration.ofSeconds(1))) {
      assertThat(other.traceHash()).isEqualTo(one.traceHash());
    }
  }

  @Test
  void aFurtherHostThatKeepsToItselfShiftsNobodyElsesHistory() {
    try (Engine few = Turmoil.gossip(9, false);
        Engine more = Turmoil.gossip(9, true)) {
      World.run(few, Duration.ofSeconds(1));
      World.run(more, Duration.ofSeconds(1));
      assertThat(more.histories()).containsAllEntriesOf(few.histories());
      assertThat(more.histories()).hasSize(few.histories().size() + 1);
    }
  }
}
