package dev.cascade.models.raft;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * What clients have asked of a member and not been answered yet. The leader answers reads at once
 * and writes when they are committed; others hand calls on to it. While nobody leads, calls are
 * held, and answered with an error when that has lasted too long.
 */
public final class Calls {
  /** How a service answers. */
  public interface Desk {
    /** The command that a call asks for; null if the leader answers it from what it has. */
    @Nullable String command(LeaderCall call);

    /** Answers a call without a command. */
    WireMessage read(LeaderCall call);

    /** Says that a call could not be carried out. */
    WireMessage failed(LeaderCall call, String reason);

    /** A call was answered so, or refused with null. */
    void answered(LeaderCall call, @Nullable WireMessage answer);
  }

  /** What a member says to itself about a call; to be given to {@link #on}. */
  public sealed interface Notice extends WireMessage {}

  /** What the leader did with a call that was handed on to it. */
  private record Forwarded(long call, Outcome outcome) implements Notice {}

  /** It may be worth another try, or it is too late for one. */
  private record TryDue(long call) implements Notice {}

  /** Consul tries again after a random part of a sixteenth of the hold (agent/consul/rpc.go). */
  private static final int RETRIES_IN_HOLD = 16;

  private static final class Open {
    final LeaderCall call;
    final long deadlineNanos;
    boolean handedOn;
    long index;

    Open(LeaderCall call, long deadlineNanos) {
      this.call = call;
      this.deadlineNanos = deadlineNanos;
    }
  }

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final RaftNode node;
  private final Desk desk;
  private final Duration hold;
  private final int capacity;
  private final RandomStream retries;

  private final SortedMap<Long, Open> open = new TreeMap<>();
  private final SortedMap<Long, Long> byIndex = new TreeMap<>();
  private long lastNumber;

  /**
   * None yet.
   *
   * @param hold how long a call waits while nobody leads
   * @param capacity calls that may be open; more are refused
   */
  public Calls(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      RaftNode node,
      Desk desk,
      Duration hold,
      int capacity) {
    this.env = env;
    this.timers = timers;
    this.node = node;
    this.desk = desk;
    this.hold = hold;
    this.capacity = capacity;
    this.retries = env.random("retry");
    node.listener(
        new RaftNode.Listener() {
          @Override
          public void applied(long index, WireMessage answer) {
            onApplied(index, answer);
          }

          @Override
          public void changed() {
            onChanged();
          }
        });
  }

  /** Takes a client's call. */
  public void take(LeaderCall call) {
    if (call.forwarded() && !node.isReady()) {
      env.reply(call.replyTo(), new NotLeader());
      return;
    }
    if (open.size() >= capacity) {
      desk.answered(call, null);
      env.refuse(call, "too-many-open-calls");
      return;
    }
    long number = ++lastNumber;
    open.put(number, new Open(call, env.nowNanos() + hold.toNanos()));
    attempt(number);
  }

  /** Calls that are not answered yet. */
  public int size() {
    return open.size();
  }

  private void attempt(long number) {
    Open call = open.get(number);
    if (call == null || call.handedOn || call.index > 0) {
      return;
    }
    long leftNanos = call.deadlineNanos - env.nowNanos();
    Address leader = node.leader();
    if (leftNanos <= 0) {
      fail(number, "no cluster leader");
    } else if (node.isReady()) {
      answerAsLeader(number, call);
    } else if (leader == null || leader.equals(env.self())) {
      Duration left = Duration.ofNanos(leftNanos);
      timers.startSingleTimer(new TryDue(number), new TryDue(number), left);
    } else {
      call.handedOn = true;
      env.request(
          leader,
          call.call::forwardedOver,
          Duration.ofNanos(leftNanos),
          outcome -> new Forwarded(number, outcome));
    }
  }

  private void answerAsLeader(long number, Open call) {
    String command = desk.command(call.call);
    if (command == null) {
      answer(number, desk.read(call.call));
      return;
    }
    call.index = node.nextIndex();
    byIndex.put(call.index, number); // before: a lone member commits at once
    node.propose(command);
  }

  private void onApplied(long index, WireMessage answer) {
    Long number = byIndex.remove(index);
    if (number != null) {
      answer(number, answer);
    }
  }

  /** What was taken in and is not committed may come to nothing, or may not: nobody knows. */
  private void onChanged() {
    if (!node.isReady()) {
      for (long number : List.copyOf(byIndex.values())) {
        fail(number, "leadership lost while committing");
      }
      byIndex.clear();
    }
    if (node.leader() != null) {
      List.copyOf(open.keySet()).forEach(this::attempt);
    }
  }

  /** Takes what this member said to itself. */
  public void on(Notice notice) {
    if (notice instanceof Forwarded forwarded) {
      onForwarded(forwarded);
    } else if (notice instanceof TryDue due) {
      attempt(due.call());
    }
  }

  private void onForwarded(Forwarded forwarded) {
    long number = forwarded.call();
    Open call = open.get(number);
    if (call == null) {
      return;
    }
    call.handedOn = false;
    boolean wasNotDone =
        forwarded.outcome() instanceof Outcome.Refused
            || (forwarded.outcome() instanceof Outcome.Reply refusal
                && refusal.message() instanceof NotLeader);
    if (forwarded.outcome() instanceof Outcome.Reply reply && !wasNotDone) {
      answer(number, reply.message());
    } else if (wasNotDone || call.call.isRead()) {
      long part = hold.toNanos() / RETRIES_IN_HOLD;
      Duration wait = Duration.ofNanos(1 + retries.nextLong(part));
      timers.startSingleTimer(new TryDue(number), new TryDue(number), wait);
    } else {
      fail(number, "the leader was lost before it answered");
    }
  }

  private void fail(long number, String reason) {
    Open call = open.get(number);
    if (call != null) {
      answer(number, desk.failed(call.call, reason));
    }
  }

  private void answer(long number, WireMessage answer) {
    Open call = open.remove(number);
    if (call != null) {
      timers.cancel(new TryDue(number));
      desk.answered(call.call, answer);
      env.reply(call.call.replyTo(), answer);
    }
  }
}
