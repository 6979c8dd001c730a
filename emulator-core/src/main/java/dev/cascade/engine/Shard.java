package dev.cascade.engine;

import dev.cascade.network.Network;
import dev.cascade.node.Address;
import dev.cascade.node.Metrics;
import dev.cascade.random.Hash64;
import dev.cascade.random.RandomStream;
import dev.cascade.time.Event;
import dev.cascade.time.EventQueue;
import dev.cascade.time.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.dispatch.Mailbox;
import org.jspecify.annotations.Nullable;

/**
 * A share of the hosts, run by one thread: it takes events in their order and, after each, lets
 * what it caused on that host run to completion, first in first out. Nothing here is visible to a
 * model. Whoever explores schedules puts an {@link ExploringShard} in its place.
 */
class Shard {
  private final int index;
  private final long seed;
  private final int shards;
  private final EventQueue queue = new EventQueue();
  private final ArrayDeque<Turn> ready = new ArrayDeque<>();
  private final List<ProcessQueue> submitted = new ArrayList<>();
  private final List<RecordedEvent> events = new ArrayList<>();
  private final RequestSpans spans = new RequestSpans();
  private final Function<String, Metrics> metrics;
  private @Nullable List<HandledMessage> log;
  private @Nullable CauseLog causes;
  private final Guard guard = new Guard(this);
  private final Ledger ledger = new Ledger(this);
  private final WorkBook work = new WorkBook(this);
  private final Machines machines = new Machines(this);
  private final Outbox outbox;
  private final Directory directory;
  private final Transport transport;

  private long nowNanos;
  private long doneNanos;
  private long systemSequence;
  private long eventCount;
  private @Nullable HostRuntime currentHost;
  private @Nullable ProcessQueue current;
  private long causeHost;
  private long causeTurn;
  private @Nullable Bill bill;
  private long eventTie; // what happens now, copied: a timer's event is keyed anew as it fires
  private long eventOrigin;
  private long eventSequence;
  private long turnsStarted; // the watchdog reads this and current unsynchronized: a look is enough

  Shard(int index, EngineSettings settings, Network network, Function<String, Metrics> metrics) {
    this.index = index;
    this.seed = settings.seed();
    this.shards = settings.shards();
    this.metrics = metrics;
    this.outbox = new Outbox(shards);
    this.directory = new Directory(network);
    this.transport = new Transport(this, network, settings.checked() ? new WireCodec() : null);
  }

  // ---- running

  /** Runs all events before a time. */
  void run(long untilNanos) {
    guard.own();
    try {
      while (nextTimeNanos() < untilNanos && !guard.hasFailed()) {
        step();
      }
    } catch (Throwable e) { // an Error of a model must not take the engine's threads down silently
      guard.escaped(e);
    } finally {
      doneNanos = untilNanos;
      leave();
    }
  }

  /** Another shard has failed: runs what comes before that, for it may fail even earlier. */
  void runBefore(Moment failure) {
    guard.own();
    try {
      while (queue.hasBefore(failure) && !guard.hasFailed()) {
        step();
      }
    } catch (Throwable e) { // as in run
      guard.escaped(e);
    } finally {
      leave();
    }
  }

  private void step() {
    Event event = takeNext();
    nowNanos = Math.max(nowNanos, event.timeNanos()); // later only in real time
    eventTie = event.tie();
    eventOrigin = event.origin();
    eventSequence = event.sequence();
    eventCount++;
    event.fire();
    drain();
  }

  /** Takes out what happens next. */
  Event takeNext() {
    return queue.poll();
  }

  /** The place in the order of what happens now. */
  Moment moment() {
    return new Moment(nowNanos, eventTie, eventOrigin, eventSequence);
  }

  /** Nothing is left before this time; it is now. */
  void reach(long timeNanos) {
    nowNanos = Math.max(nowNanos, timeNanos);
  }

  /** Does something to a host from outside, and lets what it causes run to completion. */
  void on(@Nullable HostRuntime host, Runnable action) {
    guard.own();
    currentHost = host;
    causeHost = 0;
    causeTurn = causes == null ? 0 : causes.stepTurn();
    bill = null;
    eventTie = Long.MIN_VALUE; // the method acts before all events of its time
    eventOrigin = 0;
    eventSequence = 0;
    try {
      action.run();
      drain();
    } catch (Throwable e) { // as in run
      guard.escaped(e);
    } finally {
      leave();
    }
  }

  private void leave() {
    guard.leave();
    currentHost = null;
    current = null;
  }

  /** Runs turns until nobody has anything to do in this instant. */
  void drain() {
    flush();
    Turn turn = ready.poll();
    while (turn != null && !guard.hasFailed()) {
      turn.take();
      flush();
      turn = ready.poll();
    }
  }

  /** Orders what the last turn gave something to do, and lets it stand in line. */
  private void flush() {
    int count = submitted.size();
    if (count == 0) {
      return;
    }
    if (count > 1) {
      submitted.sort((a, b) -> Integer.compare(a.creation(), b.creation()));
    }
    for (int i = 0; i < count; i++) {
      ProcessQueue process = submitted.get(i);
      process.submitted = false;
      process.advance();
      boolean hasWork = process.runRequested || (process.hasMessages() && process.isOpen());
      process.runRequested = false;
      if (hasWork && !process.inLine) {
        process.inLine = true;
        ready.add(process);
      }
    }
    submitted.clear();
  }

  /** Lets an actor handle its system messages and at most one message. */
  void turn(ProcessQueue process) {
    HostRuntime host = process.host();
    process.inLine = false;
    currentHost = host;
    current = process;
    turnsStarted++;
    bill = null;
    if (host != null) {
      causeHost = host.key();
      causeTurn = host.nextTurn();
      if (causes != null) {
        causes.began(process, causeHost, causeTurn);
      }
      // Ten thousand processes may die in one instant: that is no livelock.
      if (host.isUp() && !process.isDead() && host.countsTooManyTurns(nowNanos)) {
        guard.livelock(process);
        return;
      }
    }
    try {
      process.run();
    } catch (StackOverflowError | OutOfMemoryError e) { // Pekko lets these pass
      guard.unplanned(process, e);
    }
    process.turnOver();
    current = null;
  }

  /** Puts a mailbox on the list of those that this turn gave something to do. */
  void submit(ProcessQueue process) {
    if (!process.submitted) {
      process.submitted = true;
      submitted.add(process);
    }
  }

  /** Pekko asks for a run: of a mailbox, or of a task on a dispatcher's execution context. */
  void execute(Runnable runnable) {
    guard.checkThread("work", runnable);
    if (runnable instanceof Mailbox mailbox
        && mailbox.messageQueue() instanceof ProcessQueue process) {
      process.runRequested = true;
      submit(process);
      return;
    }
    HostRuntime host = currentHost;
    long turn = causeTurn;
    ready.add(
        () -> {
          enter(host, turn);
          runnable.run();
        });
  }

  /** From now on every message that is handled is written down, until {@link #takeLog}. */
  void startLog() {
    log = new ArrayList<>();
  }

  List<HandledMessage> takeLog() {
    List<HandledMessage> taken = log == null ? List.of() : log;
    log = null;
    return taken;
  }

  /** From now on it is written down what causes what. */
  void startCauses(CauseLog newCauses) {
    causes = newCauses;
  }

  /** A process records an event in the turn that goes on now. */
  void record(RecordedEvent event) {
    events.add(event);
    if (causes != null) {
      causes.happened(event.name(), causeHost, causeTurn);
    }
  }

  @Nullable CauseLog causes() {
    return causes;
  }

  /** An actor is about to handle a message: it becomes part of its host's history. */
  void handling(ProcessQueue process, Message message) {
    HostRuntime host = process.host();
    if (host == null) {
      return; // Pekko's own mail has no account
    }
    bill = message.bill;
    ledger.handled(process, MessageType.unwrap(message.payload), bill);
    if (bill != null) {
      bill.turn = causeTurn;
    }
    if (process.isHostActor()) {
      if (causes != null) {
        causes.passedOn(host.key(), causeTurn, message);
      }
      return;
    }
    MessageType type = process.typeOf(message);
    long what = process.traceKey() * 31 + type.hash();
    if (message.from != null) {
      what = what * 31 + message.from.hashCode();
    }
    host.record(nowNanos, what, message.wireHash);
    if (log != null) {
      log.add(HandledMessage.of(nowNanos, host, process, type, message));
    }
    if (causes != null) {
      causes.handled(this, process, message, causeTurn, nowNanos);
    }
    guard.turn(process, type, message);
  }

  // ---- whose turn it is

  /** What follows is done by a host outside any turn: a timer, an arrival, a CPU that is done. */
  void enter(@Nullable HostRuntime host) {
    enter(host, host == null ? 0 : host.turns());
  }

  /** The same on behalf of an earlier turn, which started a timer. */
  void enter(@Nullable HostRuntime host, long turn) {
    currentHost = host;
    current = null;
    causeHost = host == null ? 0 : host.key();
    causeTurn = turn;
    bill = null;
  }

  /**
   * From here on this turn serves a request, and what it does follows from the last turn that did.
   *
   * @param served null if it serves none
   */
  void serve(@Nullable Bill served) {
    bill = served;
    if (currentHost != null) {
      causeTurn = served != null && served.turn != 0 ? served.turn : currentHost.turns();
    }
  }

  /** The bill of the request that is served, if one is. */
  @Nullable Bill bill() {
    return bill;
  }

  @Nullable HostRuntime currentHost() {
    return currentHost;
  }

  /** The actor whose turn it is, or null outside any turn. */
  @Nullable ProcessQueue current() {
    return current;
  }

  /** The same in words. */
  String currentName() {
    ProcessQueue process = current;
    return process == null ? "the engine" : process.description();
  }

  long causeHost() {
    return causeHost;
  }

  long causeTurn() {
    return causeTurn;
  }

  long nowNanos() {
    return nowNanos;
  }

  /** Counts turns; while it stands still, {@link #currentName} tells who is busy. */
  long turnsStarted() {
    return turnsStarted;
  }

  // ---- events

  /** Lets an event of a host happen at a time. */
  void schedule(@Nullable HostRuntime host, Event event, long timeNanos) {
    key(host, event, timeNanos);
    queue.add(event);
  }

  final void key(@Nullable HostRuntime host, Event event, long timeNanos) {
    if (host == null) {
      event.key(timeNanos, tie(timeNanos, 0), 0, systemSequence++);
    } else {
      event.key(timeNanos, tie(timeNanos, host.key()), host.key(), host.nextSequence());
    }
  }

  /** Orders what happens at one time fairly: no host always comes first. */
  private long tie(long timeNanos, long origin) {
    return Hash64.mix(seed ^ timeNanos ^ Long.rotateLeft(origin, 32));
  }

  void cancel(Event event) {
    queue.remove(event);
  }

  /** Lets a parcel of a host arrive after the time that the network drew for it. */
  void carry(HostRuntime host, Parcel parcel, long delayNanos) {
    send(host, parcel, nowNanos + delayNanos);
  }

  /** Lets a parcel of a host arrive at a time, in whatever shard. */
  void send(HostRuntime host, Parcel parcel, long timeNanos) {
    key(host, parcel, timeNanos);
    post(parcel, shardOf(parcel.to().hostKey(), shards));
  }

  private void post(Parcel parcel, int target) {
    if (target == index) {
      parcel.enter(this);
      queue.add(parcel);
    } else {
      outbox.add(parcel, target);
    }
  }

  /** Takes in what other shards have sent, and sees that none of it outran the windows. */
  void absorb(List<Parcel> parcels) {
    for (Parcel parcel : parcels) {
      if (parcel.timeNanos() < doneNanos) {
        guard.internal(
            new IllegalStateException(
                "A parcel for "
                    + parcel.timeNanos()
                    + " ns came when all before "
                    + doneNanos
                    + " ns had happened: it was faster than any link."));
      }
      absorbLate(parcel);
    }
  }

  /** Takes in what another shard has sent, even if its time is over; it happens now, then. */
  void absorbLate(Parcel parcel) {
    parcel.enter(this);
    queue.add(parcel);
  }

  final EventQueue queue() {
    return queue;
  }

  Outbox outbox() {
    return outbox;
  }

  long nextTimeNanos() {
    return queue.nextTimeNanos();
  }

  /** A host asks for a change of the fleet; it happens in every shard, one shortest latency on. */
  void changeFleet(HostRuntime asker, FleetChange change, Duration delay) {
    long at = nowNanos + Math.max(delay.toNanos(), transport.latencyMinNanos());
    long sequence = asker.nextSequence();
    for (int target = 0; target < shards; target++) {
      Parcel copy = new FleetChange.Copy(change, causeHost, causeTurn);
      copy.key(at, tie(at, asker.key()), asker.key(), sequence);
      post(copy, target);
    }
  }

  /** The method asks for a change, before all else at that time; every shard is told so. */
  void changeFleetAt(FleetChange change, long timeNanos, long sequence) {
    Parcel copy = new FleetChange.Copy(change, causeHost, causeTurn);
    copy.key(timeNanos, Long.MIN_VALUE, 0, sequence);
    post(copy, index);
  }

  /** The shard of a host, from its name alone. */
  private static int shardOf(long hostKey, int shards) {
    return (int) Long.remainderUnsigned(hostKey, shards);
  }

  boolean owns(String host) {
    return shardOf(Hash64.of(host), shards) == index;
  }

  // ---- what it is made of

  Guard guard() {
    return guard;
  }

  Ledger ledger() {
    return ledger;
  }

  WorkBook work() {
    return work;
  }

  Machines machines() {
    return machines;
  }

  Directory directory() {
    return directory;
  }

  Transport transport() {
    return transport;
  }

  /** A stream that belongs to a name. */
  RandomStream stream(String name) {
    return RandomStream.of(seed).fork(name);
  }

  Metrics metrics(String host) {
    return metrics.apply(host);
  }

  /** Who sent a message on this very host, if anybody did. */
  @Nullable ProcessQueue localSender(Message message, @Nullable HostRuntime host) {
    if (message.kind == Message.Kind.TELL) {
      return current;
    }
    Address from = message.from;
    return from != null && host != null && from.hostKey() == host.key()
        ? machines.process(from)
        : null;
  }

  /** What processes recorded and nobody has taken yet. */
  List<RecordedEvent> events() {
    return events;
  }

  /** Requests that have ended and nobody has taken yet. */
  RequestSpans spans() {
    return spans;
  }

  /** Messages on the network that are not in another shard's hands. */
  long inFlight() {
    long[] count = new long[1];
    queue.forEach(event -> count[0] += event instanceof Message ? 1 : 0);
    return count[0] + outbox.messages() + machines.leaving();
  }

  long eventCount() {
    return eventCount;
  }

  /** Ends the actors. */
  void close() {
    guard.own();
    machines.close();
  }
}
