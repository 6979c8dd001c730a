package dev.cascade.models.aws;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Metrics;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * A target group as one node of the load balancer has it: a health checker for each target, and a
 * connection to one of the healthy ones for each request. It queues no requests: those that wait
 * for a target's answer are its open connections, bounded as {@link Env#request} says, and each
 * ends after the idleTimeout.
 */
final class TargetGroup extends AbstractBehavior<TargetGroup.Command> {
  private static final HttpResponse BAD_GATEWAY = new HttpResponse(502);
  private static final HttpResponse GATEWAY_TIMEOUT = new HttpResponse(504);

  /** What it understands; all of it comes from its own node. */
  sealed interface Command {}

  /** A request has come in. */
  record Route(HttpRequest request) implements Command {}

  /** These are the targets from now on. */
  record SetTargets(List<String> hosts) implements Command {}

  /** A checker has another opinion. */
  record Judged(String target, TargetHealth.State state) implements Command {}

  private record Answered(HttpRequest request, Outcome outcome) implements Command {}

  private final Env<Command> env;
  private final String loadBalancer;
  private final LoadBalancerConfig config;
  private final LoadBalancerConfig.TargetGroupConfig group;
  private final long phaseNanos;

  private final RoutingTable routing = new RoutingTable();
  private final Map<String, ActorRef<HealthChecker.Command>> checkers = new TreeMap<>();

  private final Map<String, Address> addresses = new TreeMap<>();
  private final Map<Integer, Metrics.Counter> answers = new TreeMap<>();
  private int checkersMade;
  private boolean failingOpen;

  private TargetGroup(
      Env<Command> env,
      String loadBalancer,
      LoadBalancerConfig config,
      LoadBalancerConfig.TargetGroupConfig group,
      long phaseNanos) {
    super(env.context());
    this.env = env;
    this.loadBalancer = loadBalancer;
    this.config = config;
    this.group = group;
    this.phaseNanos = phaseNanos;
  }

  static ProcessSpec<Command> spec(
      String loadBalancer,
      LoadBalancerConfig config,
      LoadBalancerConfig.TargetGroupConfig group,
      long phaseNanos) {
    return ProcessSpec.of(env -> new TargetGroup(env, loadBalancer, config, group, phaseNanos));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Route.class, this::onRoute)
        .onMessage(SetTargets.class, this::onSetTargets)
        .onMessage(Judged.class, this::onJudged)
        .onMessage(Answered.class, this::onAnswered)
        .build();
  }

  private Behavior<Command> onRoute(Route route) {
    HttpRequest request = route.request();
    Optional<String> target = routing.next();
    if (target.isEmpty()) {
      answer(request, HttpResponse.SERVICE_UNAVAILABLE);
      return this;
    }
    env.request(
        address(target.get()),
        connection ->
            new HttpRequest(
                request.path(), connection, env.nowNanos(), request.deadlineNanos(), request.key()),
        config.idleTimeout(),
        outcome -> new Answered(request, outcome));
    return this;
  }

  private Behavior<Command> onAnswered(Answered answered) {
    Outcome outcome = answered.outcome();
    if (outcome instanceof Outcome.Reply reply
        && reply.message() instanceof HttpResponse response) {
      answer(answered.request(), response);
    } else {
      answer(
          answered.request(), outcome instanceof Outcome.TimedOut ? GATEWAY_TIMEOUT : BAD_GATEWAY);
    }
    return this;
  }

  private void answer(HttpRequest request, HttpResponse response) {
    answers.computeIfAbsent(response.status(), this::answers).increment();
    env.reply(request.replyTo(), response);
  }

  private Metrics.Counter answers(int status) {
    return env.metrics()
        .counter(
            "lb_requests_total", "load_balancer", loadBalancer, "status", Integer.toString(status));
  }

  private Behavior<Command> onSetTargets(SetTargets targets) {
    for (String known : routing.targets()) {
      if (!targets.hosts().contains(known)) {
        remove(known);
      }
    }
    TreeSet<String> known = new TreeSet<>(routing.targets());
    for (String host : targets.hosts()) {
      if (!known.contains(host)) {
        add(host);
      }
    }
    measure();
    return this;
  }

  private void add(String host) {
    if (!config.healthCheck().enabled()) {
      routing.put(host, TargetHealth.State.HEALTHY);
      return;
    }
    routing.put(host, TargetHealth.State.INITIAL);
    ActorRef<Command> self = getContext().getSelf();
    HealthChecker.Duty duty =
        new HealthChecker.Duty(loadBalancer, group.name(), address(host), phaseNanos);
    ProcessSpec<HealthChecker.Command> spec =
        HealthChecker.spec(duty, config.healthCheck(), state -> self.tell(new Judged(host, state)));
    checkers.put(host, env.spawn("check-" + host + "-" + checkersMade++, spec));
  }

  private void remove(String host) {
    routing.remove(host);
    ActorRef<HealthChecker.Command> checker = checkers.remove(host);
    if (checker != null) {
      getContext().stop(checker);
    }
  }

  private Behavior<Command> onJudged(Judged judged) {
    if (checkers.containsKey(judged.target())) { // else it was deregistered meanwhile
      routing.put(judged.target(), judged.state());
      env.event(
          judged.state() == TargetHealth.State.HEALTHY ? "target-healthy" : "target-unhealthy",
          "load_balancer",
          loadBalancer,
          "target_group",
          group.name(),
          "target",
          judged.target());
      measure();
    }
    return this;
  }

  private void measure() {
    String[] labels = {"load_balancer", loadBalancer, "target_group", group.name()};
    env.metrics().gauge("lb_healthy_targets", labels).set(routing.healthy());
    if (routing.isFailingOpen() && !failingOpen) {
      env.event("target-group-fails-open", labels);
    }
    failingOpen = routing.isFailingOpen();
  }

  private Address address(String host) {
    return addresses.computeIfAbsent(host, name -> Address.of(name, group.process()));
  }
}
