package dev.cascade.models.cache;

import dev.cascade.models.call.Caching;
import dev.cascade.models.call.CallClient;
import dev.cascade.models.call.CallEnding;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Env;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Fetches what a cache misses from its origin. No thread of the cache waits meanwhile. */
final class Fetcher extends AbstractBehavior<Fetcher.Command> {
  sealed interface Command {}

  /**
   * A request waits for an item.
   *
   * @param item under which the cache keeps it
   * @param key what the request asked for
   */
  record Fetch(long item, long key, HttpRequest request) implements Command {}

  /** An item is fetched anew for which nobody waits. */
  record Refresh(long item, long key) implements Command {}

  private record Fetched(Flight flight, CallEnding ending) implements Command {}

  /** Takes what was fetched. */
  interface Sink {
    void put(long item, long lifeNanos);

    /** It was not to be had: who asks next may try again. */
    void failed(long item);
  }

  /** An item that is being fetched, and the requests that wait for it. */
  private record Flight(long item, List<HttpRequest> waiting) {}

  private final Env<Command> env;
  private final Origin config;
  private final ActorRef<CallClient.Make> origin;
  private final CacheMeter meter;
  private final Sink sink;
  private final RandomStream jitter;

  private final Map<Long, Flight> flights = new TreeMap<>();
  private int waiting;
  private int refreshing;

  private Fetcher(
      Env<Command> env,
      Origin config,
      ActorRef<CallClient.Make> origin,
      CacheMeter meter,
      Sink sink) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.origin = origin;
    this.meter = meter;
    this.sink = sink;
    this.jitter = env.random("ttl");
  }

  static ProcessSpec<Command> spec(
      Origin config, ActorRef<CallClient.Make> origin, CacheMeter meter, Sink sink) {
    ProcessSpec<Command> spec =
        ProcessSpec.of(env -> new Fetcher(env, config, origin, meter, sink));
    return spec.mailbox(4 * config.maxFetching() + 10, Overflow.DROP_NEWEST);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Fetch.class, this::onFetch)
        .onMessage(Refresh.class, this::onRefresh)
        .onMessage(Fetched.class, this::onFetched)
        .build();
  }

  private Behavior<Command> onFetch(Fetch fetch) {
    HttpRequest request = fetch.request();
    if (waiting == config.maxFetching()) {
      env.dropped(request, "fetching");
      env.reply(request.replyTo(), HttpResponse.SERVICE_UNAVAILABLE);
      return this;
    }
    meter.fetching(++waiting);
    Flight under = config.cacheLock() ? flights.get(fetch.item()) : null;
    if (under != null) {
      under.waiting().add(request);
      return this;
    }
    Flight flight = new Flight(fetch.item(), new ArrayList<>(List.of(request)));
    if (config.cacheLock()) {
      flights.put(fetch.item(), flight);
    }
    fetch(flight, fetch.key());
    return this;
  }

  private Behavior<Command> onRefresh(Refresh refresh) {
    if (refreshing == config.maxFetching()) {
      env.dropped(refresh, "refreshing");
      sink.failed(refresh.item());
      return this;
    }
    refreshing++;
    fetch(new Flight(refresh.item(), List.of()), refresh.key());
    return this;
  }

  private Behavior<Command> onFetched(Fetched fetched) {
    Flight flight = fetched.flight();
    flights.remove(flight.item(), flight);
    if (flight.waiting().isEmpty()) {
      refreshing--;
    }
    if (fetched.ending() == CallEnding.SUCCESS) {
      sink.put(
          flight.item(),
          Caching.lifeNanos(
              config.ttl(), config.ttlJitter(), config.staleWhileRevalidate(), jitter));
    } else {
      sink.failed(flight.item());
    }
    HttpResponse response =
        fetched.ending() == CallEnding.SUCCESS
            ? new HttpResponse(HttpResponse.OK.status(), (int) config.itemSize().bytes())
            : fetched.ending().response();
    flight.waiting().forEach(request -> env.reply(request.replyTo(), response));
    waiting -= flight.waiting().size();
    meter.fetching(waiting);
    return this;
  }

  private void fetch(Flight flight, long key) {
    ActorRef<Command> self = getContext().getSelf();
    origin.tell(
        new CallClient.Make(
            HttpRequest.UNKNOWN, key, ending -> self.tell(new Fetched(flight, ending))));
  }
}
