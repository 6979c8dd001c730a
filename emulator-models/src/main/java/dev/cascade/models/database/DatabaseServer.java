package dev.cascade.models.database;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.models.keys.KeyDistribution;
import dev.cascade.models.keys.Keys;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WorkerPool;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What the connections of one database host do with queries. */
final class DatabaseServer implements WorkerPool.Service<HttpRequest> {
  private static final String UNKNOWN = "unknown";

  /**
   * One host among the others of its database.
   *
   * @param primary who does all writes; null if this host is it
   * @param replicas where it sends its changes; none if this host is no primary
   */
  record Role(@Nullable Address primary, List<Address> replicas) {
    Role {
      replicas = List.copyOf(replicas);
    }
  }

  /** One kind of query, and its random numbers. */
  private record Kind(
      Query query,
      RandomStream cpu,
      RandomStream hold,
      RandomStream key,
      @Nullable Keys keys,
      Metrics.Counter done,
      Metrics.Counter timedOut) {}

  private final Env<?> env;
  private final Role role;
  private final List<Kind> queries = new ArrayList<>();
  private final Map<String, Integer> kinds = new LinkedHashMap<>();
  private final ActorRef<LockManager.Command> locks;

  private DatabaseServer(
      Env<?> env, String database, DatabaseConfig config, Map<String, Keys> rows, Role role) {
    this.env = env;
    this.role = role;
    for (Query query : config.queries()) {
      kinds.put(query.path(), kinds.size());
      queries.add(
          new Kind(
              query,
              env.random("cpu " + query.path()),
              env.random("hold " + query.path()),
              env.random("key " + query.path()),
              rows.get(query.path()),
              ended(database, query, "success"),
              ended(database, query, "lock-timeout")));
    }
    this.locks = env.spawn("locks", LockManager.spec(database, config.maxConnections()));
  }

  /** Which rows each query locks that says so, by its path: the same for all hosts. */
  static Map<String, Keys> rows(DatabaseConfig config) {
    Map<String, Keys> rows = new LinkedHashMap<>();
    for (Query query : config.queries()) {
      RowLock lock = query.lock();
      KeyDistribution drawn = lock == null ? null : lock.drawn();
      if (drawn != null) {
        rows.put(query.path(), new Keys(drawn));
      }
    }
    return rows;
  }

  private Metrics.Counter ended(String database, Query query, String outcome) {
    return env.metrics()
        .counter(
            "database_queries_total",
            "database",
            database,
            "query",
            query.path(),
            "outcome",
            outcome);
  }

  /**
   * A server as a process.
   *
   * @param rows of {@link #rows}
   */
  static ProcessSpec<HttpRequest> spec(
      String database, DatabaseConfig config, Map<String, Keys> rows, Role role) {
    return new WorkerPool<HttpRequest>(
            config.maxConnections(),
            config.queue(),
            new WorkerPool.Names("database", "query", List.of("database", database)),
            env -> new DatabaseServer(env, database, config, rows, role))
        .spec();
  }

  static List<MetricInfo> metrics() {
    return Stream.concat(
            WorkerPool.Names.documentation("database", "query", "database").stream(),
            Stream.of(
                MetricInfo.counter(
                    "database_queries_total",
                    "Queries that ended: success or lock-timeout.",
                    "database",
                    "query",
                    "outcome"),
                MetricInfo.gauge(
                    "database_locks_waiting", "Queries that wait for a lock.", "database"),
                MetricInfo.histogram(
                    "database_lock_wait_seconds",
                    "How long queries waited for the lock that they were granted.",
                    "database"),
                MetricInfo.counter(
                    "database_lock_timeouts_total",
                    "Queries that gave up waiting for a lock.",
                    "database"),
                MetricInfo.gauge(
                    "database_replica_lag_seconds",
                    "How old the change was that a replica has applied last.",
                    "database"),
                MetricInfo.counter(
                    "database_changes_applied_total",
                    "Changes that replicas applied.",
                    "database")))
        .toList();
  }

  @Override
  public List<WorkerPool.Kind> kinds() {
    List<WorkerPool.Kind> all = new ArrayList<>();
    queries.forEach(kind -> all.add(WorkerPool.Kind.of(kind.query().path())));
    all.add(WorkerPool.Kind.of(UNKNOWN));
    return all;
  }

  @Override
  public int kindOf(HttpRequest request) {
    return kinds.getOrDefault(request.path(), queries.size());
  }

  @Override
  public Cost cost(HttpRequest request) {
    int number = kindOf(request);
    if (number == queries.size()) {
      return Cost.FREE;
    }
    Kind kind = queries.get(number);
    if (isForPrimary(kind)) {
      return Cost.FREE;
    }
    long cpu = kind.query().cpu().sampleNanos(kind.cpu());
    // A query with a lock has its hold after it was granted.
    return new Cost(cpu, kind.query().lock() == null ? hold(kind) : 0);
  }

  private static long hold(Kind kind) {
    return kind.query().hold().sampleNanos(kind.hold());
  }

  private boolean isForPrimary(Kind kind) {
    return role.primary() != null && kind.query().write();
  }

  @Override
  public void serve(HttpRequest request, WorkerPool.Worker worker) {
    int number = kindOf(request);
    if (number == queries.size()) {
      worker.env().reply(request.replyTo(), HttpResponse.NOT_FOUND);
      return;
    }
    Kind kind = queries.get(number);
    Address primary = role.primary();
    if (primary != null && kind.query().write()) {
      worker.env().forward(primary, request);
    } else if (kind.query().lock() == null) {
      commit(kind, request, worker);
    } else if (kind.keys() == null && request.key() == HttpRequest.UNKNOWN) {
      worker.env().reply(request.replyTo(), HttpResponse.BAD_REQUEST); // it names no row
    } else {
      Consumer<Boolean> then =
          worker.await(
              granted -> {
                if (granted) {
                  commit(kind, request, worker);
                } else {
                  kind.timedOut().increment();
                  worker.env().reply(request.replyTo(), HttpResponse.SERVER_ERROR);
                }
              });
      RowLock lock = kind.query().lock();
      LockTable.Row row = new LockTable.Row(lock.table(), row(kind, request));
      locks.tell(new LockManager.Lock(row, hold(kind), lock.timeout(), then));
    }
  }

  private static long row(Kind kind, HttpRequest request) {
    return kind.keys() == null ? request.key() : kind.keys().draw(kind.key());
  }

  private void commit(Kind kind, HttpRequest request, WorkerPool.Worker worker) {
    kind.done().increment();
    if (kind.query().write()) {
      Replica.Change change = new Replica.Change(worker.env().nowNanos());
      role.replicas().forEach(replica -> worker.env().send(replica, change));
    }
    worker.env().reply(request.replyTo(), HttpResponse.OK);
  }

  @Override
  public void reject(HttpRequest request, Env<?> queue) {
    queue.reply(request.replyTo(), HttpResponse.SERVICE_UNAVAILABLE);
  }
}
