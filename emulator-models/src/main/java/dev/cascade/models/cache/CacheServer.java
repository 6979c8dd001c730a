package dev.cascade.models.cache;

import dev.cascade.models.call.CallClient;
import dev.cascade.models.discovery.Upstream;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.models.memcache.CacheGet;
import dev.cascade.models.memcache.CacheItem;
import dev.cascade.models.memcache.CacheSet;
import dev.cascade.models.memcache.CacheStored;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireRequest;
import dev.cascade.node.WorkerPool;
import dev.cascade.random.Hash64;
import dev.cascade.random.RandomStream;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What the threads of one cache server do. */
final class CacheServer implements WorkerPool.Service<WireRequest> {
  private static final List<WorkerPool.Kind> KINDS =
      List.of(WorkerPool.Kind.of("get"), WorkerPool.Kind.of("set"));

  private final Env<?> env;
  private final CacheConfig config;
  private final CacheMeter meter;
  private final Store store;
  private final RandomStream gets;
  private final RandomStream sets;
  private final @Nullable ActorRef<Fetcher.Command> fetcher;

  private CacheServer(Env<?> env, String cache, CacheConfig config, @Nullable Upstream upstream) {
    this.env = env;
    this.config = config;
    this.meter = new CacheMeter(env.metrics(), cache);
    this.store =
        new Store(
            config.maxMemory().bytes(),
            (int) config.itemOverhead().bytes(),
            config.eviction(),
            env.random("eviction"));
    this.gets = env.random("get");
    this.sets = env.random("set");
    this.fetcher =
        config.origin() == null || upstream == null
            ? null
            : fetcher(cache, config.origin(), upstream);
  }

  private ActorRef<Fetcher.Command> fetcher(String cache, Origin origin, Upstream upstream) {
    // Requests that wait, and as many items that are fetched though nobody waits.
    int fetches = 2 * origin.maxFetching();
    ActorRef<CallClient.Command> client =
        env.spawn(
            "call-" + origin.call().name(),
            CallClient.spec(cache, CacheModel.PROCESS, origin.call(), fetches, upstream));
    Fetcher.Sink sink =
        new Fetcher.Sink() {
          @Override
          public void put(long item, long lifeNanos) {
            CacheServer.this.put(item, lifeNanos);
          }

          @Override
          public void failed(long item) {
            store.failed(item);
          }
        };
    return env.spawn("fetcher", Fetcher.spec(origin, client.narrow(), meter, sink));
  }

  /**
   * A server as a process.
   *
   * @param cache the label that its metrics have in common with its replicas'
   * @param upstream where it reads through to; null if it does not
   */
  static ProcessSpec<WireRequest> spec(
      String cache, CacheConfig config, @Nullable Upstream upstream) {
    return new WorkerPool<WireRequest>(
            config.threads(),
            config.queue(),
            new WorkerPool.Names("cache", "command", List.of("cache", cache)),
            env -> new CacheServer(env, cache, config, upstream))
        .spec();
  }

  @Override
  public List<WorkerPool.Kind> kinds() {
    return KINDS;
  }

  @Override
  public int kindOf(WireRequest request) {
    return request instanceof CacheSet ? 1 : 0;
  }

  @Override
  public Cost cost(WireRequest request) {
    return request instanceof CacheSet
        ? new Cost(config.setCpu().sampleNanos(sets), 0)
        : new Cost(config.getCpu().sampleNanos(gets), 0);
  }

  @Override
  public void serve(WireRequest request, WorkerPool.Worker worker) {
    if (request instanceof CacheGet get) {
      CacheItem item = get(get.key(), get.vivifyNanos(), get.recacheNanos());
      worker.env().reply(get.replyTo(), item);
    } else if (request instanceof CacheSet set) {
      boolean stored = put(set.key(), set.valueBytes(), set.ttlNanos());
      worker.env().reply(set.replyTo(), new CacheStored(stored));
    } else if (request instanceof HttpRequest http) {
      serve(http, worker.env());
    }
  }

  /** A request of HTTP's is answered with the item, or with that of its origin. */
  private void serve(HttpRequest request, Env<?> thread) {
    long asked = request.key() == HttpRequest.UNKNOWN ? 0 : request.key();
    long key = Hash64.combine(Hash64.of(request.path()), asked);
    Origin origin = config.origin();
    long stale =
        origin == null || origin.staleWhileRevalidate() == null
            ? 0
            : origin.staleWhileRevalidate().toNanos();
    CacheItem item = get(key, 0, stale);
    if (item.found()) {
      thread.reply(
          request.replyTo(), new HttpResponse(HttpResponse.OK.status(), item.valueBytes()));
      if (item.won() && fetcher != null) {
        fetcher.tell(new Fetcher.Refresh(key, asked));
      }
    } else if (fetcher != null) {
      fetcher.tell(new Fetcher.Fetch(key, asked, request));
    } else {
      thread.reply(request.replyTo(), HttpResponse.NOT_FOUND);
    }
  }

  private CacheItem get(long key, long vivifyNanos, long recacheNanos) {
    CacheItem item = store.get(key, vivifyNanos, recacheNanos, env.nowNanos());
    meter.got(item.found());
    meter.holds(store);
    return item;
  }

  private void put(long key, long ttlNanos) {
    Origin origin = config.origin();
    if (origin != null) {
      put(key, (int) origin.itemSize().bytes(), ttlNanos);
    }
  }

  private boolean put(long key, int valueBytes, long ttlNanos) {
    long expires = ttlNanos == CacheSet.FOR_EVER ? CacheSet.FOR_EVER : env.nowNanos() + ttlNanos;
    boolean stored = store.put(key, valueBytes, expires);
    meter.put(stored);
    meter.holds(store);
    return stored;
  }

  @Override
  public void reject(WireRequest request, Env<?> queue) {
    if (request instanceof HttpRequest) {
      queue.reply(request.replyTo(), HttpResponse.SERVICE_UNAVAILABLE);
    } else {
      queue.refuse(request, "rejected");
    }
  }
}
