package dev.cascade.engine;

import dev.cascade.time.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches over what must not happen in a shard, and keeps the first thing that did: contact past
 * the network, foreign threads, exceptions that nobody planned, turns without end.
 */
final class Guard {
  private final Shard shard;
  private final Recent recent = new Recent();
  private List<Shard> all = List.of();
  private Thread owner = Thread.currentThread();
  private boolean working = true; // until the engine starts it is being made
  private @Nullable Moment failedAt; // written before the failure itself
  private volatile @Nullable RunFailure failure; // other threads look whether to go on

  Guard(Shard shard) {
    this.shard = shard;
  }

  /** The shards of the run, this one among them. */
  void beside(List<Shard> shards) {
    all = shards;
  }

  /** From now on this thread works for the shard; any other that touches it fails the run. */
  void own() {
    owner = Thread.currentThread();
    working = true;
  }

  /** The thread turns to something else, maybe to another shard. */
  void leave() {
    working = false;
    if (failure != null && failure.kind() == RunFailure.Kind.STUCK) {
      Thread.interrupted(); // the watchdog's interruption was for the actor, which has ended
    }
  }

  private boolean isAtWork() {
    return working && Thread.currentThread() == owner;
  }

  boolean hasFailed() {
    return failure != null;
  }

  @Nullable RunFailure failure() {
    return failure;
  }

  /** Where in the order of events the failure came up, or null if there is none. */
  @Nullable Moment failedAt() {
    return failure == null ? null : failedAt;
  }

  /** Whether this shard failed before another one that failed. */
  boolean failedBefore(Guard other) {
    if (failure == null || failedAt == null || other.failure == null || other.failedAt == null) {
      throw new IllegalStateException("Both must have failed to be compared.");
    }
    int order = failedAt.compareTo(other.failedAt);
    return order != 0 ? order < 0 : hostOf(failure).compareTo(hostOf(other.failure)) < 0;
  }

  private static String hostOf(RunFailure failure) {
    int slash = failure.actor().indexOf('/');
    return slash < 0 ? failure.actor() : failure.actor().substring(0, slash);
  }

  /** Remembers a turn, to be shown if its actor fails. */
  void turn(ProcessQueue process, MessageType type, Message message) {
    recent.add(shard.nowNanos(), process, type, message.from);
  }

  /** A direct message reaches an actor: both must be on one host. */
  void checkContact(ProcessQueue target, Object payload) {
    HostRuntime here = shard.currentHost();
    if (isAtWork() && (here == null || target.host() == here)) {
      return;
    }
    Guard teller = teller("a message", payload, target);
    String name = teller.shard.currentName();
    teller.contact(
        name
            + " told "
            + target.description()
            + " directly ("
            + MessageType.nameOf(payload)
            + "). Hosts meet only on the network: use env.send with the other's Address.");
  }

  /** A system message reaches an actor: watching and stopping across hosts is contact too. */
  void checkSystemContact(ProcessQueue target, Object message) {
    HostRuntime here = shard.currentHost();
    HostRuntime there = target.host();
    if (isAtWork() && (here == null || there == null || there == here)) {
      return;
    }
    Guard teller = teller("a system message", message, target);
    String name = teller.shard.currentName();
    teller.contact(
        name
            + " reached "
            + target.description()
            + " past the network ("
            + message.getClass().getSimpleName()
            + "). Watch and stop only actors of your own host.");
  }

  /** The guard of the shard that this thread works for. */
  private Guard teller(String what, Object object, ProcessQueue target) {
    for (Shard other : all) {
      if (other.guard().isAtWork()) {
        return other.guard();
      }
    }
    checkThread(what, object, target);
    return this;
  }

  /** Fails the run, and the teller too: what it told must not reach another shard. */
  private void contact(String message) {
    IllegalStateException trace = new IllegalStateException(message);
    fail(RunFailure.Kind.CONTACT, shard.currentName(), message, trace);
    throw trace;
  }

  /**
   * Only the shard's own thread may touch it.
   *
   * @param what what came, in words
   * @param object and the thing itself
   * @param target for whom, or null if nobody can tell: then whose turn it is may have sent for it
   */
  void checkThread(String what, Object object, @Nullable ProcessQueue target) {
    if (isAtWork()) {
      return;
    }
    String name = target == null ? shard.currentName() : target.description();
    String message =
        "The thread ("
            + Thread.currentThread().getName()
            + "), which is not the emulation's, brought "
            + what
            + " ("
            + object.getClass().getName()
            + ")"
            + (target == null ? "" : " to " + name)
            + ". Maybe a future was completed without the actor's execution context?";
    IllegalStateException trace = new IllegalStateException(message);
    fail(RunFailure.Kind.FOREIGN_THREAD, name, message, trace);
    throw trace;
  }

  /** A host had more turns in one instant than any real work needs. */
  void livelock(ProcessQueue process) {
    fail(
        RunFailure.Kind.LIVELOCK,
        process.description(),
        HostRuntime.TURNS_PER_INSTANT
            + " turns on one host in one instant. Maybe two processes answer each other without a"
            + " cost, or a timer has no delay?",
        null);
  }

  /** An actor failed in a way that no supervisor planned. */
  void unplanned(@Nullable ProcessQueue process, Throwable cause) {
    fail(
        RunFailure.Kind.MODEL,
        process == null ? shard.currentName() : process.description(),
        String.valueOf(cause),
        cause);
  }

  /** An actor launched a host of a name that another one has. */
  void nameTaken(String asker, String host) {
    fail(
        RunFailure.Kind.MODEL,
        asker,
        asker
            + " launched a host named ("
            + host
            + "), but there is one already. Maybe number them on, or terminate the other first?",
        null);
  }

  /** Something reached the shard's loop: an error of the actor whose turn it is, or our own. */
  void escaped(Throwable cause) {
    ProcessQueue process = shard.current();
    boolean ours = process == null || process.host() == null;
    fail(
        ours ? RunFailure.Kind.INTERNAL : RunFailure.Kind.MODEL,
        shard.currentName(),
        String.valueOf(cause),
        cause);
  }

  /** The engine itself stumbled. */
  void internal(Throwable cause) {
    fail(RunFailure.Kind.INTERNAL, shard.currentName(), String.valueOf(cause), cause);
  }

  /** A turn does not end: said by the watchdog's thread. */
  void stuck(String actor) {
    fail(
        RunFailure.Kind.STUCK,
        actor,
        actor
            + " has not finished its turn for long. Maybe it waits for a future, a lock or a sleep?"
            + " Time that a process waits is the hold of a Cost.",
        null);
    owner.interrupt();
  }

  private synchronized void fail(
      RunFailure.Kind kind, String actor, String message, @Nullable Throwable cause) {
    if (failure == null) {
      List<String> last = recent.lastOf(actor);
      failedAt = shard.moment();
      failure = new RunFailure(kind, shard.nowNanos(), actor, message, last, cause);
    }
  }
}
