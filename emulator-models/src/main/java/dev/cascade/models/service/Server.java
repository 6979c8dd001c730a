package dev.cascade.models.service;

import dev.cascade.models.call.Caching;
import dev.cascade.models.call.Call;
import dev.cascade.models.call.CallClient;
import dev.cascade.models.call.LookAside;
import dev.cascade.models.discovery.Upstream;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.models.logs.Log;
import dev.cascade.models.logs.LogConfig;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WorkerPool;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What the threads of a server do with requests. */
public final class Server implements WorkerPool.Service<HttpRequest> {
  private static final String UNKNOWN = "unknown";

  private final Env<?> env;
  private final List<Endpoint> endpoints;
  private final boolean deadlines;
  private final List<HttpResponse> answers = new ArrayList<>();
  private final Map<String, Integer> kinds = new HashMap<>(); // answers, is never walked
  private final List<RandomStream> cpuStreams = new ArrayList<>();
  private final List<RandomStream> holdStreams = new ArrayList<>();
  private final List<List<CallStep>> steps = new ArrayList<>(); // of each endpoint
  private final List<Metrics.Counter> requests = new ArrayList<>();
  private final List<Metrics.Histogram> queueing = new ArrayList<>();
  private final @Nullable Admission admission;
  private final @Nullable Usage usage;
  private final Log log;

  private Server(Env<?> env, String process, Program program) {
    String service = program.service();
    ServerConfig config = program.config();
    this.env = env;
    this.endpoints = config.endpoints();
    this.deadlines = config.deadlines();
    // A stream for each endpoint: what is asked of one does not change what the others draw, so
    // that runs of one seed can be compared with and without some of the load.
    for (Endpoint endpoint : endpoints) {
      kinds.put(endpoint.path(), kinds.size());
      answers.add(
          new HttpResponse(HttpResponse.OK.status(), (int) endpoint.responseBody().bytes()));
      cpuStreams.add(env.random("cpu " + endpoint.path()));
      holdStreams.add(env.random("hold " + endpoint.path()));
      steps.add(endpoint.calls().stream().map(call -> step(call, process, program)).toList());
    }
    for (WorkerPool.Kind kind : kinds()) {
      requests.add(
          env.metrics()
              .counter("http_server_requests_total", "service", service, "path", kind.name()));
      queueing.add(
          env.metrics()
              .histogram(
                  "http_server_request_queueing_seconds", "service", service, "path", kind.name()));
    }
    this.admission =
        config.concurrencyLimit() == null
            ? null
            : new Admission(env, service, config.concurrencyLimit());
    this.usage = program.usage();
    this.log = Log.to(env, service, program.logs());
    if (usage != null) {
      usage.started(env.nowNanos());
    }
  }

  /**
   * What a server process is made of.
   *
   * @param service the label that its metrics have in common with its replicas'
   * @param upstreams where the entries serve that its calls name
   * @param usage where it is accounted what it uses; null if nobody asks
   * @param logs how it logs; null if it does not
   */
  private record Program(
      String service,
      ServerConfig config,
      Function<String, Upstream> upstreams,
      @Nullable Usage usage,
      @Nullable LogConfig logs) {}

  private CallStep step(Call call, String process, Program program) {
    int places = program.config().places();
    Upstream upstream = program.upstreams().apply(call.target());
    Caching cache = call.cache();
    int calls = places + (cache == null ? 0 : LookAside.MAX_REFRESHES);
    ActorRef<CallClient.Command> client =
        env.spawn(
            "call-" + call.name(),
            CallClient.spec(program.service(), process, call, calls, upstream));
    ActorRef<CallClient.Make> asked = client.narrow();
    if (cache != null) {
      Upstream servers = program.upstreams().apply(cache.target());
      ActorRef<LookAside.Command> lookAside =
          env.spawn(
              "cache-" + call.name(),
              LookAside.spec(program.service(), call, cache, places, servers.addresses(), asked));
      asked = lookAside.narrow();
    }
    return new CallStep(
        call, asked, env.random("share " + call.name()), env.random("fallback " + call.name()));
  }

  /**
   * A server that calls nobody as a process, for a pod. A CPU limit set on it holds for all its
   * threads together.
   *
   * @param service the label that its metrics have in common with its replicas'
   */
  public static ProcessSpec<HttpRequest> spec(String service, ServerConfig config) {
    return spec(
        service,
        config,
        target -> {
          throw new IllegalStateException("This server knows no address of " + target + ".");
        },
        null,
        null);
  }

  /**
   * A server as a process, for a host of its own.
   *
   * @param service the label that its metrics have in common with its replicas'
   * @param upstreams where an entry serves that a call names; asked at each start
   * @param usage where it is accounted what it uses; null if nobody asks
   * @param logs how it logs; null if it does not
   */
  static ProcessSpec<HttpRequest> spec(
      String service,
      ServerConfig config,
      Function<String, Upstream> upstreams,
      @Nullable Usage usage,
      @Nullable LogConfig logs) {
    Program program = new Program(service, config, upstreams, usage, logs);
    return new WorkerPool<HttpRequest>(
            config.places(),
            config.queue(),
            new WorkerPool.Names("service", "path", List.of("service", service)),
            env -> new Server(env, process(env), program))
        .spec()
        .cpuLimit(config.cpuLimit());
  }

  /** The process whose child the queue is that makes the server. */
  private static String process(Env<?> queue) {
    String path = queue.self().process();
    return path.substring(0, path.lastIndexOf('/'));
  }

  /** The metrics that a server keeps; a model that starts servers has them too. */
  public static List<MetricInfo> metrics() {
    return Stream.concat(
            WorkerPool.Names.documentation("service", "path", "service").stream(),
            Stream.of(
                MetricInfo.counter(
                    "http_server_requests_total",
                    "Requests that a thread took up.",
                    "service",
                    "path"),
                MetricInfo.histogram(
                    "http_server_request_queueing_seconds",
                    "From the moment a proxy opened the connection, by X-Request-Start, until a"
                        + " thread took the request up; SYNs sent again are in it.",
                    "service",
                    "path"),
                MetricInfo.gauge(
                    "service_concurrency_limit",
                    "Requests that a server with a concurrencyLimit lets in at once.",
                    "service")))
        .toList();
  }

  @Override
  public List<WorkerPool.Kind> kinds() {
    List<WorkerPool.Kind> all = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      Integer limit = endpoint.maxConcurrency();
      all.add(new WorkerPool.Kind(endpoint.path(), limit == null ? Integer.MAX_VALUE : limit));
    }
    all.add(WorkerPool.Kind.of(UNKNOWN));
    return all;
  }

  @Override
  public int kindOf(HttpRequest request) {
    return kinds.getOrDefault(request.path(), endpoints.size());
  }

  @Override
  public Cost cost(HttpRequest request) {
    int kind = kindOf(request);
    requests.get(kind).increment();
    if (request.startNanos() >= 0) {
      queueing.get(kind).recordNanos(Math.max(0, env.nowNanos() - request.startNanos()));
    }
    if (usage != null) {
      usage.taken(env.nowNanos());
    }
    return cost(kind);
  }

  private Cost cost(int kind) {
    if (kind == endpoints.size()) {
      return Cost.FREE;
    }
    Endpoint endpoint = endpoints.get(kind);
    return new Cost(
        endpoint.cpu().sampleNanos(cpuStreams.get(kind)),
        endpoint.hold().sampleNanos(holdStreams.get(kind)));
  }

  @Override
  public boolean admits(HttpRequest request, int inFlight) {
    return admission == null || admission.admits(request, inFlight);
  }

  @Override
  public boolean isPastDeadline(HttpRequest request) {
    return deadlines
        && request.deadlineNanos() != HttpRequest.UNKNOWN
        && env.nowNanos() >= request.deadlineNanos();
  }

  @Override
  public void serve(HttpRequest request, WorkerPool.Worker worker) {
    int kind = kindOf(request);
    if (kind == endpoints.size()) {
      answer(request, HttpResponse.NOT_FOUND, worker);
    } else {
      long deadline = deadlines ? request.deadlineNanos() : HttpRequest.UNKNOWN;
      new CallSequence(steps.get(kind), deadline, request.key(), worker)
          .run(
              response ->
                  answer(request, response.succeeded() ? answers.get(kind) : response, worker));
    }
  }

  private void answer(HttpRequest request, HttpResponse response, WorkerPool.Worker worker) {
    if (response.status() >= HttpResponse.SERVER_ERROR.status()) {
      log.error("request_failed");
    }
    if (admission != null) {
      admission.answered(request, response);
    }
    if (usage != null) {
      usage.answered(env.nowNanos());
    }
    worker.env().reply(request.replyTo(), response);
  }

  @Override
  public void reject(HttpRequest request, Env<?> queue) {
    log.warn("request_rejected");
    if (admission == null) {
      queue.reply(request.replyTo(), HttpResponse.SERVICE_UNAVAILABLE);
    } else {
      admission.refuse(request);
    }
  }
}
