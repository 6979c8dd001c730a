package dev.cascade.models.failover;

import dev.cascade.models.classifier.Classification;
import dev.cascade.models.classifier.UpdateJob;
import dev.cascade.models.classifier.Updates;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** The program: its jobs are its children, and it knows which of them work. */
final class Automation extends AbstractBehavior<WireMessage> {
  static final String PROCESS = "automation";

  /** Somebody wants the classifier changed now. */
  record Change() implements WireMessage {}

  /** May it be ended now? */
  record MayStop(ReplyTo replyTo) implements WireRequest {}

  /**
   * Whether it may.
   *
   * @param jobs that keep it from that; 0 if it may
   */
  record StopAnswer(int jobs) implements WireMessage {}

  private final Env<WireMessage> env;
  private final AutomationConfig config;
  private final List<ActorRef<UpdateJob.Command>> writers = new ArrayList<>();

  private int foreground;
  private boolean batch;
  private int next;

  private Automation(
      Env<WireMessage> env, AutomationConfig config, Surface surface, Classification installed) {
    super(env.context());
    this.env = env;
    this.config = config;
    Updates updates = new Updates(config.classifier(), env, installed.text());
    for (int i = 1; i <= config.classifier().writers(); i++) {
      writers.add(
          env.spawn(
              "job-" + i,
              UpdateJob.spec(
                  config.classifier(), config.disk(), updates, change -> foreground += change)));
    }
    env.spawn("check", Checker.spec(config, surface, now -> batch = now));
  }

  static ProcessSpec<WireMessage> spec(
      AutomationConfig config, Surface surface, Classification installed) {
    return ProcessSpec.of(env -> new Automation(env, config, surface, installed));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Change.class, this::onChange)
        .onMessage(MayStop.class, this::onMayStop)
        .build();
  }

  private Behavior<WireMessage> onChange(Change change) {
    if (!writers.isEmpty()) {
      writers.get(next).tell(UpdateJob.ChangeNow.INSTANCE);
      next = (next + 1) % writers.size();
    }
    return this;
  }

  private Behavior<WireMessage> onMayStop(MayStop ask) {
    int jobs = foreground + (batch && config.backgroundBlocksRestart() ? 1 : 0);
    env.reply(ask.replyTo(), new StopAnswer(jobs));
    return this;
  }
}
