package dev.cascade.models.frontend;

import dev.cascade.models.etcd.EtcdCall;
import dev.cascade.models.etcd.EtcdClient;
import dev.cascade.models.etcd.EtcdReply;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** A proxy that asks one backend after the other, and answers 503 when there is none left. */
final class FrontEnd extends AbstractBehavior<WireMessage> {
  static final String PROCESS = "proxy";

  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter(
              "front_end_requests_total", "Requests by what was answered.", "status"),
          MetricInfo.gauge("front_end_backends", "Backends of all services that it knows of."));

  private record Answered(HttpRequest request, List<Address> left, Outcome outcome)
      implements WireMessage {}

  private enum RefreshDue implements WireMessage {
    INSTANCE
  }

  /** An etcd client's: a call is given up after it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final FrontEndConfig config;
  private final EtcdClient etcd;
  private final Backends backends = new Backends();
  private final Metrics.Gauge known;
  private int open;

  private FrontEnd(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      FrontEndConfig config,
      List<Address> etcd) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.etcd = new EtcdClient(env, etcd);
    this.known = env.metrics().gauge("front_end_backends");
    Cost request = Cost.work(config.cpu());
    env.costs(message -> message instanceof HttpRequest ? request : Cost.FREE);
    timers.startSingleTimer(RefreshDue.INSTANCE, Duration.ZERO);
  }

  static ProcessSpec<WireMessage> spec(FrontEndConfig config, List<Address> etcd) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new FrontEnd(env, timers, config, etcd)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(HttpRequest.class, this::onRequest)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(RefreshDue.class, due -> onRefreshDue())
        .onMessage(EtcdClient.Answered.class, this::onEtcdAnswered)
        .build();
  }

  // ---- requests

  private Behavior<WireMessage> onRequest(HttpRequest request) {
    if (open >= config.connections()) {
      env.refuse(request, "too-many-connections");
      return this;
    }
    open++;
    ask(request, backends.next(Backends.service(request.path()), config.tries()));
    return this;
  }

  private void ask(HttpRequest request, List<Address> left) {
    if (left.isEmpty()) {
      answer(request, HttpResponse.SERVICE_UNAVAILABLE);
      return;
    }
    long now = env.nowNanos();
    env.request(
        left.get(0),
        to -> new HttpRequest(request.path(), to, now, request.deadlineNanos(), request.key()),
        config.timeout(),
        outcome -> new Answered(request, left.subList(1, left.size()), outcome));
  }

  private Behavior<WireMessage> onAnswered(Answered answered) {
    HttpResponse response = response(answered.outcome());
    if (response == null) {
      ask(answered.request(), answered.left());
    } else {
      answer(answered.request(), response);
    }
    return this;
  }

  private static @Nullable HttpResponse response(Outcome outcome) {
    return outcome instanceof Outcome.Reply reply && reply.message() instanceof HttpResponse http
        ? http
        : null;
  }

  private void answer(HttpRequest request, HttpResponse response) {
    open--;
    env.metrics()
        .counter(
            "front_end_requests_total",
            "status",
            String.format(Locale.ROOT, "%d", response.status()))
        .increment();
    env.reply(request.replyTo(), response);
  }

  // ---- backends

  private Behavior<WireMessage> onRefreshDue() {
    etcd.ask(
        PATIENCE,
        to -> new EtcdCall.Get(Backends.PREFIX, true, to),
        answer -> {
          if (answer instanceof EtcdReply.Nodes nodes) {
            TreeMap<String, String> keys = new TreeMap<>();
            nodes.nodes().forEach((key, node) -> keys.put(key, node.value()));
            backends.update(keys);
            known.set(backends.size());
          }
          timers.startSingleTimer(RefreshDue.INSTANCE, config.refresh());
        });
    return this;
  }

  private Behavior<WireMessage> onEtcdAnswered(EtcdClient.Answered answered) {
    etcd.on(answered);
    return this;
  }
}
