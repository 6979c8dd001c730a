package dev.cascade.models.broker;

import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Coordinates all groups, on the first broker. What groups have committed is on its disk; who is in
 * them it only remembers. It works out the parts itself, where in Kafka one of the members does.
 */
final class Coordinator extends AbstractBehavior<Coordinator.Command> {
  sealed interface Command {}

  /** A request that an I/O thread took up. */
  record Asked(Wire.ToCoordinator request) implements Command {}

  private record RebalanceDue(String group, int generation) implements Command {}

  private record SessionExpired(String group, String member) implements Command {}

  static final EventInfo REBALANCED =
      new EventInfo(
          "group-rebalanced",
          List.of("group", "generation", "members"),
          "The members of a group have new parts.");

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final BrokerConfig config;
  private final String broker;

  private final TreeMap<String, GroupState> groups = new TreeMap<>();
  private final TreeMap<String, Metrics.Counter> rebalances = new TreeMap<>();

  private Coordinator(
      Env<Command> env, TimerScheduler<Command> timers, String broker, BrokerConfig config) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.broker = broker;
    this.config = config;
  }

  static ProcessSpec<Command> spec(String broker, BrokerConfig config) {
    return ProcessSpec.<Command>of(
            env -> Behaviors.withTimers(timers -> new Coordinator(env, timers, broker, config)))
        .mailbox(100_000, Overflow.DROP_NEWEST);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Asked.class, this::onAsked)
        .onMessage(RebalanceDue.class, this::onRebalanceDue)
        .onMessage(SessionExpired.class, this::onSessionExpired)
        .build();
  }

  private Behavior<Command> onAsked(Asked asked) {
    Wire.ToCoordinator request = asked.request();
    GroupState group = groups.computeIfAbsent(request.group(), name -> new GroupState());
    if (request instanceof Wire.JoinGroup join) {
      stopSession(join.group(), join.member());
      begin(join.group(), group, group.join(join));
    } else if (request instanceof Wire.Heartbeat beat) {
      answer(beat, group.codeFor(beat.member(), beat.generation(), false));
      awaitSession(beat.group(), group, beat.member());
    } else if (request instanceof Wire.CommitOffsets commit) {
      Wire.Code code = group.codeFor(commit.member(), commit.generation(), true);
      if (code == Wire.Code.NONE) {
        commit(commit);
      }
      answer(commit, code);
      awaitSession(commit.group(), group, commit.member());
    } else if (request instanceof Wire.LeaveGroup leave) {
      answer(leave, Wire.Code.NONE);
      remove(leave.group(), leave.member());
    }
    return this;
  }

  private Behavior<Command> onRebalanceDue(RebalanceDue due) {
    GroupState group = groups.get(due.group());
    if (group != null
        && group.phase() == GroupState.Phase.PREPARING_REBALANCE
        && group.generation() == due.generation()) {
      complete(due.group(), group);
    }
    return this;
  }

  private Behavior<Command> onSessionExpired(SessionExpired expired) {
    remove(expired.group(), expired.member());
    return this;
  }

  private void remove(String name, String member) {
    GroupState group = groups.get(name);
    if (group != null) {
      stopSession(name, member);
      begin(name, group, group.remove(member));
    }
  }

  /** Waits for the other members, or not, after one has come or gone. */
  private void begin(String name, GroupState group, boolean begins) {
    if (group.phase() != GroupState.Phase.PREPARING_REBALANCE) {
      return;
    }
    if (begins) {
      long wait =
          group.isInitial()
              ? config.groupInitialRebalanceDelay().toNanos()
              : group.rebalanceNanos();
      timers.startSingleTimer(
          "rebalance " + name, new RebalanceDue(name, group.generation()), Duration.ofNanos(wait));
    }
    if (group.allHaveJoined() && !group.isInitial()) {
      timers.cancel("rebalance " + name);
      complete(name, group);
    }
  }

  private void complete(String name, GroupState group) {
    List<String> before = group.members();
    List<GroupState.Part> parts = group.complete(partitions(group.topic()));
    before.forEach(member -> stopSession(name, member));
    Map<Integer, Long> committed = committed(name);
    for (GroupState.Part part : parts) {
      List<Wire.Position> positions = new ArrayList<>();
      for (int partition : part.partitions()) {
        positions.add(new Wire.Position(partition, committed.getOrDefault(partition, 0L)));
      }
      env.reply(part.replyTo(), new Wire.Joined(group.generation(), positions));
    }
    group.members().forEach(member -> awaitSession(name, group, member));
    rebalances
        .computeIfAbsent(
            name,
            g ->
                env.metrics()
                    .counter("broker_group_rebalances_total", "broker", broker, "group", g))
        .increment();
    env.event(
        REBALANCED.name(),
        "group",
        name,
        "generation",
        Integer.toString(group.generation()),
        "members",
        Integer.toString(group.members().size()));
  }

  private int partitions(String topic) {
    return config.topics().stream()
        .filter(one -> one.name().equals(topic))
        .mapToInt(Topic::partitions)
        .findFirst()
        .orElse(0);
  }

  // ---- sessions

  private void awaitSession(String group, GroupState state, String member) {
    Long nanos = state.sessionNanos(member);
    if (nanos != null) {
      timers.startSingleTimer(
          session(group, member), new SessionExpired(group, member), Duration.ofNanos(nanos));
    }
  }

  private void stopSession(String group, String member) {
    timers.cancel(session(group, member));
  }

  private static String session(String group, String member) {
    return "session " + group + " " + member;
  }

  // ---- offsets

  private Map<Integer, Long> committed(String group) {
    return CommittedOffsets.of(env.disk(Disk.Lifetime.MACHINE), group).offsets();
  }

  private void commit(Wire.CommitOffsets commit) {
    GroupState group = groups.get(commit.group());
    if (group != null) {
      Disk disk = env.disk(Disk.Lifetime.MACHINE);
      CommittedOffsets.of(disk, commit.group())
          .with(group.topic(), commit.positions())
          .write(disk, commit.group());
    }
  }

  private void answer(Wire.ToCoordinator request, Wire.Code code) {
    env.reply(request.replyTo(), new Wire.Answer(code));
  }
}
