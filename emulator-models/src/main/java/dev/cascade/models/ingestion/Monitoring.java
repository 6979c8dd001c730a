package dev.cascade.models.ingestion;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Evaluates the alarm rule over what was stored, and pages people. */
final class Monitoring extends AbstractBehavior<WireMessage> {
  static final String PROCESS = "monitoring";

  static final List<EventInfo> EVENTS =
      List.of(
          new EventInfo("alarm", List.of("good"), "The alarm rule was broken for long enough."),
          new EventInfo("people-paged", List.of("reason"), "Somebody is told."),
          new EventInfo("people-look", List.of("reason"), "Somebody begins to investigate."));

  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter(
              "monitoring_stored_total",
              "Results of canaries that were stored: good or bad.",
              "monitoring",
              "result"),
          MetricInfo.counter(
              "monitoring_pages_total",
              "Messages to people, by their reason.",
              "monitoring",
              "reason"));

  private static final HttpResponse STORED = HttpResponse.OK;

  private enum EvaluationDue implements WireMessage {
    INSTANCE
  }

  private record LookDue(String reason) implements WireMessage {}

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final MonitoringConfig config;

  private int good;
  private int bad;
  private int broken;
  private boolean alarmed;
  private boolean somebodyComes;

  private Monitoring(
      Env<WireMessage> env, TimerScheduler<WireMessage> timers, MonitoringConfig config) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    timers.startTimerAtFixedRate(EvaluationDue.INSTANCE, config.every());
  }

  static ProcessSpec<WireMessage> spec(MonitoringConfig config) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Monitoring(env, timers, config)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(HttpRequest.class, this::onStore)
        .onMessage(EvaluationDue.class, this::onEvaluationDue)
        .onMessage(Page.class, this::onPage)
        .onMessage(LookDue.class, this::onLookDue)
        .build();
  }

  private Behavior<WireMessage> onStore(HttpRequest request) {
    if (request.path().equals(config.okPath())) {
      good++;
      stored("good");
    } else if (request.path().equals(config.failedPath())) {
      bad++;
      stored("bad");
    }
    env.reply(request.replyTo(), STORED);
    return this;
  }

  private void stored(String result) {
    env.metrics()
        .counter("monitoring_stored_total", "monitoring", env.host().entry(), "result", result)
        .increment();
  }

  private Behavior<WireMessage> onEvaluationDue(EvaluationDue due) {
    int all = good + bad;
    double share = all == 0 ? 1 : (double) good / all;
    broken = all > 0 && share < config.threshold().value() ? broken + 1 : 0;
    if (broken == 0) {
      alarmed = false;
    } else if (broken >= config.forTimes() && !alarmed) {
      alarmed = true;
      env.event("alarm", "good", String.format(Locale.ROOT, "%.2f", share));
      page("alarm");
    }
    good = 0;
    bad = 0;
    return this;
  }

  // ---- people

  private Behavior<WireMessage> onPage(Page page) {
    page(page.reason());
    return this;
  }

  private void page(String reason) {
    env.event("people-paged", "reason", reason);
    env.metrics()
        .counter("monitoring_pages_total", "monitoring", env.host().entry(), "reason", reason)
        .increment();
    if (!somebodyComes) { // who is on the way sees what was paged since, too
      somebodyComes = true;
      Duration reaction = Duration.ofNanos(config.reaction().sampleNanos(env.random("reaction")));
      timers.startSingleTimer("look", new LookDue(reason), reaction);
    }
  }

  private Behavior<WireMessage> onLookDue(LookDue due) {
    somebodyComes = false;
    env.event("people-look", "reason", due.reason());
    return this;
  }
}
