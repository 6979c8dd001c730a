package dev.cascade.models.service;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Runs beside a server that an autoscaler scales: tells it how busy the server is when it asks, and
 * that there is a new server when the host has been started for it. Its own work costs no CPU.
 */
public final class UsageAgent extends AbstractBehavior<WireMessage> {
  /** Where it runs on each host. */
  public static final String PROCESS = "agent";

  /** The argument of a host that was started by an autoscaler: the autoscaler's address. */
  public static final String REGISTRY = "registry";

  /** Until it says once more that there is a new server, if nobody heard it: a guess. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** A call of a metrics or discovery API, and its answer: a guess. */
  private static final int CALL_BYTES = 500;

  /** An autoscaler asks how busy the server is; answered by a {@link Reading}. */
  public record Read(ReplyTo replyTo) implements WireRequest {
    @Override
    public int sizeBytes() {
      return CALL_BYTES;
    }
  }

  /**
   * How busy a server was since its host booted.
   *
   * @param atNanos the host's clock
   * @param busyNanos for how long threads were busy, added up
   * @param cpuNanos CPU time that the host's processes used: requests, refusals, fallbacks, caches
   * @param threads that there are
   * @param cores that there are
   */
  public record Reading(long atNanos, long busyNanos, long cpuNanos, int threads, int cores)
      implements WireMessage {
    @Override
    public int sizeBytes() {
      return CALL_BYTES;
    }
  }

  /** A new server serves at this address; answered by {@link Registered}. */
  public record Register(Address server, ReplyTo replyTo) implements WireRequest {
    @Override
    public int sizeBytes() {
      return CALL_BYTES;
    }
  }

  /** It is known now. */
  public record Registered() implements WireMessage {
    @Override
    public int sizeBytes() {
      return CALL_BYTES;
    }
  }

  private enum RegistrationDue implements WireMessage {
    INSTANCE
  }

  private record RegistrationEnded(Outcome outcome) implements WireMessage {}

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final Usage usage;
  private final Address server;
  private final @Nullable Address registry;

  private UsageAgent(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      Usage usage,
      Address server,
      @Nullable Address registry) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.usage = usage;
    this.server = server;
    this.registry = registry;
    if (registry != null) {
      timers.startSingleTimer(RegistrationDue.INSTANCE, Duration.ZERO);
    }
  }

  /**
   * The agent of a server.
   *
   * @param registry whom to tell that the server is new; null if it is known
   */
  static ProcessSpec<WireMessage> spec(Usage usage, Address server, @Nullable Address registry) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(timers -> new UsageAgent(env, timers, usage, server, registry)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Read.class, this::onRead)
        .onMessage(RegistrationDue.class, this::onRegistrationDue)
        .onMessage(RegistrationEnded.class, this::onRegistrationEnded)
        .build();
  }

  private Behavior<WireMessage> onRead(Read read) {
    env.reply(read.replyTo(), usage.read(env.nowNanos(), env.hostCpuNanos()));
    return this;
  }

  private Behavior<WireMessage> onRegistrationDue(RegistrationDue due) {
    if (registry != null) {
      env.request(
          registry, connection -> new Register(server, connection), RETRY, RegistrationEnded::new);
    }
    return this;
  }

  private Behavior<WireMessage> onRegistrationEnded(RegistrationEnded ended) {
    if (!(ended.outcome() instanceof Outcome.Reply)) {
      timers.startSingleTimer(RegistrationDue.INSTANCE, RETRY);
    }
    return this;
  }
}
