package dev.cascade.engine;

import dev.cascade.node.Address;
import dev.cascade.node.CostFunction;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.Fleet;
import dev.cascade.node.HostControl;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Purpose;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/** The world as one process sees it, made of its shard and its host. */
final class ProcessEnv<C> implements Env<C>, HostControl, Fleet {
  private final Shard shard;
  private final HostRuntime host;
  private final ActorContext<C> context;
  private final ProcessQueue queue;
  private final Address self;
  private final int livesBefore;
  private @Nullable Map<String, RandomStream> streams; // most idle processes draw nothing

  ProcessEnv(HostRuntime host, ActorContext<C> context) {
    this.shard = host.shard();
    this.host = host;
    this.context = context;
    this.queue = ActorTree.queueOf(context);
    Address address = queue.address();
    if (address == null) {
      throw new IllegalStateException("A process without an address: " + queue.description());
    }
    this.self = address;
    this.livesBefore = host.livesBefore(queue);
  }

  @Override
  public Address self() {
    return self;
  }

  @Override
  public HostInfo host() {
    return host.info();
  }

  @Override
  public ActorContext<C> context() {
    return context;
  }

  @Override
  public Duration now() {
    return Duration.ofNanos(nowNanos());
  }

  @Override
  public long nowNanos() {
    return host.clockNanos();
  }

  @Override
  public long hostCpuNanos() {
    return Math.round(host.cpu().usedNanos());
  }

  @Override
  public RandomStream random(String purpose) {
    if (streams == null) {
      streams = new TreeMap<>();
    }
    return streams.computeIfAbsent(
        purpose, name -> shard.stream(self + "#" + livesBefore).fork(name));
  }

  // ---- the network

  @Override
  public void send(Address to, WireMessage message) {
    if (isAlive()) {
      shard.transport().datagram(host, self, to, message);
    }
  }

  @Override
  public void request(
      Purpose purpose,
      Address to,
      Function<ReplyTo, ? extends WireRequest> request,
      Duration timeout,
      Function<Outcome, ? extends C> whenDone) {
    if (isAlive()) {
      ReplyTo connection = new ReplyTo(self, host.connections().nextNumber());
      new OpenRequest(purpose, host, queue, to, request.apply(connection), timeout, whenDone)
          .begin();
    }
  }

  @Override
  public @Nullable ReplyTo serving() {
    Bill served = shard.bill();
    return served == null || served.closed ? null : served.connection;
  }

  @Override
  public void serve(@Nullable ReplyTo connection) {
    shard.serve(connection == null ? null : bill(connection));
  }

  @Override
  public void reply(ReplyTo to, WireMessage response) {
    Bill bill = bill(to);
    if (isAlive() && release(to) && bill != null) {
      shard.transport().reply(host, self, to, response, bill.take());
    }
  }

  @Override
  public void forward(Address to, WireRequest request) {
    Bill bill = bill(request.replyTo());
    if (isAlive() && release(request.replyTo()) && bill != null) {
      shard.transport().forward(host, self, to, request, bill.take());
    }
  }

  @Override
  public void refuse(WireRequest request, String reason) {
    Bill bill = bill(request.replyTo());
    if (isAlive() && release(request.replyTo())) {
      shard.ledger().dropInside(queue, request, reason, bill);
      shard.work().settle(bill, WorkCounts.End.SHED);
      shard.transport().refused(host, request.replyTo());
    }
  }

  @Override
  public void discard(WireRequest request, String reason) {
    Bill bill = bill(request.replyTo());
    if (isAlive() && release(request.replyTo())) {
      shard.ledger().dropInside(queue, request, reason, bill);
      shard.work().settle(bill, WorkCounts.End.SHED);
      shard.transport().unanswered(host, request.replyTo());
    }
  }

  @Override
  public void dropped(Object message, String reason) {
    if (isAlive()) {
      Bill bill = message instanceof WireRequest request ? bill(request.replyTo()) : shard.bill();
      shard.ledger().dropInside(queue, message, reason, bill);
    }
  }

  @Override
  public Runnable block() {
    ProcessQueue caller = shard.current();
    if (caller == null || caller.host() != host) {
      throw new IllegalStateException(
          "Only an actor of " + host.name() + " can block there, in a turn of its own.");
    }
    caller.block();
    AtomicBoolean blocked = new AtomicBoolean(true);
    return () -> {
      if (blocked.getAndSet(false)) {
        caller.unblock();
      }
    };
  }

  /** What was done so far for a request that this process has. */
  private @Nullable Bill bill(ReplyTo connection) {
    return host.connections().bill(queue, connection);
  }

  /** Whether the connection is there to be used; false if it was reset and nobody listens. */
  private boolean release(ReplyTo connection) {
    return switch (host.connections().release(queue, connection)) {
      case OPEN -> true;
      case BROKEN -> false;
      case NONE ->
          throw new IllegalStateException(
              self
                  + " has no open connection "
                  + connection
                  + ". Maybe it was answered, forwarded or refused before?");
    };
  }

  /** A process that was killed has its last turns in the same instant, but nothing leaves it. */
  private boolean isAlive() {
    return !queue.isDead() && host.isUp();
  }

  // ---- processes

  @Override
  public <D> ActorRef<D> spawn(String name, ProcessSpec<D> spec) {
    return ActorTree.spawnIn(context, host, name, spec);
  }

  @Override
  @SuppressWarnings("unchecked") // this process's messages and costs have one type
  public void costs(CostFunction<? super C> costs) {
    queue.costs((CostFunction<Object>) costs);
  }

  @Override
  public HostControl control() {
    return this;
  }

  @Override
  public <D> Address start(String process, ProcessSpec<D> spec) {
    Address address = Address.of(host.name(), process);
    if (host.isRunning(process)) {
      throw new IllegalStateException(
          "A process (" + address + ") runs already. Maybe kill it first, or number them on?");
    }
    if (isAlive()) {
      host.start(process, spec);
    }
    return address;
  }

  @Override
  public void kill(String process) {
    if (isAlive()) {
      host.kill(process);
    }
  }

  @Override
  public boolean isRunning(String process) {
    return host.isRunning(process);
  }

  // ---- hosts

  @Override
  public Fleet fleet() {
    return this;
  }

  @Override
  public HostInfo launch(
      String template, String name, String zone, Duration delay, Map<String, String> arguments) {
    return launch(host.info().entry(), template, name, zone, delay, arguments);
  }

  @Override
  public HostInfo launch(
      String entry,
      String template,
      String name,
      String zone,
      Duration delay,
      Map<String, String> arguments) {
    HostInfo info = new HostInfo(name, zone, entry, template);
    shard.machines().templates().get(info.entry(), template); // fails here if there is none
    if (isAlive()) {
      shard.changeFleet(host, new FleetChange.Launch(info, arguments, self.toString()), delay);
    }
    return info;
  }

  @Override
  public void terminate(String name) {
    if (isAlive()) {
      shard.changeFleet(host, new FleetChange.Terminate(name), Duration.ZERO);
    }
  }

  // ---- the rest

  @Override
  public Disk disk(Disk.Lifetime lifetime) {
    return new OwnDisk(host.disk(lifetime, queue.top()), this::isAlive);
  }

  @Override
  public void event(String name, String... fields) {
    if (fields.length % 2 != 0) {
      throw new IllegalArgumentException(
          "The event ("
              + name
              + ") has a key without a value: fields are keys and values in turn.");
    }
    if (!isAlive()) {
      return;
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      pairs.put(fields[i], fields[i + 1]);
    }
    shard.record(
        new RecordedEvent(
            shard.nowNanos(),
            host.name(),
            self.toString(),
            name,
            Collections.unmodifiableMap(pairs)));
  }

  @Override
  public Metrics metrics() {
    return queue.metrics();
  }
}
