package dev.cascade.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches over what must not happen in a shard, and keeps the first thing that did: contact past
 * the network, foreign threads, exceptions that nobody planned, turns without end.
 */
final class Guard {
  private final Shard shard;
  private final Recent recent = new Recent();
  private Thread owner = Thread.currentThread();
  private volatile @Nullable RunFailure failure; // other threads look whether to go on

  Guard(Shard shard) {
    this.shard = shard;
  }

  /** From now on this thread works for the shard; any other that touches it fails the run. */
  void own() {
    owner = Thread.currentThread();
  }

  boolean hasFailed() {
    return failure != null;
  }

  @Nullable RunFailure failure() {
    return failure;
  }

  /** Remembers a turn, to be shown if its actor fails. */
  void turn(ProcessQueue process, MessageType type, Message message) {
    recent.add(shard.nowNanos(), process, type, message.from);
  }

  /** A direct message reaches an actor: both must be on one host. */
  void checkContact(ProcessQueue target, Object payload) {
    checkThread("a message", payload);
    HostRuntime here = shard.currentHost();
    if (here != null && target.host() != here) {
      String teller = shard.currentName();
      fail(
          RunFailure.Kind.CONTACT,
          teller,
          teller
              + " told "
              + target.description()
              + " directly ("
              + MessageType.nameOf(payload)
              + "). Hosts meet only on the network: use env.send with the other's Address.",
          null);
    }
  }

  /** A system message reaches an actor: watching and stopping across hosts is contact too. */
  void checkSystemContact(ProcessQueue target, Object message) {
    checkThread("a system message", message);
    HostRuntime here = shard.currentHost();
    HostRuntime there = target.host();
    if (here != null && there != null && there != here) {
      String teller = shard.currentName();
      fail(
          RunFailure.Kind.CONTACT,
          teller,
          teller
              + " reached "
              + target.description()
              + " past the network ("
              + message.getClass().getSimpleName()
              + "). Watch and stop only actors of your own host.",
          null);
    }
  }

  /**
   * Only the shard's own thread may touch it.
   *
   * @param what what came, in words
   * @param object and the thing itself
   */
  void checkThread(String what, Object object) {
    if (Thread.currentThread() == owner) {
      return;
    }
    String message =
        "The thread ("
            + Thread.currentThread().getName()
            + "), which is not the emulation's, brought "
            + what
            + " ("
            + object.getClass().getName()
            + "). Maybe a future was completed without the actor's execution context?";
    IllegalStateException trace = new IllegalStateException(message);
    fail(RunFailure.Kind.FOREIGN_THREAD, shard.currentName(), message, trace);
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
      failure = new RunFailure(kind, shard.nowNanos(), actor, message, last, cause);
    }
  }
}
