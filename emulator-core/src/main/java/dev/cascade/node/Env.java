package dev.cascade.node;

import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The world as one process sees it, given to its behavior when it is made. What crosses hosts goes
 * through here and takes time; children and a local {@code replyTo} are told directly, and time,
 * timers and supervision are Pekko's own.
 *
 * @param <C> what the process understands
 */
public interface Env<C> {
  /** This process. */
  Address self();

  /** The host that this process runs on. */
  HostInfo host();

  /** The process's Pekko context, for timers, watches and local children without an Env. */
  ActorContext<C> context();

  /** This host's clock: virtual time since the start of the run, plus the host's skew. */
  Duration now();

  /** {@link #now()} in nanoseconds. */
  long nowNanos();

  /** The process's own stream of random numbers for a purpose; a new purpose shifts no other. */
  RandomStream random(String purpose);

  /**
   * Sends a datagram: it may be lost, duplicated, overtaken, or dropped by a full mailbox, and
   * nobody is told. On the same host it takes the loopback.
   */
  void send(Address to, WireMessage message);

  /**
   * Opens a connection, sends one request and waits for its answer. Exactly one outcome comes to
   * this process's own mailbox; it is never dropped, as there is one for each open request. Of
   * those a process may have 524,288, as many as systemd lets it have file descriptors; one more is
   * refused at once, and counted as a drop.
   *
   * @param request makes the message around the connection's {@link ReplyTo}
   * @param timeout after which the client closes the connection; the server is not told
   * @param whenDone turns the outcome into a message to this process
   */
  default void request(
      Address to,
      Function<ReplyTo, ? extends WireRequest> request,
      Duration timeout,
      Function<Outcome, ? extends C> whenDone) {
    request(Purpose.REQUEST, to, request, timeout, whenDone);
  }

  /** The same for a purpose, by which the work ledger tells requests apart. */
  void request(
      Purpose purpose,
      Address to,
      Function<ReplyTo, ? extends WireRequest> request,
      Duration timeout,
      Function<Outcome, ? extends C> whenDone);

  /**
   * CPU time that the processes of this host have been given since it booted, in nanoseconds: its
   * kernel's account, whatever they used it for.
   */
  long hostCpuNanos();

  /**
   * The connection whose request this turn serves: that of the message it handles, or of the one
   * that led to it on this host; null if there is none, as in a timer's turn.
   */
  @Nullable ReplyTo serving();

  /**
   * From here on this turn serves another request, as when a worker that is done with one takes up
   * the next. It tells the work ledger, and {@code cascade why}; nothing else depends on it.
   *
   * @param connection of the request; null if what follows serves none
   */
  void serve(@Nullable ReplyTo connection);

  /** Answers a request and closes its connection. */
  void reply(ReplyTo to, WireMessage response);

  /** Hands an open connection on to another process, which will answer the client itself. */
  void forward(Address to, WireRequest request);

  /** Closes a connection that was not taken up: its client sees {@link Outcome.Refused}. */
  void refuse(WireRequest request, String reason);

  /**
   * Lets a request fall at a queue inside this process, as a full listen queue does with a SYN: its
   * client is not told, and its kernel tries again. Counted as a drop, for this reason.
   */
  void discard(WireRequest request, String reason);

  /** Counts a message that a queue inside this process dropped, for this reason. */
  void dropped(Object message, String reason);

  /**
   * Blocks the actor whose turn it is, as a call does that waits for something on this host: room
   * in a queue, a lock. Once its turn is over it takes no message, nor a timer's, until it is let
   * go.
   *
   * @return lets it go on, in a turn of this host's; nothing happens the second time
   */
  Runnable block();

  /** Starts a child of this process, with an Env of its own; it dies with this process. */
  <D> ActorRef<D> spawn(String name, ProcessSpec<D> spec);

  /** Replaces the cost function given with the spawn by one that knows the actor's state. */
  void costs(CostFunction<? super C> costs);

  /** This host's processes, for those that start and stop others: kubelets, init systems. */
  HostControl control();

  /** The hosts of the run, for those that rent and return machines: scaling groups. */
  Fleet fleet();

  /** What survives a crash. */
  Disk disk(Disk.Lifetime lifetime);

  /**
   * Records that something worth knowing happened: for the journal, and for properties.
   *
   * @param name as declared by the model
   * @param fields keys and values in turn
   */
  void event(String name, String... fields);

  /** This process's counters, gauges and histograms. */
  Metrics metrics();
}
