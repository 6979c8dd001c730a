package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine as a whole: messages, timers and time on several hosts. */
class EngineScenarioTest {
  sealed interface Gossip extends WireMessage permits Rumour, Tick {}

  record Rumour(Address from, int hops) implements Gossip {}

  record Tick() implements Gossip {}

  /** Ten times a second tells a random peer, who passes it on until it has made five hops. */
  private static Behavior<Gossip> gossip(Env<Gossip> env, List<Address> peers) {
    return Behaviors.withTimers(
        timers -> {
          RandomStream random = env.random("peers");
          timers.startTimerWithFixedDelay(new Tick(), Duration.ofMillis(100));
          return Behaviors.receive(Gossip.class)
              .onMessage(
                  Tick.class,
                  tick -> {
                    env.send(random.pick(peers), new Rumour(env.self(), 1));
                    return Behaviors.same();
                  })
              .onMessage(
                  Rumour.class,
                  rumour -> {
                    if (rumour.hops() < 5) {
                      env.send(random.pick(peers), new Rumour(env.self(), rumour.hops() + 1));
                    }
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private static Engine gossipers(int hosts, int shards, long seed) {
    return World.of()
        .shards(shards)
        .seed(seed)
        .hosts(
            "node",
            hosts,
            boot -> {
              List<Address> peers = new ArrayList<>(boot.addresses("node"));
              boot.start("main", ProcessSpec.<Gossip>of(env -> gossip(env, peers)));
            })
        .start();
  }

  @Test
  void messagesCrossTheNetworkAndAreAllAccountedFor() {
    try (Engine engine = World.run(gossipers(10, 1, 1), Duration.ofSeconds(10))) {
      MessageCounts messages = engine.messages();
      assertThat(messages.handled()).isGreaterThan(10 * 99 * 5);
      assertThat(messages.missing()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void historyDoesNotDependOnShards(int shards) {
    try (Engine one = World.run(gossipers(50, 1, 7), Duration.ofSeconds(5));
        Engine many = World.run(gossipers(50, shards, 7), Duration.ofSeconds(5))) {
      assertThat(many.traceHash()).isEqualTo(one.traceHash());
      assertThat(many.messages()).isEqualTo(one.messages());
    }
  }

  @Test
  void anotherSeedIsAnotherHistory() {
    try (Engine one = World.run(gossipers(10, 1, 1), Duration.ofSeconds(1));
        Engine other = World.run(gossipers(10, 1, 2), Duration.ofSeconds(1))) {
      assertThat(other.traceHash()).isNotEqualTo(one.traceHash());
    }
  }
}
