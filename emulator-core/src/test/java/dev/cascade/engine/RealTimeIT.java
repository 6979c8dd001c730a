package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** The same model runs by the wall clock, on threads that do not wait for each other. */
class RealTimeIT {
  record Beat(Address from) implements WireMessage {}

  private static final Duration PERIOD = Duration.ofMillis(20);
  private static final Duration TIME = Duration.ofSeconds(2);
  private static final int HOSTS = 8;

  /** Tells its right neighbour every 20 ms that it lives. */
  private static Behavior<Beat> heart(Env<Beat> env, List<Address> peers) {
    Address neighbour = peers.get((peers.indexOf(env.self()) + 1) % peers.size());
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerWithFixedDelay(new Beat(env.self()), PERIOD);
          return Behaviors.receiveMessage(
              beat -> {
                if (beat.from().equals(env.self())) {
                  env.send(neighbour, beat);
                }
                return Behaviors.same();
              });
        });
  }

  @Test
  void messagesCrossBetweenThreadsAndAreAllAccountedFor() {
    World world =
        World.of()
            .shards(3)
            .hosts(
                "node",
                HOSTS,
                boot -> {
                  List<Address> peers = boot.addresses("node");
                  boot.start("main", ProcessSpec.<Beat>of(env -> heart(env, peers)));
                });

    try (Engine engine = world.startInRealTime()) {
      World.run(engine, TIME);

      MessageCounts messages = engine.messages();
      // Beats at 20, 40, … 1,980 ms: a machine that is late catches up, since a timer counts from
      // the time at which it was due. Each is told to a heart by its timer, and by it to another;
      // and each host was told to start its process.
      long beats = HOSTS * (TIME.toMillis() / PERIOD.toMillis() - 1);
      long sent = HOSTS + 2 * beats;
      assertThat(messages.sent()).isEqualTo(sent);
      // All hearts heard their own; of those of others what crossed before the receiver stopped.
      assertThat(messages.handled()).isBetween(HOSTS + beats + 1, sent);
      assertThat(messages.handled() + messages.inFlight()).isEqualTo(sent);
      assertThat(messages.missing()).isZero();
      assertThat(messages.droppedTotal()).isZero();
      assertThat(engine.nowNanos()).isEqualTo(TIME.toNanos());
    }
  }
}
