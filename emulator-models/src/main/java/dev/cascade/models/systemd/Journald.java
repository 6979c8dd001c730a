package dev.cascade.models.systemd;

import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Program;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Takes lines, and has CPU burnt by journals that it stumbles over, until both are gone. */
public final class Journald extends AbstractBehavior<WireMessage> {
  /** Its unit and its process. */
  public static final String PROCESS = "systemd-journald";

  /** The file whose presence says that there are old journals. */
  public static final String OLD_JOURNALS = "old-journals";

  public static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter("journald_lines_total", "Lines that it took."),
          MetricInfo.gauge(
              "journald_cpu_cores", "CPU that it uses for journals that it stumbles over."));

  /** Between two looks at its journals. */
  private static final Duration ROUND = Duration.ofSeconds(1);

  private enum LookDue implements WireMessage {
    INSTANCE
  }

  private final Journal journal;
  private final Metrics.Counter lines;

  private Journald(
      Env<WireMessage> env,
      Exec exec,
      TimerScheduler<WireMessage> timers,
      Journal journal,
      JournaldConfig config) {
    super(env.context());
    this.journal = journal;
    this.lines = env.metrics().counter("journald_lines_total");
    boolean stumbles = exec.storage().read(OLD_JOURNALS).isPresent();
    Cost line = Cost.work(config.line());
    double burnt = stumbles ? config.burn().value() : 0;
    Cost look = new Cost((long) (ROUND.toNanos() * burnt), 0);
    env.costs(message -> message instanceof JournalLine ? line : look);
    env.metrics().gauge("journald_cpu_cores").set(burnt);
    if (stumbles) {
      timers.startTimerAtFixedRate(LookDue.INSTANCE, ROUND);
    }
  }

  /** The program; the journal is that of its machine. */
  public static Program program(Journal journal, JournaldConfig config) {
    return (env, exec) ->
        Behaviors.withTimers(timers -> new Journald(env, exec, timers, journal, config));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(JournalLine.class, this::onJournalLine)
        .onMessage(LookDue.class, look -> this)
        .onSignal(PostStop.class, stopped -> onStopped())
        .build();
  }

  private Behavior<WireMessage> onJournalLine(JournalLine line) {
    lines.increment();
    return this;
  }

  private Behavior<WireMessage> onStopped() {
    journal.lost();
    return this;
  }
}
