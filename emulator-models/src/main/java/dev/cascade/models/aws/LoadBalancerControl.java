package dev.cascade.models.aws;

import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.util.List;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Knows the targets of a load balancer, and tells its nodes. */
final class LoadBalancerControl extends AbstractBehavior<LoadBalancerControl.Command> {
  static final String PROCESS = "control";

  /** The name under which the disk keeps the targets. */
  private static final String FILE = "targets";

  /** A call of an AWS API, or its answer: a signed HTTP message; a guess. */
  static final int CALL_BYTES = 1_000;

  /** What it understands. */
  sealed interface Command {}

  /** From other processes. */
  sealed interface Wire extends Command, WireMessage {}

  /** A host is to be a target of all groups; answered by {@link Registration}. */
  record RegisterTarget(String host, ReplyTo replyTo) implements Wire, WireRequest {
    @Override
    public int sizeBytes() {
      return CALL_BYTES;
    }
  }

  /** A host is no target any more; answered by {@link Registration}. */
  record DeregisterTarget(String host, ReplyTo replyTo) implements Wire, WireRequest {
    @Override
    public int sizeBytes() {
      return CALL_BYTES;
    }
  }

  /** A node of the load balancer wants all targets now, and again when they change. */
  record WatchTargets(Address node) implements Wire {
    @Override
    public int sizeBytes() {
      return CALL_BYTES;
    }
  }

  /** Whether it was done, or there are too many targets already. */
  record Registration(boolean done) implements WireMessage {
    @Override
    public int sizeBytes() {
      return CALL_BYTES;
    }
  }

  /** What is kept over a crash. */
  private record Kept(long revision, List<String> hosts) {}

  private final Env<Command> env;
  private final String loadBalancer;
  private final LoadBalancerConfig config;

  private final TreeSet<String> targets = new TreeSet<>();
  private long revision;

  private final TreeSet<Address> watchers = new TreeSet<>();

  private LoadBalancerControl(Env<Command> env, String loadBalancer, LoadBalancerConfig config) {
    super(env.context());
    this.env = env;
    this.loadBalancer = loadBalancer;
    this.config = config;
    env.disk(Disk.Lifetime.MACHINE)
        .read(FILE, Kept.class)
        .ifPresent(
            kept -> {
              revision = kept.revision();
              targets.addAll(kept.hosts());
            });
  }

  static ProcessSpec<Command> spec(String loadBalancer, LoadBalancerConfig config) {
    return ProcessSpec.of(env -> new LoadBalancerControl(env, loadBalancer, config));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(RegisterTarget.class, this::onRegisterTarget)
        .onMessage(DeregisterTarget.class, this::onDeregisterTarget)
        .onMessage(WatchTargets.class, this::onWatchTargets)
        .build();
  }

  private Behavior<Command> onRegisterTarget(RegisterTarget register) {
    boolean known = targets.contains(register.host());
    boolean accepted = known || targets.size() < config.quota();
    if (accepted && targets.add(register.host())) {
      env.event("target-registered", "load_balancer", loadBalancer, "target", register.host());
      changed();
    }
    if (!accepted) {
      env.metrics()
          .counter("lb_registrations_rejected_total", "load_balancer", loadBalancer)
          .increment();
    }
    env.reply(register.replyTo(), new Registration(accepted));
    return this;
  }

  private Behavior<Command> onDeregisterTarget(DeregisterTarget deregister) {
    if (targets.remove(deregister.host())) {
      env.event("target-deregistered", "load_balancer", loadBalancer, "target", deregister.host());
      changed();
    }
    env.reply(deregister.replyTo(), new Registration(true));
    return this;
  }

  private Behavior<Command> onWatchTargets(WatchTargets watch) {
    watchers.add(watch.node());
    env.send(watch.node(), new LoadBalancerNode.Targets(revision, List.copyOf(targets)));
    return this;
  }

  private void changed() {
    revision++;
    List<String> hosts = List.copyOf(targets);
    env.disk(Disk.Lifetime.MACHINE).write(FILE, new Kept(revision, hosts));
    env.metrics().gauge("lb_targets", "load_balancer", loadBalancer).set(hosts.size());
    for (Address node : watchers) {
      env.send(node, new LoadBalancerNode.Targets(revision, hosts));
    }
  }
}
