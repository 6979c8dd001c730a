package dev.cascade.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.cascade.node.ProcessSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * One shard's actor system: under the guardian an actor for each host, under that its processes.
 * The name is the same in all shards, since consistent hashing routers hash it.
 */
final class ActorTree {
  private static final Config CONFIG =
      ConfigFactory.parseResources(ActorTree.class, "/cascade-engine.conf")
          .withFallback(ConfigFactory.defaultReference())
          .resolve();

  private final Shard shard;
  private final ActorSystem<GuardianCommand> system;
  private final Map<String, ActorRef<HostCommand>> hosts = new LinkedHashMap<>();

  ActorTree(Shard shard) {
    this.shard = shard;
    this.system =
        ActorSystem.create(
            Behaviors.setup(context -> new Guardian(context)),
            "cascade",
            ActorSystemSetup.create(BootstrapSetup.create(CONFIG), new ShardSetup(shard)));
    PekkoReports.listen(shard, Adapter.toClassic(system));
  }

  private sealed interface GuardianCommand {}

  private record AddHost(HostRuntime host) implements GuardianCommand {}

  private record RemoveHost(String name) implements GuardianCommand {}

  /** What a host's own actor understands. */
  private sealed interface HostCommand {}

  private record StartProcess(String name) implements HostCommand {}

  /** Makes the actor of a host; call within {@link Shard#on}, and drain before it is used. */
  void addHost(HostRuntime host) {
    system.tell(new AddHost(host));
  }

  /** Stops a host's actor with all its processes. */
  void removeHost(String name) {
    system.tell(new RemoveHost(name));
  }

  /** Starts a process on a host, as soon as one of that name has stopped. */
  void start(HostRuntime host, String name) {
    ActorRef<HostCommand> actor = hosts.get(host.name());
    if (actor == null) {
      throw new IllegalStateException("The host (" + host.name() + ") has no actor.");
    }
    actor.tell(new StartProcess(name));
  }

  /** Stops an actor at once, whatever waits for it. */
  void stop(ProcessQueue process) {
    process.mailbox().actor().stop();
  }

  /** Ends all actors. */
  void terminate() {
    system.terminate();
  }

  private final class Guardian extends AbstractBehavior<GuardianCommand> {
    Guardian(ActorContext<GuardianCommand> context) {
      super(context);
    }

    @Override
    public Receive<GuardianCommand> createReceive() {
      return newReceiveBuilder()
          .onMessage(AddHost.class, this::onAddHost)
          .onMessage(RemoveHost.class, this::onRemoveHost)
          .build();
    }

    private Behavior<GuardianCommand> onAddHost(AddHost add) {
      HostRuntime host = add.host();
      shard.machines().expectHost(host);
      hosts.put(
          host.name(),
          getContext()
              .spawn(Behaviors.setup(context -> new HostActor(context, host)), host.name()));
      return this;
    }

    private Behavior<GuardianCommand> onRemoveHost(RemoveHost remove) {
      ActorRef<HostCommand> actor = hosts.remove(remove.name());
      if (actor != null) {
        getContext().stop(actor);
      }
      return this;
    }
  }

  /** Parent of a host's processes: starts them, and waits for a name to become free. */
  private final class HostActor extends AbstractBehavior<HostCommand> {
    private final HostRuntime host;

    HostActor(ActorContext<HostCommand> context, HostRuntime host) {
      super(context);
      this.host = host;
    }

    @Override
    public Receive<HostCommand> createReceive() {
      return newReceiveBuilder()
          .onMessage(StartProcess.class, this::onStartProcess)
          .onSignal(Terminated.class, this::onTerminated)
          .build();
    }

    private Behavior<HostCommand> onStartProcess(StartProcess start) {
      if (host.isRunning(start.name())) {
        host.takeStarting(start.name()); // or it would start again after a crash
      } else if (getContext().getChild(start.name()).isEmpty()) {
        startNow(start.name());
      }
      return this;
    }

    private Behavior<HostCommand> onTerminated(Terminated terminated) {
      startNow(terminated.getRef().path().name());
      return this;
    }

    private void startNow(String name) {
      ProcessSpec<?> spec = host.takeStarting(name);
      if (spec != null) {
        spawn(name, spec);
      }
    }

    private <C> void spawn(String name, ProcessSpec<C> spec) {
      getContext().watch(spawnIn(getContext(), host, name, spec));
    }
  }

  /** Makes a process as a child of the actor whose context this is. */
  static <C> ActorRef<C> spawnIn(
      ActorContext<?> parent, HostRuntime host, String name, ProcessSpec<C> spec) {
    host.shard().machines().expect(spec);
    Behavior<C> behavior =
        Behaviors.setup(context -> spec.behavior().apply(new ProcessEnv<>(host, context)));
    try {
      return parent.spawn(behavior, name);
    } finally {
      host.shard().machines().expectNothing(); // a name that is taken makes no mailbox
    }
  }

  /** The typed context's actor as the engine's mailbox. */
  static ProcessQueue queueOf(ActorContext<?> context) {
    if (Adapter.toClassic(context.getSelf()) instanceof org.apache.pekko.actor.ActorRefWithCell ref
        && ref.underlying() instanceof org.apache.pekko.actor.ActorCell cell
        && cell.mailbox().messageQueue() instanceof ProcessQueue queue) {
      return queue;
    }
    throw new IllegalStateException("Not an actor of this engine: " + context.getSelf());
  }
}
