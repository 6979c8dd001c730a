package dev.cascade.models.ingestion;

import dev.cascade.models.http.Ending;
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
import dev.cascade.random.RandomStream;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * A load-balancer node: its firewall first, then its proxy, which spreads what it takes in over the
 * servers in turn.
 */
final class Gateway extends AbstractBehavior<WireMessage> {
  static final String PROCESS = "gateway";

  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter(
              "gateway_batches_total",
              "Batches that reached a node: forwarded, or swallowed by its firewall.",
              "gateway",
              "result"),
          MetricInfo.counter(
              "gateway_datagrams_lost_total",
              "Datagrams that were forwarded, and that no server took.",
              "gateway"));

  private record Relayed(Outcome outcome) implements WireMessage {}

  private final Env<WireMessage> env;
  private final GatewayConfig config;
  private final List<Address> servers;
  private final RandomStream cpu;
  private final Metrics.Counter forwarded;
  private final Metrics.Counter swallowed;
  private final Metrics.Counter lost;
  private int next;

  private Gateway(Env<WireMessage> env, GatewayConfig config, List<Address> servers) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.servers = servers;
    this.cpu = env.random("cpu");
    this.next = env.random("first").nextInt(servers.size());
    String entry = env.host().entry();
    this.forwarded =
        env.metrics().counter("gateway_batches_total", "gateway", entry, "result", "forwarded");
    this.swallowed =
        env.metrics().counter("gateway_batches_total", "gateway", entry, "result", "swallowed");
    this.lost = env.metrics().counter("gateway_datagrams_lost_total", "gateway", entry);
    env.costs(
        message ->
            message instanceof Relayed ? Cost.FREE : new Cost(config.cpu().sampleNanos(cpu), 0));
  }

  static ProcessSpec<WireMessage> spec(GatewayConfig config, List<Address> servers) {
    return ProcessSpec.of(env -> new Gateway(env, config, servers));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(HttpRequest.class, this::onRequest)
        .onMessage(Datagram.class, this::onDatagram)
        .onMessage(Relayed.class, this::onRelayed)
        .build();
  }

  private Behavior<WireMessage> onRequest(HttpRequest request) {
    if (request.path().equals(config.healthPath())) {
      env.reply(request.replyTo(), HttpResponse.OK);
    } else if (config.open().contains(request.path())) {
      forwarded.increment();
      env.forward(server(), request);
    } else {
      swallowed.increment();
      env.discard(request, "firewall");
    }
    return this;
  }

  private Behavior<WireMessage> onDatagram(Datagram datagram) {
    if (config.open().contains(datagram.path())) {
      forwarded.increment();
      env.request(
          server(),
          to -> new HttpRequest(datagram.path(), to),
          config.relayTimeout(),
          Relayed::new);
    } else {
      swallowed.increment();
      env.dropped(datagram, "firewall");
    }
    return this;
  }

  /** Nobody is told, as with any datagram; but it is counted. */
  private Behavior<WireMessage> onRelayed(Relayed relayed) {
    if (Ending.of(relayed.outcome()) != Ending.SUCCESS) {
      lost.increment();
    }
    return this;
  }

  private Address server() {
    next = (next + 1) % servers.size();
    return servers.get(next);
  }
}
