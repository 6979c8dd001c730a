package dev.cascade.models.aws;

import dev.cascade.models.kubernetes.NodeGroup;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Keeps as many instances as it should, and has each registered in every target group that is
 * attached, whether or not anything that a target group is for runs on it.
 */
final class ScalingGroup extends AbstractBehavior<WireMessage> {
  static final String PROCESS = "scaling-group";

  /** What the boot of an instance is told, so that it knows that it is new. */
  private static final String LAUNCHED_BY = "launched-by";

  /** The name under which the disk keeps the group. */
  private static final String FILE = "group";

  /** The name under which it keeps what is under way. */
  private static final String UNDER_WAY = "under-way";

  // What the group says to itself never crosses the network; its wire messages are NodeGroup's.

  private record InService(String instance) implements WireMessage {}

  private record RegistrationDue(String instance, Address loadBalancer) implements WireMessage {}

  private record Registered(String instance, Address loadBalancer, Outcome outcome)
      implements WireMessage {}

  private record DeregistrationDue(String instance, Address loadBalancer) implements WireMessage {}

  private record Deregistered(String instance, Address loadBalancer, Outcome outcome)
      implements WireMessage {}

  private record Drained(String instance) implements WireMessage {}

  /** When instances will have booted, and when those given back end, in ns of the host's clock. */
  private record UnderWay(Map<String, Long> launching, Map<String, Long> draining) {}

  private final Env<WireMessage> env;
  private final ScalingGroupConfig config;
  private final List<Address> loadBalancers;
  private final TimerScheduler<WireMessage> timers;

  private final GroupState state;
  private final TreeMap<String, Long> launching = new TreeMap<>();
  private final TreeMap<String, Long> draining = new TreeMap<>();

  private ScalingGroup(
      Env<WireMessage> env,
      ScalingGroupConfig config,
      List<Address> loadBalancers,
      GroupState state,
      TimerScheduler<WireMessage> timers) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.loadBalancers = loadBalancers;
    this.state = state;
    this.timers = timers;
    disk().read(FILE, GroupState.Kept.class).ifPresent(state::restore);
    disk().read(UNDER_WAY, UnderWay.class).ifPresent(this::goOn);
    state.instances().stream()
        .filter(instance -> !launching.containsKey(instance))
        .forEach(this::register);
    changed();
  }

  /** Timers end with the process, but not what they were for. */
  private void goOn(UnderWay kept) {
    launching.putAll(kept.launching());
    draining.putAll(kept.draining());
    launching.forEach((instance, due) -> wake(new InService(instance), due));
    draining.forEach(
        (instance, due) -> {
          deregister(instance);
          wake(new Drained(instance), due);
        });
  }

  private void wake(WireMessage message, long dueNanos) {
    long left = Math.max(0, dueNanos - env.nowNanos());
    timers.startSingleTimer(message, Duration.ofNanos(left));
  }

  /** A group that has its first instances already. */
  static ProcessSpec<WireMessage> spec(
      ScalingGroupConfig config, List<Address> loadBalancers, Supplier<GroupState> first) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> new ScalingGroup(env, config, loadBalancers, first.get(), timers)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(NodeGroup.Describe.class, this::onDescribe)
        .onMessage(NodeGroup.SetDesired.class, this::onSetDesired)
        .onMessage(NodeGroup.Terminate.class, this::onTerminate)
        .onMessage(InService.class, this::onInService)
        .onMessage(RegistrationDue.class, this::onRegistrationDue)
        .onMessage(Registered.class, this::onRegistered)
        .onMessage(DeregistrationDue.class, this::onDeregistrationDue)
        .onMessage(Deregistered.class, this::onDeregistered)
        .onMessage(Drained.class, this::onDrained)
        .build();
  }

  private Behavior<WireMessage> onDescribe(NodeGroup.Describe describe) {
    env.reply(
        describe.replyTo(),
        new NodeGroup.Description(
            state.desired(),
            config.min(),
            config.max(),
            config.node().allocatableCores(),
            state.instances()));
    return this;
  }

  private Behavior<WireMessage> onSetDesired(NodeGroup.SetDesired wanted) {
    state.desire(wanted.desired());
    if (state.desired() != wanted.desired()) {
      env.event(
          "desired-capacity-bounded",
          "group",
          env.host().entry(),
          "asked",
          Integer.toString(wanted.desired()),
          "desired",
          Integer.toString(state.desired()));
    }
    for (String instance : state.launches()) {
      env.fleet()
          .launch(
              ScalingGroupModel.INSTANCE,
              instance,
              state.zone(instance),
              config.launchTime(),
              Map.of(LAUNCHED_BY, env.self().toString()));
      env.event("instance-launched", "group", env.host().entry(), "instance", instance);
      launching.put(instance, env.nowNanos() + config.launchTime().toNanos());
      timers.startSingleTimer(new InService(instance), config.launchTime());
    }
    state.surplus().forEach(this::drain);
    changed();
    return this;
  }

  private Behavior<WireMessage> onTerminate(NodeGroup.Terminate terminate) {
    if (state.terminate(terminate.instance())) {
      drain(terminate.instance());
      changed();
    }
    return this;
  }

  private Behavior<WireMessage> onInService(InService inService) {
    env.event("instance-in-service", "group", env.host().entry(), "instance", inService.instance());
    launching.remove(inService.instance());
    keepUnderWay();
    register(inService.instance());
    return this;
  }

  private void register(String instance) {
    for (Address loadBalancer : loadBalancers) {
      getContext().getSelf().tell(new RegistrationDue(instance, loadBalancer));
    }
  }

  private Behavior<WireMessage> onRegistrationDue(RegistrationDue due) {
    if (state.instances().contains(due.instance())) { // else it was given back meanwhile
      ask(
          due.loadBalancer(),
          connection -> new LoadBalancerControl.RegisterTarget(due.instance(), connection),
          outcome -> new Registered(due.instance(), due.loadBalancer(), outcome));
    }
    return this;
  }

  private Behavior<WireMessage> onRegistered(Registered registered) {
    if (!isDone(registered.outcome())) {
      retry(new RegistrationDue(registered.instance(), registered.loadBalancer()));
    }
    return this;
  }

  private void drain(String instance) {
    deregister(instance);
    draining.put(instance, env.nowNanos() + config.deregistrationDelay().toNanos());
    timers.startSingleTimer(new Drained(instance), config.deregistrationDelay());
  }

  private void deregister(String instance) {
    for (Address loadBalancer : loadBalancers) {
      getContext().getSelf().tell(new DeregistrationDue(instance, loadBalancer));
    }
  }

  private Behavior<WireMessage> onDeregistrationDue(DeregistrationDue due) {
    ask(
        due.loadBalancer(),
        connection -> new LoadBalancerControl.DeregisterTarget(due.instance(), connection),
        outcome -> new Deregistered(due.instance(), due.loadBalancer(), outcome));
    return this;
  }

  private Behavior<WireMessage> onDeregistered(Deregistered deregistered) {
    if (!isDone(deregistered.outcome())) {
      retry(new DeregistrationDue(deregistered.instance(), deregistered.loadBalancer()));
    }
    return this;
  }

  private Behavior<WireMessage> onDrained(Drained drained) {
    env.event("instance-terminated", "group", env.host().entry(), "instance", drained.instance());
    env.fleet().terminate(drained.instance());
    draining.remove(drained.instance());
    keepUnderWay();
    return this;
  }

  private void ask(
      Address loadBalancer,
      Function<ReplyTo, ? extends WireRequest> request,
      Function<Outcome, WireMessage> whenDone) {
    env.request(loadBalancer, request, config.retry(), whenDone);
  }

  private void retry(WireMessage what) {
    timers.startSingleTimer(what, config.retry());
  }

  private Disk disk() {
    return env.disk(Disk.Lifetime.MACHINE);
  }

  private void keepUnderWay() {
    disk().write(UNDER_WAY, new UnderWay(new TreeMap<>(launching), new TreeMap<>(draining)));
  }

  private static boolean isDone(Outcome outcome) {
    return outcome instanceof Outcome.Reply reply
        && reply.message() instanceof LoadBalancerControl.Registration registration
        && registration.done();
  }

  private void changed() {
    disk().write(FILE, state.kept());
    keepUnderWay();
    env.metrics().gauge("scaling_group_desired", "group", env.host().entry()).set(state.desired());
  }
}
