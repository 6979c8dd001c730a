package dev.cascade.models.kubernetes;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Metrics;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import dev.cascade.random.Hash64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The rules for one port of a node: each connection goes to one endpoint of the service, any with
 * equal chance. It sees connections, not what is asked on them: a health check is one like any
 * other.
 */
final class NodePort extends AbstractBehavior<WireMessage> {
  /**
   * The rules as they are written.
   *
   * @param service that the port belongs to
   * @param endpoints that connections may go to from this node
   */
  record Rules(String service, TrafficPolicy policy, List<Address> endpoints)
      implements WireMessage {
    static Rules of(KubeProxy.Service service, String node) {
      List<Address> usable =
          service.policy() == TrafficPolicy.CLUSTER
              ? service.endpoints()
              : service.endpoints().stream().filter(pod -> pod.host().equals(node)).toList();
      return new Rules(service.name(), service.policy(), usable);
    }
  }

  private final Env<WireMessage> env;
  private final long salt;

  private final Map<String, Metrics.Counter> connections = new TreeMap<>();
  private Rules rules = new Rules("", TrafficPolicy.LOCAL, List.of());

  private NodePort(Env<WireMessage> env) {
    super(env.context());
    this.env = env;
    this.salt = env.random("endpoints").nextLong();
  }

  static ProcessSpec<WireMessage> spec() {
    return ProcessSpec.of(env -> new NodePort(env));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Rules.class, this::onRules)
        .onMessage(WireRequest.class, this::onConnection)
        .build();
  }

  private Behavior<WireMessage> onRules(Rules written) {
    rules = written;
    return this;
  }

  private Behavior<WireMessage> onConnection(WireRequest request) {
    connections(request.replyTo().client().host()).increment();
    List<Address> endpoints = rules.endpoints();
    if (!endpoints.isEmpty()) {
      env.forward(endpoints.get(pick(salt, request.replyTo(), endpoints.size())), request);
    } else if (rules.policy() == TrafficPolicy.LOCAL) {
      env.discard(request, "no-local-endpoint"); // iptables: DROP
    } else {
      env.refuse(request, "no-endpoint"); // iptables: REJECT
    }
    return this;
  }

  private Metrics.Counter connections(String client) {
    return connections.computeIfAbsent(
        client,
        name ->
            env.metrics()
                .counter(
                    "kube_proxy_connections_total", "service", rules.service(), "client", name));
  }

  /**
   * Conntrack in one line: the same connection, whose SYN may come again, goes the same way, and
   * different ones go anywhere with equal chance.
   */
  static int pick(long salt, ReplyTo connection, int count) {
    long hash = Hash64.combine(salt ^ connection.client().hostKey(), connection.connection());
    return (int) Long.remainderUnsigned(hash, count);
  }
}
