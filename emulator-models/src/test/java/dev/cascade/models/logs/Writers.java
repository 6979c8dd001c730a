package dev.cascade.models.logs;

import dev.cascade.models.records.Level;
import dev.cascade.models.records.LineKind;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Hosts with one process each that writes so many equal lines every so often, for some time. */
public final class Writers implements Model<Writers.Config> {
  /** The process of each host. */
  public static final String PROCESS = "writer";

  /**
   * What they write.
   *
   * @param bytes of a line
   * @param lines each time
   * @param until the first time that nothing is written
   */
  public record Config(
      LogConfig logs, Level level, int bytes, int lines, Duration period, Duration until) {}

  private enum Due implements WireMessage {
    INSTANCE
  }

  private static final class Writer extends AbstractBehavior<WireMessage> {
    private final Env<WireMessage> env;
    private final Config config;
    private final LineKind kind;
    private final Log log;

    private Writer(Env<WireMessage> env, TimerScheduler<WireMessage> timers, Config config) {
      super(env.context());
      this.env = env;
      this.config = config;
      this.kind = new LineKind(env.host().entry(), "failed", config.level(), config.bytes());
      this.log = Log.to(env, config.logs());
      timers.startTimerAtFixedRate(Due.INSTANCE, config.period());
    }

    @Override
    public Receive<WireMessage> createReceive() {
      return newReceiveBuilder().onMessage(Due.class, due -> onDue()).build();
    }

    private Behavior<WireMessage> onDue() {
      env.metrics().counter("writer_turns_total").increment();
      if (env.nowNanos() < config.until().toNanos()) {
        log.write(kind, config.lines());
      }
      return this;
    }
  }

  @Override
  public String name() {
    return "writers";
  }

  @Override
  public String summary() {
    return "Write lines.";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public void place(Placement<Config> placement) {
    Config config = placement.config();
    placement.template(
        PROCESS,
        HostSpec.cores(4),
        boot -> {
          ProcessSpec<WireMessage> spec =
              ProcessSpec.of(
                  env -> Behaviors.withTimers(timers -> new Writer(env, timers, config)));
          boot.start(PROCESS, spec);
          LogAgent.start(boot, config.logs());
        });
    placement.replicas(PROCESS);
  }

  @Override
  public List<MetricInfo> metrics() {
    return Log.metrics();
  }
}
