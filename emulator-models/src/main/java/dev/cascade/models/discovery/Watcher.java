package dev.cascade.models.discovery;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Keeps its parent told where an entry serves. */
public final class Watcher extends AbstractBehavior<WireMessage> {
  /**
   * Between two times that it asks for all endpoints, as either message may be lost: a guess. A
   * client behind a registry that it cannot reach goes on with what it knows.
   */
  static final Duration RESYNC = Duration.ofSeconds(10);

  /** It is time to ask again; no such message ever crosses the network. */
  private enum AskDue implements WireMessage {
    INSTANCE
  }

  private final Env<WireMessage> env;
  private final Address registry;
  private final Consumer<List<Address>> told;
  private long revision = -1;

  private Watcher(
      Env<WireMessage> env,
      Address registry,
      Consumer<List<Address>> told,
      TimerScheduler<WireMessage> timers) {
    super(env.context());
    this.env = env;
    this.registry = registry;
    this.told = told;
    timers.startTimerWithFixedDelay(AskDue.INSTANCE, Duration.ZERO, RESYNC);
  }

  /**
   * A watcher as a child of the client.
   *
   * @param told takes the addresses whenever they change, in the watcher's turn; never none, as a
   *     client that knows of no server could not even find out that there is none
   */
  public static ProcessSpec<WireMessage> spec(Address registry, Consumer<List<Address>> told) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Watcher(env, registry, told, timers)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Endpoints.class, this::onEndpoints)
        .onMessage(AskDue.class, this::onAskDue)
        .build();
  }

  private Behavior<WireMessage> onEndpoints(Endpoints endpoints) {
    // The same ones again are told too: a full mailbox may have dropped what was told before.
    if (endpoints.revision() >= revision) {
      revision = endpoints.revision();
      if (!endpoints.addresses().isEmpty()) {
        told.accept(endpoints.addresses());
      }
    }
    return this;
  }

  private Behavior<WireMessage> onAskDue(AskDue due) {
    env.send(registry, new Watch(env.self()));
    return this;
  }
}
