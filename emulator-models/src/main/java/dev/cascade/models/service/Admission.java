package dev.cascade.models.service;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.Metrics;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.ReplyTo;
import dev.cascade.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Lets requests into one server up to a limit, and says no to others at the cost of some CPU. */
final class Admission {
  /** Refusals that wait for CPU; more are lost, and their clients not told: somaxconn. */
  private static final int REFUSALS = 4096;

  /** A request that was let in: when, and with how many, itself included. */
  private record Admitted(long sinceNanos, int inFlight) {}

  private final Env<?> env;
  private final Limiter limiter;
  private final ActorRef<HttpRequest> refuser;
  private final Metrics.Gauge limit;
  private final Map<ReplyTo, Admitted> admitted = new LinkedHashMap<>();

  Admission(Env<?> env, String service, ConcurrencyLimit config) {
    this.env = env;
    this.limiter = Limiter.of(config);
    this.refuser = env.spawn("refuser", refuser(config));
    this.limit = env.metrics().gauge("service_concurrency_limit", "service", service);
    limit.set(limiter.limit());
  }

  private static ProcessSpec<HttpRequest> refuser(ConcurrencyLimit config) {
    ProcessSpec<HttpRequest> spec = ProcessSpec.of(env -> refusing(env, config));
    return spec.mailbox(REFUSALS, Overflow.DROP_NEWEST);
  }

  private static Behavior<HttpRequest> refusing(Env<HttpRequest> env, ConcurrencyLimit config) {
    RandomStream random = env.random("reject");
    env.costs(request -> new Cost(config.rejectCpu().sampleNanos(random), 0));
    return Behaviors.receiveMessage(
        request -> {
          env.reply(request.replyTo(), HttpResponse.SERVICE_UNAVAILABLE);
          return Behaviors.same();
        });
  }

  /** Whether a request is let in that finds so many others. */
  boolean admits(HttpRequest request, int inFlight) {
    if (inFlight >= limiter.limit()) {
      return false;
    }
    admitted.put(request.replyTo(), new Admitted(env.nowNanos(), inFlight + 1));
    return true;
  }

  /** It was answered so. */
  void answered(HttpRequest request, HttpResponse response) {
    Admitted was = admitted.remove(request.replyTo());
    if (was != null) {
      boolean dropped =
          response.status() == HttpResponse.SERVICE_UNAVAILABLE.status()
              || response.status() == HttpResponse.GATEWAY_TIMEOUT.status();
      limiter.ended(env.nowNanos() - was.sinceNanos(), was.inFlight(), dropped);
      limit.set(limiter.limit());
    }
  }

  /** It is not served. */
  void refuse(HttpRequest request) {
    admitted.remove(request.replyTo());
    refuser.tell(request);
  }
}
