package dev.cascade.run;

import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Operation;
import dev.cascade.node.Outcome;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Reference;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Hosts that talk all the time: ten times a second each sends a ping of 1 kB to every peer and asks
 * it something, and a ping costs its receiver 1 ms of its one core.
 */
final class Chatter implements Model<Chatter.Config> {
  static final Duration BEAT = Duration.ofMillis(100);
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /**
   * Whom to talk to.
   *
   * @param peers an entry of the topology
   */
  record Config(String peers) {}

  sealed interface Talk extends WireMessage {}

  record Beat() implements Talk {}

  record Hush() implements Talk {}

  record Ended(Address peer, Outcome outcome) implements Talk {}

  record Ping(Address from, long sentNanos) implements Talk {
    @Override
    public int sizeBytes() {
      return 1_000;
    }
  }

  record Ask(ReplyTo replyTo) implements Talk, WireRequest {}

  record Answer() implements WireMessage {}

  @Override
  public String name() {
    return "chatter";
  }

  @Override
  public String summary() {
    return "Talks all the time.";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public void place(Placement<Config> placement) {
    String peers = placement.config().peers();
    placement.template(
        "host",
        HostSpec.cores(1),
        boot ->
            boot.start(
                "main",
                ProcessSpec.<Talk>of(env -> talker(env, boot, peers))
                    .cost(
                        message ->
                            message instanceof Ping
                                ? Cost.work(Duration.ofMillis(1))
                                : Cost.FREE)));
    placement.serves("host", "main");
    placement.replicas("host");
  }

  private static Behavior<Talk> talker(Env<Talk> env, Boot boot, String peers) {
    List<Address> addresses = boot.addresses(peers);
    String self = env.host().name();
    env.metrics().counter("boots_total", "on", self).increment();
    boolean[] hushed = {false};
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerWithFixedDelay(new Beat(), BEAT);
          return Behaviors.receive(Talk.class)
              .onMessage(
                  Beat.class,
                  beat -> {
                    env.metrics().gauge("clock_seconds").set(env.nowNanos() / 1e9);
                    if (!hushed[0]) {
                      addresses.forEach(peer -> talk(env, peer));
                    }
                    return Behaviors.same();
                  })
              .onMessage(
                  Ping.class,
                  ping -> {
                    String from = ping.from().host();
                    env.metrics().counter("pings_total", "from", from, "to", self).increment();
                    env.metrics()
                        .histogram("ping_seconds", "from", from, "to", self)
                        .recordNanos(Math.max(0, env.nowNanos() - ping.sentNanos()));
                    return Behaviors.same();
                  })
              .onMessage(
                  Ask.class,
                  ask -> {
                    env.reply(ask.replyTo(), new Answer());
                    return Behaviors.same();
                  })
              .onMessage(
                  Ended.class,
                  ended -> {
                    String outcome = ended.outcome().getClass().getSimpleName();
                    env.metrics()
                        .counter(
                            "calls_total",
                            "from",
                            self,
                            "to",
                            ended.peer().host(),
                            "outcome",
                            outcome.toLowerCase(Locale.ROOT))
                        .increment();
                    if (!(ended.outcome() instanceof Outcome.Reply)) {
                      env.event("unheard", "by", ended.peer().host());
                    }
                    return Behaviors.same();
                  })
              .onMessage(
                  Hush.class,
                  hush -> {
                    hushed[0] = true;
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private static void talk(Env<Talk> env, Address peer) {
    env.send(peer, new Ping(env.self(), env.nowNanos()));
    env.request(peer, Ask::new, TIMEOUT, outcome -> new Ended(peer, outcome));
  }

  /** An operator tells hosts to be silent. */
  static final class HushAction implements Action<Config, HushAction.Parameters> {
    /** Nothing to be said. */
    record Parameters() {}

    @Override
    public String name() {
      return "hush";
    }

    @Override
    public String summary() {
      return "Silences hosts.";
    }

    @Override
    public Class<Parameters> parameters() {
      return Parameters.class;
    }

    @Override
    public void perform(Operation<Config> operation, Parameters parameters) {
      operation
          .hosts()
          .forEach(
              host ->
                  operation.command(
                      Address.of(host.name(), "main"), new Hush(), Duration.ofNanos(1)));
    }
  }

  @Override
  public List<Action<Config, ?>> actions() {
    return List.of(new HushAction());
  }

  @Override
  public List<Reference> references(Config config) {
    return List.of(Reference.to(config.peers()));
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.of(
        MetricInfo.counter("boots_total", "Boots.", "on"),
        MetricInfo.gauge("clock_seconds", "The host's clock."),
        MetricInfo.counter("pings_total", "Pings that came.", "from", "to"),
        MetricInfo.histogram("ping_seconds", "How long pings took.", "from", "to"),
        MetricInfo.counter("calls_total", "Requests that ended.", "from", "to", "outcome"));
  }

  @Override
  public List<EventInfo> events() {
    return List.of(new EventInfo("unheard", List.of("by"), "A request got no answer."));
  }
}
