package com.example;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Outcome;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Orders 60 times a second, waits 200 ms, and tries again up to three times. */
public final class Client extends AbstractBehavior<Client.Command> {
  public static final MetricInfo ORDERS = MetricInfo.counter("orders_total", "Orders that ended.");
  public static final MetricInfo FAILED = MetricInfo.counter("orders_failed_total", "In vain.");
  public static final MetricInfo ATTEMPTS = MetricInfo.counter("attempts_total", "Requests sent.");

  private static final double ORDERS_PER_SECOND = 60;
  private static final Duration TIMEOUT = Duration.ofMillis(200);
  private static final int ATTEMPTS_MAX = 4;

  public sealed interface Command {}

  private enum Wish implements Command {
    ORDER
  }

  private record Ended(int attempt, Outcome outcome) implements Command {}

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final Address shop;
  private final CircuitBreaker breaker;

  private Client(
      Env<Command> env, TimerScheduler<Command> timers, Address shop, CircuitBreaker breaker) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.shop = shop;
    this.breaker = breaker;
    wishLater();
  }

  public static Behavior<Command> of(Env<Command> env, Address shop, CircuitBreaker breaker) {
    return Behaviors.withTimers(timers -> new Client(env, timers, shop, breaker));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Wish.ORDER, this::onWish)
        .onMessage(Ended.class, this::onEnded)
        .build();
  }

  private Behavior<Command> onWish() {
    wishLater();
    attempt(1);
    return this;
  }

  private void wishLater() {
    double seconds = env.random("orders").nextExponential() / ORDERS_PER_SECOND;
    timers.startSingleTimer(Wish.ORDER, Duration.ofNanos((long) (1e9 * seconds)));
  }

  private void attempt(int number) {
    if (!breaker.allows(env.now())) {
      end(false);
      return;
    }
    env.metrics().counter(ATTEMPTS.name()).increment();
    env.request(shop, Shop.Order::new, TIMEOUT, outcome -> new Ended(number, outcome));
  }

  private Behavior<Command> onEnded(Ended ended) {
    boolean success = ended.outcome() instanceof Outcome.Reply;
    breaker.told(success, env.now());
    if (!success && ended.attempt() < ATTEMPTS_MAX) {
      attempt(ended.attempt() + 1);
    } else {
      end(success);
    }
    return this;
  }

  private void end(boolean success) {
    env.metrics().counter(ORDERS.name()).increment();
    if (!success) {
      env.metrics().counter(FAILED.name()).increment();
    }
  }
}
