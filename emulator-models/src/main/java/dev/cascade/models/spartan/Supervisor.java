package dev.cascade.models.spartan;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Stops and starts the service of its host when operators say so. */
final class Supervisor extends AbstractBehavior<WireMessage> {
  /** Kills the service. */
  record Stop() implements WireMessage {}

  /** Starts it, unless it runs. */
  record Start() implements WireMessage {}

  /** Kills and starts it if its health check fails. */
  record RestartUnlessHealthy() implements WireMessage {}

  private record Checked(Outcome outcome) implements WireMessage {}

  /** After which a check has failed. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Env<WireMessage> env;
  private final Supplier<ProcessSpec<HttpRequest>> service;
  private boolean runs = true;

  private Supervisor(Env<WireMessage> env, Supplier<ProcessSpec<HttpRequest>> service) {
    super(env.context());
    this.env = env;
    this.service = service;
  }

  static ProcessSpec<WireMessage> spec(Supplier<ProcessSpec<HttpRequest>> service) {
    return ProcessSpec.of(env -> new Supervisor(env, service));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Stop.class, stop -> onStop())
        .onMessage(Start.class, start -> onStart())
        .onMessage(RestartUnlessHealthy.class, restart -> onRestartUnlessHealthy())
        .onMessage(Checked.class, this::onChecked)
        .build();
  }

  private Behavior<WireMessage> onStop() {
    if (env.control().isRunning(SpartanModel.PROCESS)) {
      env.control().kill(SpartanModel.PROCESS);
      SpartanMeter.stopped(env);
      runs = false; // it may still be stopping
    }
    return this;
  }

  private Behavior<WireMessage> onStart() {
    if (!runs || !env.control().isRunning(SpartanModel.PROCESS)) {
      env.control().start(SpartanModel.PROCESS, service.get());
      runs = true;
    }
    return this;
  }

  private Behavior<WireMessage> onRestartUnlessHealthy() {
    env.request(
        Address.of(env.host().name(), SpartanModel.PROCESS),
        replyTo -> new HttpRequest(Application.HEALTH, replyTo),
        TIMEOUT,
        Checked::new);
    return this;
  }

  private Behavior<WireMessage> onChecked(Checked checked) {
    boolean healthy =
        checked.outcome() instanceof Outcome.Reply reply
            && reply.message() instanceof HttpResponse response
            && response.succeeded();
    if (!healthy) {
      onStop();
      onStart();
    }
    return this;
  }
}
