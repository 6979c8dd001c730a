package com.example;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Hands requests on while its bucket has tokens, in turn to each address of the target. */
final class RateLimiter extends AbstractBehavior<WireMessage> {
  static final MetricInfo PASSED =
      MetricInfo.counter("rate_limiter_passed_total", "Requests let through.");
  static final MetricInfo REJECTED =
      MetricInfo.counter("rate_limiter_rejected_total", "Requests answered with 429.");

  private static final int TOO_MANY_REQUESTS = 429;

  /** Requests that wait for the gateway's CPU; more are dropped, and counted by the engine. */
  private static final int WAITING_MAX = 1000;

  /** What an operator tells the gateway; it crosses no network, and is a message all the same. */
  record SetLimit(double perSecond) implements WireMessage {}

  private final Env<WireMessage> env;
  private final List<Address> targets;
  private final TokenBucket bucket;
  private final Metrics.Counter passed;
  private final Metrics.Counter rejected;
  private int next;

  private RateLimiter(Env<WireMessage> env, RateLimiterConfig config, List<Address> targets) {
    super(env.context());
    this.env = env;
    this.targets = targets;
    this.bucket = new TokenBucket(config.limit().perSecond(), config.burst(), env.nowNanos());
    this.passed = env.metrics().counter(PASSED.name());
    this.rejected = env.metrics().counter(REJECTED.name());
  }

  static ProcessSpec<WireMessage> spec(RateLimiterConfig config, List<Address> targets) {
    Cost cost = Cost.work(config.cpu());
    return ProcessSpec.<WireMessage>of(env -> new RateLimiter(env, config, targets))
        .mailbox(WAITING_MAX, Overflow.DROP_NEWEST)
        .cost(message -> message instanceof HttpRequest ? cost : Cost.FREE);
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(HttpRequest.class, this::onRequest)
        .onMessage(SetLimit.class, this::onSetLimit)
        .build();
  }

  private Behavior<WireMessage> onRequest(HttpRequest request) {
    if (bucket.take(env.nowNanos())) {
      passed.increment();
      env.forward(targets.get(next), request);
      next = (next + 1) % targets.size();
    } else {
      rejected.increment();
      env.reply(request.replyTo(), new HttpResponse(TOO_MANY_REQUESTS));
    }
    return this;
  }

  private Behavior<WireMessage> onSetLimit(SetLimit set) {
    bucket.refillAt(set.perSecond(), env.nowNanos());
    return this;
  }
}
