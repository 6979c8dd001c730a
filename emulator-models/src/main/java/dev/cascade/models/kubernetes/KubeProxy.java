package dev.cascade.models.kubernetes;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Keeps the rules of its node: a {@link NodePort} for each port of each service. Changes are
 * gathered, and written at most once in a while.
 */
final class KubeProxy extends AbstractBehavior<KubeProxy.Command> {
  static final String PROCESS = "kube-proxy";

  /** What it understands. */
  sealed interface Command {}

  /** From the API server. */
  sealed interface Wire extends Command, WireMessage {}

  /**
   * Services as they are now: all of them, or those that changed.
   *
   * @param revision of the cluster that says so; what an older one says has been overtaken
   */
  record Services(long revision, List<Service> services) implements Wire {
    @Override
    public int sizeBytes() {
      return ApiServer.OBJECT_BYTES + services.stream().mapToInt(Service::sizeBytes).sum();
    }
  }

  /**
   * A service and where its requests may go.
   *
   * @param ports at which every node takes connections for it
   */
  record Service(String name, List<Integer> ports, TrafficPolicy policy, List<Address> endpoints) {
    private int sizeBytes() {
      return ApiServer.OBJECT_BYTES + 200 * endpoints.size(); // an address in JSON: a guess
    }
  }

  private enum ListDue implements Command {
    INSTANCE
  }

  private enum SyncDue implements Command {
    INSTANCE
  }

  private final Env<Command> env;
  private final NodeConfig config;
  private final Address apiServer;
  private final TimerScheduler<Command> timers;

  private final Map<String, Service> pending = new TreeMap<>();
  private final Map<String, Long> revisions = new TreeMap<>();
  private final Map<Integer, ActorRef<WireMessage>> ports = new TreeMap<>();

  private KubeProxy(
      Env<Command> env, NodeConfig config, Address apiServer, TimerScheduler<Command> timers) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.apiServer = apiServer;
    this.timers = timers;
    getContext().getSelf().tell(ListDue.INSTANCE);
    timers.startTimerWithFixedDelay(ListDue.INSTANCE, config.proxyResync());
  }

  static ProcessSpec<Command> spec(NodeConfig config, Address apiServer) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new KubeProxy(env, config, apiServer, timers)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Services.class, this::onServices)
        .onMessage(ListDue.class, this::onListDue)
        .onMessage(SyncDue.class, this::onSyncDue)
        .build();
  }

  private Behavior<Command> onServices(Services services) {
    for (Service service : services.services()) {
      if (services.revision() >= revisions.getOrDefault(service.name(), -1L)) {
        revisions.put(service.name(), services.revision());
        pending.put(service.name(), service);
      }
    }
    if (!timers.isTimerActive(SyncDue.INSTANCE)) {
      timers.startSingleTimer(SyncDue.INSTANCE, config.proxySyncMin());
    }
    return this;
  }

  private Behavior<Command> onListDue(ListDue due) {
    env.send(apiServer, new ApiServer.WatchServices(env.self()));
    return this;
  }

  private Behavior<Command> onSyncDue(SyncDue due) {
    for (Service service : pending.values()) {
      for (int port : service.ports()) {
        ports.computeIfAbsent(port, this::open).tell(NodePort.Rules.of(service, env.host().name()));
      }
    }
    pending.clear();
    return this;
  }

  private ActorRef<WireMessage> open(int port) {
    return env.spawn(Integer.toString(port), NodePort.spec());
  }
}
