package dev.cascade.engine;

import dev.cascade.network.NetworkPlan;
import dev.cascade.node.Boot;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Worlds whose hosts keep to themselves: tells, timers, mailboxes and CPU. */
final class LocalWorld {
  /** One message a step; a volley ends before it could be called a livelock. */
  static final int VOLLEY = 1_000;

  static final Duration STEP = Duration.ofNanos(1_000);

  private LocalWorld() {}

  static Engine of(int hosts, Consumer<Boot> boot) {
    Entry nodes =
        Entry.of(
            "node",
            hosts,
            placement -> {
              placement.template("host", HostSpec.cores(1), boot);
              placement.replicas("host");
            });
    NetworkPlan network = NetworkPlan.uniform(GossipWorld.LINK);
    return new Engine(
        new EngineSettings(GossipWorld.SEED, 1, network, false),
        List.of(nodes),
        shard -> host -> World.NoMetrics.INSTANCE);
  }

  /** Pairs of actors on each host, which every microsecond send a ball to and fro. */
  static Engine pingPong(int hosts, int pairs, int volley) {
    return of(
        hosts,
        boot -> {
          for (int i = 0; i < pairs; i++) {
            boot.start("pair-" + i, ProcessSpec.<Object>of(env -> ping(env, volley)));
          }
        });
  }

  private static Behavior<Object> ping(Env<Object> env, int volley) {
    return Behaviors.withTimers(
        timers -> {
          ActorRef<Object> self = env.context().getSelf();
          ActorRef<Integer> pong = env.context().spawn(Behaviors.setup(c -> pong(self)), "pong");
          timers.startTimerAtFixedRate("serve", STEP);
          Integer first = volley / 2;
          return Behaviors.receiveMessage(
              message -> {
                if (message instanceof Integer left) {
                  if (left > 0) {
                    pong.tell(left);
                  }
                } else {
                  pong.tell(first);
                }
                return Behaviors.same();
              });
        });
  }

  private static Behavior<Integer> pong(ActorRef<Object> ping) {
    return Behaviors.receiveMessage(
        left -> {
          ping.tell(left - 1);
          return Behaviors.same();
        });
  }

  /** Actors that each restart a time-out of a second every millisecond, as a failure detector. */
  static Engine timers(int hosts) {
    return of(
        hosts,
        boot ->
            boot.start(
                "main",
                ProcessSpec.<Object>of(
                    env ->
                        Behaviors.withTimers(
                            timers -> {
                              timers.startTimerAtFixedRate("beat", Duration.ofMillis(1));
                              return Behaviors.receiveMessage(
                                  beat -> {
                                    timers.startSingleTimer("time-out", Duration.ofSeconds(1));
                                    return Behaviors.same();
                                  });
                            }))));
  }

  /** M/M/1/10 on each host at a load of 0.9: one customer a millisecond and a tenth. */
  static Engine queues(int hosts) {
    return of(hosts, boot -> boot.start("main", ProcessSpec.<Object>of(LocalWorld::door)));
  }

  private static Behavior<Object> door(Env<Object> env) {
    return Behaviors.setup(
        context -> {
          RandomStream random = env.random("queue");
          ActorRef<Long> server =
              env.spawn(
                  "server",
                  ProcessSpec.<Long>of(own -> Behaviors.receiveMessage(w -> Behaviors.same()))
                      .cost(work -> new Cost(work, 0))
                      .mailbox(10, Overflow.DROP_NEWEST));
          context.getSelf().tell("next");
          return Behaviors.receiveMessage(
              next -> {
                server.tell(1 + Math.round(random.nextExponential() * 900_000));
                context.scheduleOnce(
                    Duration.ofNanos(Math.round(random.nextExponential() * 1_000_000)),
                    context.getSelf(),
                    "next");
                return Behaviors.same();
              });
        });
  }
}
