package dev.cascade.models.kubernetes;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Probes one pod of its node for one purpose, and tells the kubelet when the verdict changes. */
final class Prober extends AbstractBehavior<Prober.Command> {
  /** What it understands. */
  sealed interface Command {}

  private enum ProbeDue implements Command {
    INSTANCE
  }

  private record Probed(Outcome outcome) implements Command {}

  /** What a probe is for. */
  enum Purpose {
    /** May the pod be sent requests? Not before it has said so. */
    READINESS,
    /** Must the container be started again? Not before it has failed. */
    LIVENESS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Env<Command> env;
  private final Address pod;
  private final Purpose purpose;
  private final ProbeConfig config;
  private final Consumer<Boolean> verdict;

  private final ProbeState state;

  private Prober(
      Env<Command> env,
      Address pod,
      Purpose purpose,
      ProbeConfig config,
      Consumer<Boolean> verdict,
      TimerScheduler<Command> timers) {
    super(env.context());
    this.env = env;
    this.pod = pod;
    this.purpose = purpose;
    this.config = config;
    this.verdict = verdict;
    this.state = new ProbeState(config, purpose == Purpose.LIVENESS);
    // The kubelet lets each prober wait for a random part of its period, lest all come at once.
    long phase = env.random("phase").nextLong(config.period().toNanos());
    timers.startTimerAtFixedRate(
        ProbeDue.INSTANCE, config.initialDelay().plus(Duration.ofNanos(phase)), config.period());
  }

  static ProcessSpec<Command> spec(
      Address pod, Purpose purpose, ProbeConfig config, Consumer<Boolean> verdict) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(timers -> new Prober(env, pod, purpose, config, verdict, timers)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(ProbeDue.class, this::onProbeDue)
        .onMessage(Probed.class, this::onProbed)
        .build();
  }

  private Behavior<Command> onProbeDue(ProbeDue due) {
    env.request(
        dev.cascade.node.Purpose.HEALTH_CHECK,
        pod,
        connection -> new HttpRequest(config.path(), connection),
        config.timeout(),
        Probed::new);
    return this;
  }

  private Behavior<Command> onProbed(Probed probed) {
    boolean success =
        probed.outcome() instanceof Outcome.Reply reply
            && reply.message() instanceof HttpResponse response
            && response.succeeded();
    env.metrics()
        .counter(
            "kubelet_probes_total",
            "probe",
            purpose.word(),
            "result",
            success ? "successful" : "failed")
        .increment();
    if (state.probed(success)) {
      verdict.accept(state.isPassing());
    }
    return this;
  }
}
