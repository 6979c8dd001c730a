package dev.cascade.models.provider;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** The interface of a provider for one account: it takes moves, and makes them in turn. */
final class ProviderApi extends AbstractBehavior<WireMessage> {
  static final String PROCESS = "api";

  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter(
              "provider_moves_total",
              "Moves by their answer: 200, 404, 409, 429 or 503.",
              "provider",
              "status"),
          MetricInfo.gauge("provider_moves_open", "Moves under way or waiting.", "provider"));

  private static final Duration HOUR = Duration.ofHours(1);

  /** How often a route is asked for until it is known, as the interface starts; soon enough. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  // What it says to itself never crosses the network.

  private record Told(String vip, Outcome outcome) implements WireMessage {}

  private record AskDue(String vip) implements WireMessage {}

  private record MoveDone(ProviderCall.MoveVip move) implements WireMessage {}

  private record Changed(ProviderCall.MoveVip move, Outcome outcome) implements WireMessage {}

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final ProviderConfig config;
  private final RandomStream times;
  private final RandomStream swallows;
  private final RandomStream errors;
  private final SortedMap<String, Address> routers = new TreeMap<>();

  private final SortedMap<String, Address> routes = new TreeMap<>();
  private final TreeSet<String> moving = new TreeSet<>();
  private final ArrayDeque<ProviderCall.MoveVip> waiting = new ArrayDeque<>();
  private final ArrayDeque<Long> taken = new ArrayDeque<>();
  private int underWay;

  private ProviderApi(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      ProviderConfig config,
      List<Address> vips) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.times = env.random("move-time");
    this.swallows = env.random("swallow");
    this.errors = env.random("errors");
    vips.forEach(vip -> routers.put(vip.host(), vip));
    routers.keySet().forEach(this::ask);
    count();
  }

  static ProcessSpec<WireMessage> spec(ProviderConfig config, List<Address> vips) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new ProviderApi(env, timers, config, vips)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(ProviderCall.ListRoutes.class, this::onListRoutes)
        .onMessage(ProviderCall.MoveVip.class, this::onMoveVip)
        .onMessage(Told.class, this::onTold)
        .onMessage(AskDue.class, this::onAskDue)
        .onMessage(MoveDone.class, this::onMoveDone)
        .onMessage(Changed.class, this::onChanged)
        .build();
  }

  private Behavior<WireMessage> onListRoutes(ProviderCall.ListRoutes list) {
    env.reply(list.replyTo(), new ProviderReply.Routes(routes));
    return this;
  }

  private Behavior<WireMessage> onMoveVip(ProviderCall.MoveVip move) {
    int status = admit(move);
    if (status != 0) {
      answer(move, status);
      return this;
    }
    moving.add(move.vip());
    taken.add(env.nowNanos());
    waiting.add(move);
    advance();
    return this;
  }

  /** The status of a move that is answered at once; 0 if it is taken. */
  private int admit(ProviderCall.MoveVip move) {
    long hourAgo = env.nowNanos() - HOUR.toNanos();
    while (!taken.isEmpty() && taken.getFirst() <= hourAgo) {
      taken.removeFirst();
    }
    if (!routers.containsKey(move.vip())) {
      return 404;
    }
    if (moving.contains(move.vip())) {
      return 409;
    }
    if (Objects.equals(routes.get(move.vip()), move.to())) {
      return 200; // Hetzner has an error for it, "already routed", which its clients take for done
    }
    boolean full = underWay >= config.parallel() && waiting.size() >= config.queue();
    if (taken.size() >= config.quotaPerHour() || full) {
      return 429;
    }
    // What makes a provider's interface stumble lies behind it, where nobody can look.
    return errors.chance(config.errors().value()) ? 503 : 0;
  }

  private void advance() {
    while (underWay < config.parallel() && !waiting.isEmpty()) {
      ProviderCall.MoveVip move = waiting.removeFirst();
      underWay++;
      long nanos = config.moveTime().sampleNanos(times);
      timers.startSingleTimer(move, new MoveDone(move), Duration.ofNanos(nanos));
    }
    count();
  }

  private Behavior<WireMessage> onMoveDone(MoveDone done) {
    ProviderCall.MoveVip move = done.move();
    long swallow = config.swallow().sampleNanos(swallows);
    env.request(
        routers.getOrDefault(move.vip(), env.self()),
        to -> new RouterCall.SetRoute(move.to(), swallow, to),
        config.routerTimeout(),
        outcome -> new Changed(move, outcome));
    return this;
  }

  private Behavior<WireMessage> onChanged(Changed changed) {
    ProviderCall.MoveVip move = changed.move();
    boolean done = changed.outcome() instanceof Outcome.Reply;
    if (done) {
      routes.put(move.vip(), move.to());
    }
    moving.remove(move.vip());
    underWay--;
    answer(move, done ? 200 : 503);
    advance();
    return this;
  }

  private void answer(ProviderCall.MoveVip move, int status) {
    env.metrics()
        .counter(
            "provider_moves_total",
            "provider",
            env.host().entry(),
            "status",
            Integer.toString(status))
        .increment();
    env.reply(
        move.replyTo(),
        status == 200 ? new ProviderReply.Moved() : new ProviderReply.NotMoved(status));
  }

  private void count() {
    env.metrics()
        .gauge("provider_moves_open", "provider", env.host().entry())
        .set(waiting.size() + underWay);
  }

  // ---- what its network says at first

  private void ask(String vip) {
    env.request(
        routers.getOrDefault(vip, env.self()),
        RouterCall.GetRoute::new,
        config.routerTimeout(),
        outcome -> new Told(vip, outcome));
  }

  private Behavior<WireMessage> onTold(Told told) {
    if (told.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof RouterCall.Route route) {
      routes.putIfAbsent(told.vip(), route.to());
    } else {
      timers.startSingleTimer("ask " + told.vip(), new AskDue(told.vip()), ASK_AGAIN);
    }
    return this;
  }

  private Behavior<WireMessage> onAskDue(AskDue due) {
    ask(due.vip());
    return this;
  }
}
