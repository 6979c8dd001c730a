package dev.cascade.models.docker;

import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Program;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Gives images away, once it has read its settings; it does not run without them. */
public final class Registry extends AbstractBehavior<WireMessage> {
  public static final List<EventInfo> EVENTS =
      List.of(
          new EventInfo("registry-serves", List.of(), "A registry has its settings, and serves."),
          new EventInfo(
              "registry-without-settings",
              List.of("reason"),
              "A registry ended, as it did not get its settings: failed or timeout."));

  private enum SettingsLate implements WireMessage {
    INSTANCE
  }

  private final Env<WireMessage> env;
  private final Exec exec;
  private final RegistryConfig config;
  private boolean serves;

  private Registry(
      Env<WireMessage> env,
      Exec exec,
      TimerScheduler<WireMessage> timers,
      RegistryConfig config,
      Settings settings) {
    super(env.context());
    this.env = env;
    this.exec = exec;
    this.config = config;
    Cost sending = Cost.hold(config.sending());
    env.costs(message -> serves && message instanceof RegistryCall.GetLayer ? sending : Cost.FREE);
    timers.startSingleTimer(SettingsLate.INSTANCE, config.configTimeout());
    settings.read(env, this::onSettings);
  }

  /** The program. */
  public static Program program(RegistryConfig config, Settings settings) {
    return (env, exec) ->
        Behaviors.withTimers(timers -> new Registry(env, exec, timers, config, settings));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Settings.Read.class, this::onRead)
        .onMessage(SettingsLate.class, late -> onSettingsLate())
        .onMessage(RegistryCall.GetManifest.class, this::onGetManifest)
        .onMessage(RegistryCall.GetLayer.class, this::onGetLayer)
        .build();
  }

  private Behavior<WireMessage> onRead(Settings.Read read) {
    read.then().run();
    return this;
  }

  private void onSettings(boolean there) {
    if (there) {
      serves = true;
      env.event("registry-serves");
    } else {
      give("failed");
    }
  }

  private Behavior<WireMessage> onSettingsLate() {
    if (!serves) {
      give("timeout");
    }
    return this;
  }

  private void give(String reason) {
    env.event("registry-without-settings", "reason", reason);
    exec.log("no settings");
    exec.exit(1);
  }

  private Behavior<WireMessage> onGetManifest(RegistryCall.GetManifest get) {
    if (serves) {
      env.reply(get.replyTo(), new RegistryReply.Manifest(config.layers()));
      return this;
    }
    return notYet(get);
  }

  private Behavior<WireMessage> onGetLayer(RegistryCall.GetLayer get) {
    if (serves) {
      env.reply(get.replyTo(), new RegistryReply.Layer());
      return this;
    }
    return notYet(get);
  }

  /** It listens only when it has its settings. */
  private Behavior<WireMessage> notYet(WireRequest request) {
    env.refuse(request, "starting");
    return this;
  }
}
