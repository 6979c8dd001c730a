package dev.cascade.engine;

import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.CostFunction;
import dev.cascade.node.Metrics;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.Hash64;
import java.util.function.ToIntFunction;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.Mailbox;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.UnboundedMessageQueueSemantics;
import org.jspecify.annotations.Nullable;

/**
 * The mailbox of one actor, and the thread that the actor stands for. A message is served before it
 * takes effect: the head is pinned, uses its host's CPU, is held for what it waits for, and only
 * then is the actor's to handle. Until that moment it occupies its place.
 *
 * <pre>
 *   IDLE --head taken, costs nothing--> READY --turn--> IDLE
 *   IDLE --head taken--> SERVING --work and hold over--> READY
 * </pre>
 */
final class ProcessQueue
    implements MessageQueue,
        UnboundedMessageQueueSemantics, // Pekko's own guardians insist; they are never full
        Turn {
  private enum State {
    IDLE,
    SERVING,
    READY
  }

  // What every message touches comes first: references are laid out in this order, and with many
  // hosts a message costs what memory it touches.
  private final Shard shard;
  private final @Nullable HostRuntime host;
  private final ProcessQueue top;
  private @Nullable Mailbox mailbox;
  private State state = State.IDLE;
  private @Nullable Message head;
  private @Nullable Message only; // the one that waits: seldom do more
  private @Nullable Waiting waiting; // all that wait, where more have once done so
  private @Nullable MessageType lastType;
  private @Nullable CostFunction<Object> cost;
  private @Nullable FullMailbox full;
  private @Nullable Service service;
  private long traceKey;
  private long droppable; // messages handled and not dropped inside, of a whole process
  private int blockedOn;
  private boolean paused;
  private boolean dead;
  private boolean closed;

  /** In the shard's list of mailboxes that this turn gave something to do. */
  boolean submitted;

  /** Set as scheduled by Pekko: it has to run even if it has no message. */
  boolean runRequested;

  /** In the shard's line of turns. */
  boolean inLine;

  private final int creation;
  private final int capacity;
  private final Overflow overflow;
  private final boolean isProcess;
  private final @Nullable ToIntFunction<Object> lane;
  private final @Nullable ProcessQueue parent; // null for what was started on the host itself
  private final Identity identity;
  private final Cpu.@Nullable Group cpuGroup;
  private @Nullable OwnMetrics metrics;

  /** The host's queues in the order of their creation. */
  @Nullable ProcessQueue previous;

  @Nullable ProcessQueue next;

  /** Requests of this process that have no outcome yet. */
  int openRequests;

  @SuppressWarnings("unchecked") // the spec and the messages of one process have one type
  ProcessQueue(
      Shard shard,
      @Nullable HostRuntime host,
      @Nullable ProcessQueue parent,
      String name,
      int creation,
      int boundedTo,
      @Nullable ProcessSpec<?> spec) {
    this.shard = shard;
    this.host = host;
    this.creation = creation;
    boolean isAddressed = parent != null && parent.host != null; // else Pekko's own, or a host's
    boolean isTop = parent == null || parent.host == null || parent.isHostActor();
    ProcessQueue process = isTop ? null : parent;
    this.parent = process;
    this.top = process == null ? this : process.top;
    this.paused = process != null && process.paused;
    this.dead = process != null && process.dead;
    this.identity =
        new Identity(host, process == null ? null : process.identity, name, isAddressed);
    this.isProcess = spec != null;
    if (spec == null) {
      this.capacity = boundedTo > 0 ? boundedTo : ProcessSpec.DEFAULT_CAPACITY;
      this.overflow = Overflow.DROP_NEWEST;
      this.lane = null;
    } else {
      this.capacity = spec.capacity();
      this.overflow = spec.overflow();
      this.cost = spec.cost() == ProcessSpec.FREE ? null : (CostFunction<Object>) spec.cost();
      boolean oneLane = spec.lane() == ProcessSpec.ONE_LANE;
      this.lane = oneLane ? null : (ToIntFunction<Object>) spec.lane();
    }
    this.cpuGroup = groupOf(spec);
  }

  private Cpu.@Nullable Group groupOf(@Nullable ProcessSpec<?> spec) {
    if (host == null) {
      return null;
    }
    if (spec != null && spec.cpuLimitCores() < Double.POSITIVE_INFINITY) {
      return new Cpu.Group(spec.cpuLimitCores());
    }
    return parent == null ? host.cpu().unlimited() : parent.cpuGroup;
  }

  // ---- what Pekko asks of a message queue

  @Override
  public void enqueue(ActorRef receiver, Envelope envelope) {
    shard.guard().checkContact(this, envelope.message());
    ProcessQueue teller = shard.current();
    if (teller != null && teller.dead && !MessageType.isSignal(envelope.message())) {
      return; // the last words of a process that was killed
    }
    Message message =
        new Message(
            Message.Kind.TELL,
            envelope.message(),
            null,
            null,
            null,
            shard.causeHost(),
            shard.causeTurn());
    message.envelope = envelope;
    Bill served = shard.bill();
    if (served != null) {
      message.bill = served;
    }
    if (host != null) {
      shard.ledger().sent();
    }
    accept(message);
  }

  @Override
  public @Nullable Envelope dequeue() {
    Message message = head;
    if (message == null || state != State.READY || isHeld()) {
      return null;
    }
    head = null;
    state = State.IDLE;
    shard.handling(this, message);
    Envelope envelope = message.envelope;
    return envelope != null ? envelope : new Envelope(message.payload, ActorRef.noSender());
  }

  @Override
  public boolean hasMessages() {
    return state == State.READY && !isHeld();
  }

  @Override
  public int numberOfMessages() {
    return waiting() + (head == null ? 0 : 1);
  }

  @Override
  public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
    closed = true;
    if (metrics != null) {
      metrics.close();
    }
    if (service != null) {
      service.cancel();
    }
    Message left = head;
    head = null;
    while (left != null || (left = takeNext()) != null) {
      lose(left);
      left = null;
    }
    while (full != null && (left = full.poll()) != null) {
      lose(left);
    }
    if (host != null) {
      host.gone(this);
    }
  }

  private void lose(Message message) {
    if (host == null) {
      return; // Pekko's own mail has no account
    }
    if (MessageType.isSignal(message.payload)) {
      shard.ledger().handled(); // Pekko told a dead actor of another's death: nobody's loss
    } else if (dead) {
      shard.ledger().lostInCrash();
      shard.work().fell(message, WorkCounts.End.LOST);
    } else {
      shard.ledger().drop(this, message, "stopped");
      if (top != this // of a whole process all connections end, in the order it took them up
          && message.connection != null
          && host.connections().release(this, message.connection) == Connections.Found.OPEN) {
        shard.transport().reset(host, message.connection);
      }
    }
  }

  @Override
  public void take() {
    shard.turn(this);
  }

  // ---- arrival

  /**
   * Takes a message in, or does what the process's overflow rule says. Outcomes are exempt from it,
   * as there is one for each open request, and those are bounded by {@link Connections#MAX}.
   */
  void accept(Message message) {
    if (isDead()) {
      if (MessageType.isSignal(message.payload)) {
        shard.ledger().handled();
      } else {
        shard.ledger().drop(this, message, "dead");
      }
      return;
    }
    if (message.kind == Message.Kind.REQUEST && host != null && host.connections().isFull(this)) {
      shard.ledger().drop(this, message, Connections.TOO_MANY);
      shard.transport().unanswered(message);
      return;
    }
    if (isFull() && !isExempt(message)) {
      if (full == null) {
        full = new FullMailbox(shard, this, overflow);
      }
      full.meet(message);
      return;
    }
    admit(message);
  }

  /** Takes a message in. */
  void admit(Message message) {
    putLast(message);
    takeUpConnection(message);
    if (state == State.IDLE) {
      shard.submit(this);
    }
  }

  /** From here on this process owes the client of a request an answer. */
  void takeUpConnection(Message message) {
    if (message.kind == Message.Kind.REQUEST && host != null && message.connection != null) {
      host.connections().accept(this, message.connection, message.bill);
    }
  }

  boolean isFull() {
    return numberOfMessages() >= capacity;
  }

  /** Takes out the oldest message that may be dropped. */
  @Nullable Message pollOldestDroppable() {
    return line().pollOldest(message -> !isExempt(message));
  }

  private static boolean isExempt(Message message) {
    return message.kind == Message.Kind.OUTCOME
        || message.kind == Message.Kind.REPLY
        || MessageType.isSignal(message.payload);
  }

  /** A message of this process waits outside a full mailbox. */
  void block() {
    blockedOn++;
  }

  /** That message is in, or lost. */
  void unblock() {
    if (--blockedOn == 0) {
      heldChanged();
    }
  }

  // ---- who waits

  private int waiting() {
    return only != null ? 1 : waiting == null ? 0 : waiting.size();
  }

  private void putLast(Message message) {
    if (waiting() == 0) {
      only = message;
    } else {
      line().add(message);
    }
  }

  private @Nullable Message takeNext() {
    Message alone = only;
    if (alone != null) {
      only = null;
      return alone;
    }
    return waiting == null ? null : waiting.poll();
  }

  /** All that wait, in a line. */
  private Waiting line() {
    if (waiting == null) {
      waiting = new Waiting(lane);
    }
    if (only != null) {
      waiting.add(only);
      only = null;
    }
    return waiting;
  }

  // ---- service

  /** Takes the next message into service if the thread is free. */
  void advance() {
    if (state != State.IDLE || isHeld() || closed) {
      return;
    }
    Message next = takeNext();
    if (next == null) {
      return;
    }
    head = next;
    Cost price = costOf(next);
    if (price.isFree() || host == null) {
      state = State.READY;
    } else {
      state = State.SERVING;
      if (service == null) {
        service = new Service(this, host, cpuGroup == null ? host.cpu().unlimited() : cpuGroup);
      }
      service.begin(price, next.bill);
    }
  }

  /** Called when a turn is over: there may be room for who waits outside, and a next message. */
  void turnOver() {
    if (full != null) {
      full.admit();
    }
    if (state == State.IDLE && waiting() > 0 && !closed) {
      shard.submit(this);
    }
  }

  private Cost costOf(Message message) {
    CostFunction<Object> function = cost;
    if (function == null || MessageType.isSignal(message.payload)) {
      return Cost.FREE;
    }
    Object meant = MessageType.unwrap(message.payload);
    try {
      return function.of(meant);
    } catch (ClassCastException e) {
      if (meant == message.payload) {
        shard.guard().unplanned(this, e);
      }
      return Cost.FREE; // a timer's key, or what an adapter will adapt, that is no message itself
    } catch (RuntimeException e) { // the model's own code, though outside any turn
      shard.guard().unplanned(this, e);
      return Cost.FREE;
    }
  }

  /** The head's work and hold are over. */
  void served() {
    state = State.READY;
    shard.submit(this);
  }

  // ---- faults

  /** Stops or resumes taking messages, as SIGSTOP does; the mailbox goes on filling. */
  void pause(boolean stop) {
    paused = stop;
    heldChanged();
  }

  /** Called for each of a host's queues when the host is held or released. */
  void heldChanged() {
    if (service != null) {
      if (isHeld()) {
        service.suspend();
      } else {
        service.resume();
      }
    }
    if (!isHeld()) {
      shard.submit(this);
    }
  }

  /** One of its messages was handled, by itself or by a child. */
  void handledOneMore() {
    droppable++;
  }

  /** One of those was dropped after all; false if there is none left. */
  boolean dropsOneMore() {
    if (droppable == 0) {
      return false;
    }
    droppable--;
    return true;
  }

  /** Marks the actor as dead: nothing goes in or out any more, not even by its last turns. */
  void die() {
    dead = true;
  }

  boolean isDead() {
    return closed || dead;
  }

  /** Whether it was killed, rather than that it stopped by itself. */
  boolean wasKilled() {
    return dead;
  }

  /** Whether this is an actor or one below it. */
  boolean isWithin(ProcessQueue other) {
    for (ProcessQueue at = this; at != null; at = at.parent) {
      if (at == other) {
        return true;
      }
    }
    return false;
  }

  private boolean isHeld() {
    return blockedOn > 0 || paused || isDead() || (host != null && host.isPaused());
  }

  /** Messages that wait inside or outside, for the accounts. */
  int pending() {
    return numberOfMessages() + (full == null ? 0 : full.waitingOutside());
  }

  /** CPU time that its head has used so far, in nanoseconds. */
  long cpuNanosInService() {
    return service == null ? 0 : service.usedNanos();
  }

  /** Whether its head is on no request's bill. */
  boolean servesNobody() {
    Bill served = head == null ? null : head.bill;
    return served == null || served.closed;
  }

  /** The process's own instruments. */
  Metrics metrics() {
    HostRuntime home = host;
    if (home == null) {
      throw new IllegalStateException("Pekko's own actors have no metrics: " + description());
    }
    if (metrics == null) {
      metrics = new OwnMetrics(shard.metrics(home.name()), this::isDead);
    }
    return metrics;
  }

  // ---- names

  void bind(Mailbox newMailbox) {
    mailbox = newMailbox;
  }

  Mailbox mailbox() {
    Mailbox bound = mailbox;
    if (bound == null) {
      throw new IllegalStateException("The mailbox of " + place() + " is not bound yet.");
    }
    return bound;
  }

  /** Whether its actor could handle a message now: it is not suspended, nor closed. */
  boolean isOpen() {
    return mailbox().canBeScheduledForExecution(true, false);
  }

  /**
   * Lets the actor handle its system messages and at most one message. A run that Pekko asked for
   * is Pekko's own. One that the shard gave is the same without its guards against other threads:
   * four compare-and-sets, each of which waits until all that was written before has reached the
   * memory, and that is what costs most with many hosts.
   */
  void run() {
    Mailbox bound = mailbox();
    if (bound.currentStatus() != Mailbox.Open() || bound.hasSystemMessages()) {
      bound.run();
      return;
    }
    Envelope envelope = dequeue();
    if (envelope != null) {
      bound.actor().invoke(envelope);
      if (bound.hasSystemMessages()) {
        bound.processAllSystemMessages();
      }
    }
  }

  @Nullable HostRuntime host() {
    return host;
  }

  ProcessQueue top() {
    return top;
  }

  int creation() {
    return creation;
  }

  boolean isProcess() {
    return isProcess;
  }

  boolean isHostActor() {
    return host != null && host.actor() == this;
  }

  void costs(CostFunction<Object> function) {
    cost = function;
  }

  /**
   * The address of this actor, or null for Pekko's own and for the actor that stands for a host.
   */
  @Nullable Address address() {
    return identity.address();
  }

  String place() {
    return identity.place();
  }

  String description() {
    return identity.description();
  }

  /** The same in every JVM. */
  long traceKey() {
    if (traceKey == 0) {
      traceKey = Hash64.of(description());
    }
    return traceKey;
  }

  /** The type of a message; most processes handle one type many times in a row. */
  MessageType typeOf(Message message) {
    MessageType known = lastType;
    if (known != null && known.isOf(message.payload)) {
      return known;
    }
    MessageType type = MessageType.of(message.payload);
    lastType = type;
    return type;
  }
}
