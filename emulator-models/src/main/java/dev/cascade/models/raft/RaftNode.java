package dev.cascade.models.raft;

import dev.cascade.models.machine.Exec;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** A member in its process: it sends, keeps time, counts and tells what {@link Raft} decides. */
public final class RaftNode {
  /** What each member counts. */
  public static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.gauge("raft_leader", "1 while this member leads.", "service"),
          MetricInfo.gauge("raft_leader_known", "1 while this member knows a leader.", "service"),
          MetricInfo.gauge("raft_term", "The latest term that it knows.", "service"),
          MetricInfo.counter("raft_candidacies_total", "Times one stood for election.", "service"),
          MetricInfo.counter("raft_elections_won_total", "Times one was elected.", "service"),
          MetricInfo.counter(
              "raft_snapshots_restored_total",
              "Snapshots taken up: from the own disk at the start, or from a leader.",
              "service"));

  /** What is worth knowing. */
  public static final List<EventInfo> EVENTS =
      List.of(
          new EventInfo(
              "raft-leader-elected", List.of("service", "term"), "A majority voted for a member."),
          new EventInfo(
              "raft-leader-lost",
              List.of("service", "term"),
              "A leader stepped down: it heard of a later term, or of no majority."));

  /** Its own timer. */
  public record Due() implements WireMessage {}

  /** Who wants to know what becomes of commands. */
  interface Listener {
    /** A command was carried out. */
    void applied(long index, WireMessage answer);

    /** The leader is another, or has become ready. */
    void changed();
  }

  private static final Due DUE = new Due();
  private static final long NEVER = Long.MAX_VALUE;

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final Exec exec;
  private final RaftSetup setup;
  private final StateMachine machine;
  private final Raft raft;
  private final Metrics.Gauge leads;
  private final Metrics.Gauge knowsLeader;
  private final Metrics.Gauge term;

  private @Nullable Listener listener;
  private long armedForNanos = NEVER;
  private long termStoodIn;
  private long termLed;
  private boolean leadsNow;
  private String lastLine = "";

  /** Starts a member with what its storage has kept. */
  public RaftNode(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      Exec exec,
      RaftSetup setup,
      StateMachine machine) {
    this.env = env;
    this.timers = timers;
    this.exec = exec;
    this.setup = setup;
    this.machine = machine;
    this.leads = env.metrics().gauge("raft_leader", "service", setup.service());
    this.knowsLeader = env.metrics().gauge("raft_leader_known", "service", setup.service());
    this.term = env.metrics().gauge("raft_term", "service", setup.service());
    this.raft =
        new Raft(
            setup.timing(),
            setup.numberOn(env.host()),
            setup.members().size(),
            setup.bootstraps(),
            env.random("raft"),
            new RaftLog(exec.storage()),
            new Outside());
    raft.start(env.nowNanos());
    show();
    arm();
  }

  void listener(Listener newListener) {
    listener = newListener;
  }

  /** Takes what another member said. */
  public void receive(RaftMessage message) {
    raft.receive(message, env.nowNanos());
    arm();
  }

  /** Does what is due: its timer went off. */
  public void due() {
    armedForNanos = NEVER;
    long now = env.nowNanos();
    if (raft.deadlineNanos() <= now) {
      raft.due(now);
    }
    arm();
  }

  /** Whether it leads and may answer for all. */
  public boolean isReady() {
    return raft.isReady();
  }

  /** The member that leads, as far as this one knows. */
  public @Nullable Address leader() {
    return raft.leader() < 0 ? null : setup.members().get(raft.leader());
  }

  /** The index that the next command will have. */
  long nextIndex() {
    return raft.lastIndex() + 1;
  }

  /** Takes a command in, if this member is ready. */
  public void propose(String command) {
    raft.propose(command, env.nowNanos());
    arm();
  }

  /** A deadline that moved away is looked at when the old one comes: most are heartbeats' echo. */
  private void arm() {
    long deadline = raft.deadlineNanos();
    if (deadline < armedForNanos) {
      armedForNanos = deadline;
      long wait = Math.max(1, deadline - env.nowNanos());
      timers.startSingleTimer(DUE, DUE, Duration.ofNanos(wait));
    }
  }

  private void show() {
    leads.set(raft.role() == Raft.Role.LEADER ? 1 : 0);
    knowsLeader.set(raft.leader() >= 0 ? 1 : 0);
    term.set((double) raft.term());
  }

  /** A line for each new belief, as etcd and Consul write them. */
  private void log() {
    String line = "raft: " + raft.role() + ", term " + raft.term() + ", leader " + leader();
    if (!line.equals(lastLine)) {
      lastLine = line;
      exec.log(line);
    }
  }

  private void count(String metric) {
    env.metrics().counter(metric, "service", setup.service()).increment();
  }

  private void tell(String event) {
    env.event(event, "service", setup.service(), "term", Long.toString(raft.term()));
  }

  /** What the protocol asks for. */
  private final class Outside implements Raft.Port {
    @Override
    public void send(int to, RaftMessage message) {
      env.send(setup.members().get(to), message);
    }

    @Override
    public void apply(long index, String command) {
      WireMessage answer = machine.apply(index, command);
      if (listener != null) {
        listener.applied(index, answer);
      }
    }

    @Override
    public String snapshot() {
      return machine.snapshot();
    }

    @Override
    public void restore(String state) {
      count("raft_snapshots_restored_total");
      machine.restore(state);
    }

    @Override
    public void changed() {
      show();
      if (raft.role() == Raft.Role.CANDIDATE && raft.term() != termStoodIn) {
        termStoodIn = raft.term();
        count("raft_candidacies_total");
      }
      if (raft.role() == Raft.Role.LEADER && raft.term() != termLed) {
        termLed = raft.term();
        leadsNow = true;
        count("raft_elections_won_total");
        tell("raft-leader-elected");
      }
      if (leadsNow && raft.role() != Raft.Role.LEADER) {
        leadsNow = false;
        tell("raft-leader-lost");
      }
      log();
      if (listener != null) {
        listener.changed();
      }
    }
  }
}
