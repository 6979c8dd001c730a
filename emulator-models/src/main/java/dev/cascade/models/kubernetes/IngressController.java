package dev.cascade.models.kubernetes;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A reverse proxy in a pod: one event loop that holds no thread for a request, sends it on to the
 * pods of a service by its path, and answers health checks itself.
 */
final class IngressController extends AbstractBehavior<WireMessage> {
  /** It is time to ask for all services again; no such message ever crosses the network. */
  private record ListDue() implements WireMessage {}

  private final Env<WireMessage> env;
  private final IngressConfig config;
  private final Address apiServer;

  private final Map<String, KubeProxy.Service> services = new TreeMap<>();
  private final Map<String, Long> revisions = new TreeMap<>();
  private final Map<String, Integer> next = new TreeMap<>();

  private IngressController(
      Env<WireMessage> env,
      IngressConfig config,
      Address apiServer,
      Duration resync,
      TimerScheduler<WireMessage> timers) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.apiServer = apiServer;
    RandomStream cpu = env.random("cpu");
    env.costs(
        message ->
            message instanceof HttpRequest
                ? new Cost(config.cpu().sampleNanos(cpu), 0)
                : Cost.FREE);
    timers.startTimerWithFixedDelay(new ListDue(), Duration.ZERO, resync);
  }

  static ProcessSpec<WireMessage> spec(IngressConfig config, Address apiServer, Duration resync) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> new IngressController(env, config, apiServer, resync, timers)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(HttpRequest.class, this::onRequest)
        .onMessage(KubeProxy.Services.class, this::onServices)
        .onMessage(ListDue.class, this::onListDue)
        .build();
  }

  private Behavior<WireMessage> onRequest(HttpRequest request) {
    if (request.path().equals(config.healthPath())) {
      env.reply(request.replyTo(), HttpResponse.OK);
      return this;
    }
    String name = config.routes().get(request.path());
    KubeProxy.Service service = name == null ? null : services.get(name);
    if (name == null || service == null) {
      env.reply(request.replyTo(), HttpResponse.NOT_FOUND);
    } else if (service.endpoints().isEmpty()) {
      env.reply(request.replyTo(), HttpResponse.SERVICE_UNAVAILABLE);
    } else {
      List<Address> endpoints = service.endpoints();
      int turn = next.merge(name, 1, Integer::sum);
      env.forward(endpoints.get(Math.floorMod(turn, endpoints.size())), request);
    }
    return this;
  }

  private Behavior<WireMessage> onServices(KubeProxy.Services update) {
    for (KubeProxy.Service service : update.services()) {
      if (update.revision() >= revisions.getOrDefault(service.name(), -1L)) {
        revisions.put(service.name(), update.revision());
        services.put(service.name(), service);
      }
    }
    return this;
  }

  private Behavior<WireMessage> onListDue(ListDue due) {
    env.send(apiServer, new ApiServer.WatchServices(env.self()));
    return this;
  }
}
