package dev.cascade.models.spartan;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.models.logs.Log;
import dev.cascade.models.records.Level;
import dev.cascade.models.ring.Ring;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.Metrics;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WorkerPool;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a service do: they answer what they have the buckets for, or pass it on to
 * the service that has them. What nobody has is dropped.
 */
final class Application implements WorkerPool.Service<HttpRequest> {
  /** What health checks ask for. */
  static final String HEALTH = "/health";

  private static final List<WorkerPool.Kind> KINDS =
      List.of(WorkerPool.Kind.of("request"), WorkerPool.Kind.of("health"));

  private final SpartanConfig config;
  private final View view;
  private final Log log;
  private final @Nullable Routes routes;
  private final Metrics.Counter done;
  private final Function<String, Metrics.Counter> dropped;

  /**
   * Where requests are passed on to.
   *
   * @param ring of those instances
   * @param first the number of the first of them among all services
   * @param addresses at which they serve, in the ring's order
   */
  record Routes(Ring ring, int first, List<Address> addresses) {
    Routes {
      addresses = List.copyOf(addresses);
    }
  }

  private Application(
      Env<?> env,
      String entry,
      SpartanConfig config,
      Spartan.Setup setup,
      List<Integer> callees,
      @Nullable Routes routes) {
    this.config = config;
    this.view = setup.view();
    this.routes = routes;
    this.done = env.metrics().counter("spartan_requests_total", "service", entry);
    this.dropped =
        reason ->
            env.metrics()
                .counter("spartan_requests_dropped_total", "service", entry, "reason", reason);
    this.log = setup.log();
    env.spawn("spartan", Spartan.spec(config, setup));
    if (config.log() != null && !callees.isEmpty()) {
      env.spawn("background", BackgroundCalls.spec(config, view, callees, log));
    }
  }

  /**
   * A service as a process.
   *
   * @param setup makes what its client is told; called again after a crash
   * @param callees whom it calls, whatever users do
   */
  static ProcessSpec<HttpRequest> spec(
      String entry,
      SpartanConfig config,
      Function<Env<?>, Spartan.Setup> setup,
      List<Integer> callees,
      @Nullable Routes routes) {
    return new WorkerPool<HttpRequest>(
            config.threads(),
            config.queue(),
            new WorkerPool.Names("spartan_service", "request", List.of("service", entry)),
            env -> new Application(env, entry, config, setup.apply(env), callees, routes))
        .spec();
  }

  @Override
  public List<WorkerPool.Kind> kinds() {
    return KINDS;
  }

  @Override
  public int kindOf(HttpRequest request) {
    return request.path().equals(HEALTH) ? 1 : 0;
  }

  @Override
  public Cost cost(HttpRequest request) {
    return Cost.work(config.cpu());
  }

  @Override
  public void serve(HttpRequest request, WorkerPool.Worker worker) {
    Env<?> env = worker.env();
    if (request.path().equals(HEALTH)) {
      env.reply(
          request.replyTo(), view.allocated() ? HttpResponse.OK : HttpResponse.SERVICE_UNAVAILABLE);
    } else if (!view.inRing()) {
      drop(request, env, "evicted");
    } else if (routes == null) {
      if (view.allocated()) {
        done();
        env.reply(request.replyTo(), HttpResponse.OK);
      } else {
        drop(request, env, "null-allocation");
      }
    } else {
      pass(request, env, routes);
    }
  }

  private void pass(HttpRequest request, Env<?> env, Routes to) {
    int owner = to.ring().ownerOf(request.key());
    if (owner < 0 || !view.owned(to.first() + owner)) {
      drop(request, env, "null-allocation");
    } else {
      done();
      env.forward(to.addresses().get(owner), request);
    }
  }

  private void done() {
    done.increment();
    log.write(Level.INFO, "request", config.requestLines());
  }

  private void drop(HttpRequest request, Env<?> env, String reason) {
    dropped.apply(reason).increment();
    log.write(Level.ERROR, "request_dropped", config.dropLines());
    env.reply(request.replyTo(), HttpResponse.SERVICE_UNAVAILABLE);
  }

  @Override
  public void reject(HttpRequest request, Env<?> env) {
    env.reply(request.replyTo(), HttpResponse.SERVICE_UNAVAILABLE);
  }
}
