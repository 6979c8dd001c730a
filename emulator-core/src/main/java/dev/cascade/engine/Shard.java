package dev.cascade.engine;

import dev.cascade.network.LinkEnd;
import dev.cascade.network.Network;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.Hash64;
import dev.cascade.random.RandomStream;
import dev.cascade.time.Event;
import dev.cascade.time.EventQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.pekko.dispatch.Mailbox;
import org.jspecify.annotations.Nullable;

/**
 * A share of the hosts, run by one thread: it takes events in their order and, after each, lets
 * what it caused on that host run to completion, first in first out. Nothing here is visible to a
 * model.
 */
final class Shard {
  private final int index;
  private final long seed;
  private final int shards;
  private final EventQueue queue = new EventQueue();
  private final ArrayDeque<Turn> ready = new ArrayDeque<>();
  private final ArrayList<ProcessQueue> submitted = new ArrayList<>();
  private final Map<String, HostRuntime> hosts = new TreeMap<>();
  private final Map<Address, ProcessQueue> processes = new HashMap<>(); // answers, is never walked
  private final Accounts accounts = new Accounts();
  private final Recent recent = new Recent();
  private final List<RecordedEvent> events = new ArrayList<>();
  private final Function<String, Metrics> metrics;
  private final Transport transport;
  private final Directory directory;
  private final Templates templates = new Templates();
  private final List<List<Parcel>> outboxes = new ArrayList<>();
  private final long[] earliestSent;

  private @Nullable ActorTree actors;
  private Thread owner = Thread.currentThread();
  private long nowNanos;
  private long systemSequence;
  private int systemCreated;
  private long eventCount;
  private @Nullable HostRuntime currentHost;
  private @Nullable ProcessQueue current;
  private long causeHost;
  private long causeTurn;
  private @Nullable HostRuntime pendingHost;
  private @Nullable ProcessSpec<?> pendingSpec;
  private @Nullable RunFailure failure;
  private long turnsStarted; // the watchdog reads this and current unsynchronized: a look is enough

  Shard(int index, EngineSettings settings, Network network, Function<String, Metrics> metrics) {
    this.index = index;
    this.seed = settings.seed();
    this.shards = settings.shards();
    this.metrics = metrics;
    this.directory = new Directory(network);
    this.transport = new Transport(this, network, settings.checked() ? new WireCodec() : null);
    this.earliestSent = new long[shards];
    for (int i = 0; i < shards; i++) {
      outboxes.add(new ArrayList<>());
      earliestSent[i] = Long.MAX_VALUE;
    }
  }

  // ---- running

  /** From now on this thread works for the shard; any other that touches it fails the run. */
  void own() {
    owner = Thread.currentThread();
  }

  /** Runs all events before a time. */
  void run(long untilNanos) {
    own();
    try {
      while (queue.nextTimeNanos() < untilNanos && failure == null) {
        Event event = queue.poll();
        nowNanos = event.timeNanos();
        eventCount++;
        event.fire();
        drain();
      }
    } catch (Throwable e) { // an Error of a model must not take the engine's threads down silently
      fail(RunFailure.Kind.INTERNAL, description(current), String.valueOf(e), e);
    } finally {
      leave();
    }
  }

  /** Nothing is left before this time; it is now. */
  void reach(long timeNanos) {
    nowNanos = Math.max(nowNanos, timeNanos);
  }

  /** Does something to a host from outside, and lets what it causes run to completion. */
  void on(@Nullable HostRuntime host, Runnable action) {
    own();
    currentHost = host;
    causeHost = 0;
    causeTurn = 0;
    try {
      action.run();
      drain();
    } catch (Throwable e) { // as in run
      fail(RunFailure.Kind.INTERNAL, description(current), String.valueOf(e), e);
    } finally {
      leave();
    }
  }

  private void leave() {
    currentHost = null;
    current = null;
  }

  private void drain() {
    flush();
    Turn turn = ready.poll();
    while (turn != null && failure == null) {
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
      boolean scheduled = process.runRequested;
      process.runRequested = false;
      if (!scheduled && process.isReady()) {
        Mailbox mailbox = process.mailbox();
        scheduled = mailbox.canBeScheduledForExecution(true, false) && mailbox.setAsScheduled();
      }
      if (scheduled) {
        ready.add(process);
      }
    }
    submitted.clear();
  }

  /** Lets an actor handle its system messages and at most one message. */
  void turn(ProcessQueue process) {
    HostRuntime host = process.host();
    currentHost = host;
    current = process;
    turnsStarted++;
    if (host != null) {
      causeHost = host.key();
      if (host.countTurn(nowNanos)) {
        fail(
            RunFailure.Kind.LIVELOCK,
            process.description(),
            HostRuntime.TURNS_PER_INSTANT
                + " turns on one host in one instant. Maybe two processes answer each other"
                + " without a cost, or a timer has no delay?",
            null);
        return;
      }
      causeTurn = host.turns();
    }
    process.mailbox().run();
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
    checkThread("execute " + runnable.getClass().getName());
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
          enter(host);
          causeTurn = turn;
          runnable.run();
        });
  }

  // ---- the message in hand

  /** An actor is about to handle a message. */
  void handling(ProcessQueue process, Message message) {
    HostRuntime host = process.host();
    if (host == null) {
      return; // Pekko's own mail has no account
    }
    accounts.handled++;
    if (process.isHostActor()) {
      return;
    }
    MessageType type = MessageType.of(message.payload);
    long what = process.traceKey() * 31 + type.hash();
    if (message.from != null) {
      what = what * 31 + message.from.hashCode();
    }
    host.record(nowNanos, what, message.wireHash);
    recent.add(nowNanos, process, type, message.from);
  }

  /** What follows is done by a host outside any turn: a timer, an arrival, a CPU that is done. */
  void enter(@Nullable HostRuntime host) {
    currentHost = host;
    current = null;
    if (host != null) {
      causeHost = host.key();
      causeTurn = host.turns();
    }
  }

  /** The same on behalf of an earlier turn, which started a timer. */
  void enter(@Nullable HostRuntime host, long turn) {
    enter(host);
    causeTurn = turn;
  }

  @Nullable HostRuntime currentHost() {
    return currentHost;
  }

  /** The actor whose turn it is. */
  ProcessQueue current() {
    ProcessQueue process = current;
    if (process == null) {
      throw new IllegalStateException(
          "This may be done only by a process while it handles a message.");
    }
    return process;
  }

  long currentHostKey() {
    return causeHost;
  }

  long currentTurn() {
    return causeTurn;
  }

  long nowNanos() {
    return nowNanos;
  }

  // ---- what must not happen

  /** A direct message reaches an actor: both must be on one host. */
  void checkContact(ProcessQueue target, Object payload) {
    checkThread("tell " + target.description());
    HostRuntime host = target.host();
    if (currentHost != null && host != currentHost && !target.isHostActor()) {
      fail(
          RunFailure.Kind.CONTACT,
          description(current),
          description(current)
              + " told "
              + target.description()
              + " directly ("
              + MessageType.nameOf(payload)
              + "). Hosts meet only on the network: use env.send with the other's Address.",
          null);
    }
  }

  /** A system message reaches an actor: watching across hosts is contact too. */
  void checkSystemContact(ProcessQueue target, String what) {
    checkThread(what);
    HostRuntime host = target.host();
    if (currentHost != null && host != null && host != currentHost) {
      fail(
          RunFailure.Kind.CONTACT,
          description(current),
          description(current)
              + " reached "
              + target.description()
              + " past the network ("
              + what
              + "). Watch only processes of your own host.",
          null);
    }
  }

  /** Only the shard's own thread may touch it. */
  void checkThread(String what) {
    if (Thread.currentThread() != owner) {
      RunFailure foreign =
          new RunFailure(
              RunFailure.Kind.FOREIGN_THREAD,
              nowNanos,
              description(current),
              "The thread ("
                  + Thread.currentThread().getName()
                  + ") that is not the emulation's did: "
                  + what
                  + ". Maybe a future without the actor's execution context?",
              List.of(),
              new IllegalStateException("foreign thread"));
      synchronized (this) {
        if (failure == null) {
          failure = foreign;
        }
      }
      throw new IllegalStateException(foreign.message());
    }
  }

  /** An actor failed in a way that no supervisor planned. */
  void unplanned(@Nullable ProcessQueue process, Throwable cause) {
    fail(RunFailure.Kind.MODEL, description(process), String.valueOf(cause), cause);
  }

  /** A turn does not end: said by the watchdog's thread. */
  void stuck(String actor) {
    fail(
        RunFailure.Kind.STUCK,
        actor,
        actor
            + " has not finished its turn for half a minute. Maybe it waits for a future, a lock or"
            + " a sleep? Time that a process waits is the hold of a Cost.",
        null);
    owner.interrupt();
  }

  private void fail(RunFailure.Kind kind, String actor, String message, @Nullable Throwable cause) {
    RunFailure seen = new RunFailure(kind, nowNanos, actor, message, recent.lastOf(actor), cause);
    synchronized (this) {
      if (failure == null) {
        failure = seen;
      }
    }
  }

  synchronized @Nullable RunFailure failure() {
    return failure;
  }

  /** Counts turns; while it stands still an actor is busy, and {@link #runningNow} names it. */
  long turnsStarted() {
    return turnsStarted;
  }

  @Nullable String runningNow() {
    ProcessQueue process = current;
    return process == null ? null : process.description();
  }

  Thread thread() {
    return owner;
  }

  private static String description(@Nullable ProcessQueue process) {
    return process == null ? "the engine" : process.description();
  }

  // ---- events

  /** Lets an event of a host happen at a time. */
  void schedule(@Nullable HostRuntime host, Event event, long timeNanos) {
    key(host, event, timeNanos);
    queue.add(event);
  }

  private void key(@Nullable HostRuntime host, Event event, long timeNanos) {
    long origin = host == null ? 0 : host.key();
    long sequence = host == null ? systemSequence++ : host.nextSequence();
    event.key(
        timeNanos, Hash64.mix(seed ^ timeNanos ^ Long.rotateLeft(origin, 32)), origin, sequence);
  }

  void cancel(Event event) {
    queue.remove(event);
  }

  /** Lets a parcel of a host arrive at a time, in whatever shard. */
  void send(HostRuntime host, Parcel parcel, long timeNanos) {
    key(host, parcel, timeNanos);
    int target = shardOf(parcel.to().hostKey(), shards);
    post(parcel, target);
  }

  /** The same parcel, made once for each shard, happens in all of them. */
  void broadcast(HostRuntime host, Function<Integer, Parcel> copies, long timeNanos) {
    long sequence = host.nextSequence();
    long tie = Hash64.mix(seed ^ timeNanos ^ Long.rotateLeft(host.key(), 32));
    for (int target = 0; target < shards; target++) {
      Parcel copy = copies.apply(target);
      copy.key(timeNanos, tie, host.key(), sequence);
      post(copy, target);
    }
  }

  private void post(Parcel parcel, int target) {
    if (target == index) {
      parcel.enter(this);
      queue.add(parcel);
    } else {
      outboxes.get(target).add(parcel);
      earliestSent[target] = Math.min(earliestSent[target], parcel.timeNanos());
    }
  }

  /** The shard of a host, from its name alone. */
  static int shardOf(long hostKey, int shards) {
    return (int) Long.remainderUnsigned(hostKey, shards);
  }

  boolean owns(String host) {
    return shardOf(Hash64.of(host), shards) == index;
  }

  // ---- the fleet

  /**
   * A host of this shard asks for a change; it happens everywhere, one shortest latency later at
   * least.
   */
  void changeFleet(HostRuntime asker, FleetChange change, Duration delay) {
    long wait = Math.max(delay.toNanos(), transport.latencyMinNanos());
    broadcast(asker, target -> new FleetChange.Copy(change), nowNanos + wait);
  }

  /** The method asks for a change; every shard is told the same and schedules its own copy. */
  void changeFleetAt(FleetChange change, long timeNanos, long sequence) {
    Parcel copy = new FleetChange.Copy(change);
    copy.key(timeNanos, Long.MIN_VALUE, 0, sequence);
    copy.enter(this);
    queue.add(copy);
  }

  void apply(FleetChange change) {
    if (change instanceof FleetChange.Launch launch) {
      add(launch.host(), launch.arguments());
    } else if (change instanceof FleetChange.Terminate terminate) {
      directory.remove(terminate.name());
      HostRuntime host = hosts.get(terminate.name());
      if (host != null && host.isUp()) {
        crash(host);
      }
    }
  }

  /** Adds a host to the directory and, if it is this shard's, boots it. */
  private void add(HostInfo info, Map<String, String> arguments) {
    directory.add(info);
    if (owns(info.name())) {
      bootNew(info, arguments);
    }
  }

  private void bootNew(HostInfo info, Map<String, String> arguments) {
    LinkEnd end = directory.end(info.name());
    if (end == null) {
      throw new IllegalStateException("The host (" + info.name() + ") is not in the directory.");
    }
    Template template = templates.get(info.entry(), info.template());
    HostRuntime before = hosts.get(info.name());
    HostRuntime host =
        new HostRuntime(
            this,
            info,
            end,
            template.spec(),
            new Disks(before == null ? null : before.disks()),
            arguments);
    if (before != null) {
      host.succeed(before);
    }
    boot(host, template);
  }

  private void boot(HostRuntime host, Template template) {
    hosts.put(host.name(), host);
    enter(null);
    actors().addHost(host);
    drain();
    enter(host);
    template.boot().accept(new HostBoot(this, host));
    drain();
  }

  /** Power fails: nothing is told to anybody, nothing but disks survives. */
  void crash(HostRuntime host) {
    host.powerOff();
    enter(null);
    actors().removeHost(host.name());
    drain();
  }

  /** Boots a host that had crashed. */
  void reboot(HostRuntime down) {
    LinkEnd end = directory.end(down.name());
    if (end == null || down.isUp()) {
      return;
    }
    Template template = templates.get(down.info().entry(), down.info().template());
    HostRuntime host =
        new HostRuntime(
            this, down.info(), end, template.spec(), down.disks().afterReboot(), down.arguments());
    host.succeed(down);
    boot(host, template);
  }

  /** Adds the hosts of the first hour: all are known before the first one boots. */
  void populate(List<HostInfo> first) {
    for (HostInfo info : first) {
      directory.add(info);
    }
    for (HostInfo info : first) {
      if (owns(info.name())) {
        bootNew(info, Map.of());
      }
    }
  }

  /** Starts a process anew, as its host's boot started it first. */
  void restart(HostRuntime host, String process) {
    Template template = templates.get(host.info().entry(), host.info().template());
    enter(host);
    template.boot().accept(new HostBoot(this, host).only(process));
    drain();
  }

  Templates templates() {
    return templates;
  }

  // ---- exchange at the end of a window

  /** Takes what was sent to another shard. */
  List<Parcel> takeOutbox(int target) {
    List<Parcel> parcels = outboxes.get(target);
    outboxes.set(target, new ArrayList<>());
    earliestSent[target] = Long.MAX_VALUE;
    return parcels;
  }

  long earliestSent(int target) {
    return earliestSent[target];
  }

  void absorb(List<Parcel> parcels) {
    for (Parcel parcel : parcels) {
      parcel.enter(this);
      queue.add(parcel);
    }
  }

  long nextTimeNanos() {
    return failure == null ? queue.nextTimeNanos() : Long.MAX_VALUE;
  }

  // ---- hosts and processes

  void actors(ActorTree newActors) {
    actors = newActors;
  }

  ActorTree actors() {
    ActorTree known = actors;
    if (known == null) {
      throw new IllegalStateException("Shard " + index + " has no actor system yet.");
    }
    return known;
  }

  @Nullable HostRuntime host(String name) {
    return hosts.get(name);
  }

  /** All hosts of this shard that there ever were, in the order of their names. */
  Map<String, HostRuntime> hosts() {
    return hosts;
  }

  @Nullable ProcessQueue process(Address address) {
    return processes.get(address);
  }

  /** The next mailbox to be made is that of a host's own actor. */
  void expectHost(HostRuntime host) {
    pendingHost = host;
  }

  /** The next mailbox to be made is that of a process. */
  void expect(ProcessSpec<?> spec) {
    pendingSpec = spec;
  }

  /** Makes the mailbox of a new actor. */
  ProcessQueue createQueue(@Nullable ProcessQueue parent, String name, int boundedTo) {
    HostRuntime host = pendingHost;
    ProcessSpec<?> spec = pendingSpec;
    pendingHost = null;
    pendingSpec = null;
    if (host != null) {
      ProcessQueue queue = new ProcessQueue(this, host, parent, name, 0, boundedTo, null);
      host.actor(queue);
      return queue;
    }
    HostRuntime parentHost = parent == null ? null : parent.host();
    int creation = parentHost == null ? systemCreated++ : 1 + parentHost.nextCreation();
    ProcessQueue queue =
        new ProcessQueue(this, parentHost, parent, name, creation, boundedTo, spec);
    if (parentHost != null) {
      parentHost.joined(queue);
      Address address = queue.address();
      if (spec != null && address != null) {
        processes.put(address, queue);
      }
    }
    return queue;
  }

  void unregister(ProcessQueue queue) {
    Address address = queue.isProcess() ? queue.address() : null;
    if (address != null) {
      processes.remove(address, queue);
    }
  }

  /** Who sent a message on this very host, if anybody did. */
  @Nullable ProcessQueue localSender(Message message, @Nullable HostRuntime host) {
    if (message.kind == Message.Kind.TELL) {
      return current;
    }
    return message.from != null && host != null && message.from.host().equals(host.name())
        ? processes.get(message.from)
        : null;
  }

  // ---- accounts

  Accounts accounts() {
    return accounts;
  }

  void drop(ProcessQueue process, Message message, String reason) {
    drop(process.place(), message.payload, reason, process.host());
  }

  /**
   * A queue inside a process dropped something that had been handled once: not a second account.
   */
  void droppedInside(ProcessQueue process, Object payload, String reason) {
    count(process.host(), process.place(), MessageType.nameOf(payload), reason);
  }

  void dropAtSender(HostRuntime host, Message message, String reason) {
    LinkEnd end = message.to == null ? null : directory.end(message.to.host());
    String target = end == null ? String.valueOf(message.to) : end.host().entry();
    String place = host.info().entry() + "->" + target;
    drop(place, message.payload, reason, host);
  }

  void dropOutside(Message message, String reason) {
    HostRuntime host = message.to == null ? null : hosts.get(message.to.host());
    String place =
        host == null || message.to == null
            ? String.valueOf(message.to)
            : host.info().entry() + "/" + message.to.process();
    drop(place, message.payload, reason, host);
  }

  /** A message was told to an actor that is gone. */
  void deadLetter(Object payload) {
    if (!MessageType.isSignal(payload)) {
      accounts.sent++;
      HostRuntime host = currentHost;
      drop(host == null ? "system" : host.info().entry(), payload, "dead", host);
    }
  }

  private void drop(String place, Object payload, String reason, @Nullable HostRuntime host) {
    String type = MessageType.nameOf(payload);
    accounts.drop(new MessageCounts.Drop(place, type, reason));
    count(host, place, type, reason);
  }

  private void count(@Nullable HostRuntime host, String place, String type, String reason) {
    if (host != null) {
      host.metrics()
          .counter("messages_dropped_total", "place", place, "type", type, "reason", reason)
          .increment();
    }
  }

  /** Messages that wait in mailboxes, and those on the network. */
  long[] queuedAndInFlight() {
    long[] counts = new long[2];
    for (HostRuntime host : hosts.values()) {
      for (ProcessQueue process : host.queues()) {
        counts[0] += process.pending();
      }
    }
    queue.forEach(
        event -> {
          if (event instanceof Message) {
            counts[1]++;
          }
        });
    for (List<Parcel> outbox : outboxes) {
      for (Parcel parcel : outbox) {
        counts[1] += parcel instanceof Message ? 1 : 0;
      }
    }
    return counts;
  }

  long eventCount() {
    return eventCount;
  }

  // ---- the rest of the world

  /** A stream that belongs to a name. */
  RandomStream stream(String name) {
    return RandomStream.of(seed).fork(name);
  }

  Metrics metrics(String host) {
    return metrics.apply(host);
  }

  Directory directory() {
    return directory;
  }

  Transport transport() {
    return transport;
  }

  void record(RecordedEvent event) {
    events.add(event);
  }

  List<RecordedEvent> events() {
    return events;
  }

  /** Ends the actors; what they do last reaches nobody. */
  void close() {
    own();
    for (HostRuntime host : hosts.values()) {
      if (host.isUp()) {
        host.powerOff();
      }
    }
    enter(null);
    actors().terminate();
    drain();
  }
}
