package dev.cascade.models.coreos;

import dev.cascade.models.etcd.EtcdCall;
import dev.cascade.models.etcd.EtcdClient;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.models.machine.Program;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** An application: one thread that answers requests, and says in etcd where it does. */
final class Application extends AbstractBehavior<WireMessage> {
  private enum AnnounceDue implements WireMessage {
    INSTANCE
  }

  /** An etcd client's: a call is given up after it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Env<WireMessage> env;
  private final ApplicationConfig config;
  private final @Nullable EtcdClient etcd;
  private final String key;

  private Application(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      ApplicationConfig config,
      List<Address> etcd,
      String key) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.etcd = etcd.isEmpty() ? null : new EtcdClient(env, etcd);
    this.key = key;
    Cost request = Cost.work(config.cpu());
    env.costs(message -> message instanceof HttpRequest ? request : Cost.FREE);
    if (this.etcd != null) {
      timers.startTimerWithFixedDelay(AnnounceDue.INSTANCE, Duration.ZERO, config.announceEvery());
    }
  }

  /**
   * The program.
   *
   * @param etcd its members; if there are none, it says nothing
   * @param key whose value is to tell where it serves
   */
  static Program program(ApplicationConfig config, List<Address> etcd, String key) {
    return (env, exec) ->
        Behaviors.withTimers(timers -> new Application(env, timers, config, etcd, key));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(HttpRequest.class, this::onRequest)
        .onMessage(AnnounceDue.class, due -> onAnnounceDue())
        .onMessage(EtcdClient.Answered.class, this::onAnswered)
        .build();
  }

  private Behavior<WireMessage> onRequest(HttpRequest request) {
    env.reply(request.replyTo(), HttpResponse.OK);
    return this;
  }

  private Behavior<WireMessage> onAnnounceDue() {
    if (etcd == null) {
      return this;
    }
    etcd.ask(
        PATIENCE,
        to ->
            new EtcdCall.Put(
                key, env.self().toString(), config.ttl().toNanos(), EtcdCall.Condition.NONE, 0, to),
        answer -> {
          // The next one comes soon; its key lives longer than that.
        });
    return this;
  }

  private Behavior<WireMessage> onAnswered(EtcdClient.Answered answered) {
    if (etcd != null) {
      etcd.on(answered);
    }
    return this;
  }
}
