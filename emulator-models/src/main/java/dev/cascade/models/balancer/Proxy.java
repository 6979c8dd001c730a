package dev.cascade.models.balancer;

import dev.cascade.models.discovery.Upstream;
import dev.cascade.models.discovery.Watcher;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
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
 * A proxy with one event loop: takes requests one after the other, each for some CPU, and has as
 * many open at the hosts behind it as these bound. What it thinks of the hosts is its own.
 */
final class Proxy extends AbstractBehavior<WireMessage> {
  /** Where it serves. */
  static final String PROCESS = "proxy";

  /** Connections that wait for the event loop: Linux's net.core.somaxconn since 5.4. */
  private static final int BACKLOG = 4096;

  // What the proxy says to itself never crosses the network.

  private record Moved(List<Address> hosts) implements WireMessage {}

  private record Checked(Address host, CheckedHealth.Result result, boolean healthy)
      implements WireMessage {}

  private record Answered(HttpRequest request, UpstreamHost host, long sinceNanos, Outcome outcome)
      implements WireMessage {}

  private enum SweepDue implements WireMessage {
    INSTANCE
  }

  private final Env<WireMessage> env;
  private final BalancerConfig config;
  private final Picker picker;
  private final RandomStream cpu;
  private final ProxyMeter meter;

  private final Cluster cluster;
  private final Map<Address, ActorRef<Checker.Command>> checkers = new TreeMap<>();

  private int checkersMade;
  private int open;

  private Proxy(
      Env<WireMessage> env,
      String balancer,
      BalancerConfig config,
      Upstream upstream,
      TimerScheduler<WireMessage> timers) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.picker = new Picker(config, env.random("pick"));
    this.cpu = env.random("cpu");
    this.meter = new ProxyMeter(env, balancer);
    this.cluster = new Cluster(config.healthyPanicThreshold().value());
    upstream.addresses().forEach(this::add);
    meter.reviewed(cluster);
    ActorRef<WireMessage> self = getContext().getSelf();
    if (upstream.registry() != null) {
      env.spawn("discovery", Watcher.spec(upstream.registry(), now -> self.tell(new Moved(now))));
    }
    if (config.outlierDetection() != null) {
      timers.startTimerWithFixedDelay(SweepDue.INSTANCE, config.outlierDetection().interval());
    }
    env.costs(this::cost);
  }

  static ProcessSpec<WireMessage> spec(String balancer, BalancerConfig config, Upstream upstream) {
    ProcessSpec<WireMessage> spec =
        ProcessSpec.of(
            env ->
                Behaviors.withTimers(timers -> new Proxy(env, balancer, config, upstream, timers)));
    // An event loop hears what is ready on open connections between two that it accepts.
    return spec.mailbox(BACKLOG, Overflow.DROP_NEWEST)
        .lanes(message -> message instanceof HttpRequest ? 1 : 0);
  }

  private Cost cost(WireMessage message) {
    return message instanceof HttpRequest ? new Cost(config.cpu().sampleNanos(cpu), 0) : Cost.FREE;
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(HttpRequest.class, this::onRequest)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(Checked.class, this::onChecked)
        .onMessage(Moved.class, this::onMoved)
        .onMessage(SweepDue.class, this::onSweepDue)
        .build();
  }

  // ---- requests

  private Behavior<WireMessage> onRequest(HttpRequest request) {
    long now = env.nowNanos();
    UpstreamHost host = picker.pick(cluster.eligible());
    if (host == null) {
      meter.nobodyToAsk();
      answer(request, HttpResponse.SERVICE_UNAVAILABLE, now);
    } else if (host.open >= config.maxConnections()) {
      meter.overflow();
      env.dropped(request, "overflow");
      answer(request, HttpResponse.SERVICE_UNAVAILABLE, now);
    } else {
      host.open++;
      meter.asked(host.address, ++open);
      env.request(
          host.address,
          connection ->
              new HttpRequest(
                  request.path(), connection, now, request.deadlineNanos(), request.key()),
          config.timeout(),
          outcome -> new Answered(request, host, now, outcome));
    }
    return this;
  }

  private Behavior<WireMessage> onAnswered(Answered answered) {
    answered.host().open--;
    meter.ended(--open);
    HttpResponse response = response(answered.outcome());
    judge(answered.host(), response.status() >= 500);
    answer(answered.request(), response, answered.sinceNanos());
    return this;
  }

  /** What the client is told; Envoy's codes. */
  private static HttpResponse response(Outcome outcome) {
    if (outcome instanceof Outcome.Reply reply
        && reply.message() instanceof HttpResponse response) {
      return response;
    }
    return outcome instanceof Outcome.TimedOut
        ? HttpResponse.GATEWAY_TIMEOUT
        : HttpResponse.SERVICE_UNAVAILABLE;
  }

  private void answer(HttpRequest request, HttpResponse response, long sinceNanos) {
    meter.answered(response.status(), env.nowNanos() - sinceNanos);
    env.reply(request.replyTo(), response);
  }

  // ---- outlier detection

  private void judge(UpstreamHost host, boolean failure) {
    Ejection ejection = host.ejection;
    if (ejection == null || cluster.hosts().get(host.address) != host) {
      return; // nobody judges, or it has gone meanwhile
    }
    if (ejection.ended(failure) && ejection.mayEject(cluster.ejected(), cluster.hosts().size())) {
      ejection.eject(env.nowNanos());
      meter.ejected(host.address, ejection.lengthNanos());
      review(host);
    }
  }

  private Behavior<WireMessage> onSweepDue(SweepDue due) {
    for (UpstreamHost host : cluster.hosts().values()) {
      if (host.ejection != null && host.ejection.swept(env.nowNanos())) {
        meter.happened("upstream-unejected", host.address);
        cluster.review(host);
      }
    }
    meter.reviewed(cluster);
    return this;
  }

  // ---- health checks

  private Behavior<WireMessage> onChecked(Checked checked) {
    meter.checked(checked.result());
    UpstreamHost host = cluster.hosts().get(checked.host());
    if (host == null) {
      return this;
    }
    if (host.checkedHealthy != checked.healthy()) {
      host.checkedHealthy = checked.healthy();
      meter.happened(checked.healthy() ? "upstream-healthy" : "upstream-unhealthy", checked.host());
    }
    OutlierDetection detection = config.outlierDetection();
    if (checked.result() == CheckedHealth.Result.SUCCESS
        && detection != null
        && detection.successfulActiveHealthCheckUnejectHost()
        && host.ejection != null
        && host.isEjected()) {
      host.ejection.uneject();
      meter.happened("upstream-unejected", host.address);
    }
    review(host);
    return this;
  }

  // ---- hosts that come and go

  private Behavior<WireMessage> onMoved(Moved moved) {
    for (Address known : new ArrayList<>(cluster.hosts().keySet())) {
      if (!moved.hosts().contains(known)) {
        remove(known);
      }
    }
    for (Address address : moved.hosts()) {
      if (!cluster.hosts().containsKey(address)) {
        add(address);
        meter.happened("upstream-added", address);
      }
    }
    meter.reviewed(cluster);
    return this;
  }

  private void add(Address address) {
    HealthCheck check = config.healthCheck();
    cluster.add(new UpstreamHost(address, config.outlierDetection(), check == null));
    if (check != null) {
      ActorRef<WireMessage> self = getContext().getSelf();
      Checker.Report report = (result, healthy) -> self.tell(new Checked(address, result, healthy));
      // A host may come back while the checker of its first life still stops.
      String name = "check-" + address.host() + "-" + checkersMade++;
      checkers.put(address, env.spawn(name, Checker.spec(check, address, report)));
    }
  }

  /** What is open there goes on to its end. */
  private void remove(Address address) {
    cluster.remove(address);
    meter.happened("upstream-removed", address);
    ActorRef<Checker.Command> checker = checkers.remove(address);
    if (checker != null) {
      getContext().stop(checker);
    }
  }

  private void review(UpstreamHost host) {
    if (cluster.review(host)) {
      meter.reviewed(cluster);
    }
  }
}
