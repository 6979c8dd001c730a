package dev.cascade.models.call;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.memcache.CacheGet;
import dev.cascade.models.memcache.CacheItem;
import dev.cascade.models.memcache.CacheSet;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Outcome;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.Hash64;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Asks a cache before a call is made, and puts in what the call brought. One in each server process
 * for each call that has a cache; its own work costs no CPU.
 */
public final class LookAside extends AbstractBehavior<LookAside.Command> {
  /** What it understands. */
  public sealed interface Command permits CallClient.Make, Looked, LeaseWaited, Fetched, Put {}

  private record Looked(Lookup lookup, Address server, Outcome outcome) implements Command {}

  private record LeaseWaited(Lookup lookup) implements Command {}

  private record Fetched(Flight flight, CallEnding ending) implements Command {}

  private record Put(Address server, Outcome outcome) implements Command {}

  /**
   * A call that looks for its item.
   *
   * @param number among this client's
   * @param giveUpNanos when it stops to wait for another one's lease
   */
  private record Lookup(long number, long item, CallClient.Make make, long giveUpNanos) {}

  /** An item that is being fetched, and the calls that wait for it; none for a refresh. */
  private record Flight(long item, List<CallClient.Make> waiting) {}

  /**
   * Items that one process fetches anew at once: more are left stale. A guess far beyond any use,
   * so that no queue is without a bound.
   */
  public static final int MAX_REFRESHES = 1_000;

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final Call call;
  private final Caching config;
  private final ActorRef<CallClient.Make> origin;

  private final CacheServers servers;
  private final RandomStream jitter;
  private final CacheMeter meter;
  private final long items; // tells this call's items from those of others in the same cache

  private final Map<Long, Flight> flights = new TreeMap<>();
  private long lookups;
  private int refreshing;

  private LookAside(
      Env<Command> env,
      TimerScheduler<Command> timers,
      String service,
      Call call,
      Caching config,
      List<Address> servers,
      ActorRef<CallClient.Make> origin) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.call = call;
    this.config = config;
    this.origin = origin;
    this.servers = new CacheServers(config, servers);
    this.jitter = env.random("ttl");
    this.meter = new CacheMeter(env, service, call.name(), config.target());
    this.items = Hash64.of(call.target() + call.path());
  }

  /**
   * The client as a child of its server.
   *
   * @param service the label that its metrics have in common with its replicas'
   * @param threads that may call at once
   * @param servers of the cache
   * @param origin makes the call itself
   */
  public static ProcessSpec<Command> spec(
      String service,
      Call call,
      Caching config,
      int threads,
      List<Address> servers,
      ActorRef<CallClient.Make> origin) {
    ProcessSpec<Command> spec =
        ProcessSpec.of(
            env ->
                Behaviors.withTimers(
                    timers -> new LookAside(env, timers, service, call, config, servers, origin)));
    // Room for a call of each thread, its timer and its fetch, should the program stand still.
    return spec.mailbox(3 * threads + MAX_REFRESHES + 1, Overflow.DROP_NEWEST);
  }

  /** The metrics that it keeps. */
  public static List<MetricInfo> metrics() {
    return CacheMeter.DOCUMENTATION;
  }

  /** The events that it records. */
  public static List<EventInfo> events() {
    return List.of(CacheMeter.SERVER_EJECTED);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(CallClient.Make.class, this::onMake)
        .onMessage(Looked.class, this::onLooked)
        .onMessage(LeaseWaited.class, this::onLeaseWaited)
        .onMessage(Fetched.class, this::onFetched)
        .onMessage(Put.class, this::onPut)
        .build();
  }

  private Behavior<Command> onMake(CallClient.Make make) {
    long asked = make.key() == HttpRequest.UNKNOWN ? 0 : make.key();
    long giveUp = env.nowNanos() + call.timeout().toNanos();
    long deadline = make.deadlineNanos() < 0 ? giveUp : Math.min(giveUp, make.deadlineNanos());
    look(new Lookup(lookups++, Hash64.combine(items, asked), make, deadline));
    return this;
  }

  private Behavior<Command> onLooked(Looked looked) {
    Lookup lookup = looked.lookup();
    if (!(looked.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof CacheItem item)) {
      meter.errors.increment();
      failed(looked.server());
      fetch(lookup);
      return this;
    }
    servers.succeeded(looked.server());
    if (item.found()) {
      meter.hits.increment();
      lookup.make().then().accept(CallEnding.SUCCESS);
      if (item.won()) {
        refresh(lookup);
      }
    } else if (item.beaten()) {
      meter.waits.increment();
      timers.startSingleTimer(
          "lease " + lookup.number(), new LeaseWaited(lookup), config.leaseWait());
    } else {
      meter.misses.increment();
      fetch(lookup);
    }
    return this;
  }

  private Behavior<Command> onLeaseWaited(LeaseWaited waited) {
    look(waited.lookup());
    return this;
  }

  private Behavior<Command> onFetched(Fetched fetched) {
    Flight flight = fetched.flight();
    flights.remove(flight.item(), flight);
    if (flight.waiting().isEmpty()) {
      refreshing--;
    }
    if (fetched.ending() == CallEnding.SUCCESS) {
      put(flight.item());
    }
    flight.waiting().forEach(make -> make.then().accept(fetched.ending()));
    return this;
  }

  private Behavior<Command> onPut(Put put) {
    if (put.outcome() instanceof Outcome.Reply) {
      servers.succeeded(put.server());
    } else {
      failed(put.server());
    }
    return this;
  }

  // ---- the cache

  private void look(Lookup lookup) {
    long now = env.nowNanos();
    if (now >= lookup.giveUpNanos()) {
      lookup.make().then().accept(CallEnding.TIMEOUT);
      return;
    }
    Address server = servers.of(lookup.item(), now);
    if (server == null) {
      meter.errors.increment();
      fetch(lookup);
      return;
    }
    long lease = config.coalescing() == Coalescing.LEASE ? config.leaseTime().toNanos() : 0;
    Duration stale = config.staleWhileRevalidate();
    env.request(
        server,
        replyTo -> new CacheGet(lookup.item(), lease, stale == null ? 0 : stale.toNanos(), replyTo),
        Duration.ofNanos(Math.min(config.timeout().toNanos(), lookup.giveUpNanos() - now)),
        outcome -> new Looked(lookup, server, outcome));
  }

  private void put(long item) {
    Address server = servers.of(item, env.nowNanos());
    if (server != null) {
      long life = config.lifeNanos(jitter);
      int valueBytes = (int) config.itemSize().bytes();
      env.request(
          server,
          replyTo -> new CacheSet(item, life, valueBytes, replyTo),
          config.timeout(),
          outcome -> new Put(server, outcome));
    }
  }

  private void failed(Address server) {
    if (servers.failed(server, env.nowNanos())) {
      meter.ejected(server.toString());
    }
  }

  // ---- the origin

  /** Makes the call itself, or waits for one that is under way for the same item. */
  private void fetch(Lookup lookup) {
    boolean single = config.coalescing() == Coalescing.SINGLE_FLIGHT;
    Flight under = single ? flights.get(lookup.item()) : null;
    if (under != null) {
      meter.coalesced.increment();
      under.waiting().add(lookup.make());
      return;
    }
    Flight flight = new Flight(lookup.item(), new ArrayList<>(List.of(lookup.make())));
    if (single) {
      flights.put(lookup.item(), flight);
    }
    fetch(flight, lookup.make().deadlineNanos(), lookup.make().key());
  }

  /** Fetches an item anew that was given out; nobody waits for it. */
  private void refresh(Lookup lookup) {
    if (refreshing == MAX_REFRESHES) {
      env.dropped(lookup.make(), "refreshes");
      return;
    }
    refreshing++;
    meter.refreshes.increment();
    fetch(new Flight(lookup.item(), List.of()), HttpRequest.UNKNOWN, lookup.make().key());
  }

  private void fetch(Flight flight, long deadlineNanos, long key) {
    ActorRef<Command> self = getContext().getSelf();
    origin.tell(
        new CallClient.Make(deadlineNanos, key, ending -> self.tell(new Fetched(flight, ending))));
  }
}
