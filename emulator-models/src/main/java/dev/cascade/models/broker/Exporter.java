package dev.cascade.models.broker;

import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Says how far groups lag, as exporters beside a Kafka cluster do: where each partition ends, less
 * what was committed. It runs on the first broker, which has the commits.
 */
final class Exporter extends AbstractBehavior<Exporter.Command> {
  sealed interface Command {}

  private enum Due implements Command {
    INSTANCE
  }

  private record Answered(Outcome outcome) implements Command {}

  /** How often it asks: a guess; Prometheus's default is a minute, many scrape every 15 s. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Env<Command> env;
  private final String broker;
  private final BrokerConfig config;
  private final List<Address> brokers;

  private Exporter(
      Env<Command> env,
      TimerScheduler<Command> timers,
      String broker,
      BrokerConfig config,
      List<Address> brokers) {
    super(env.context());
    this.env = env;
    this.broker = broker;
    this.config = config;
    this.brokers = brokers;
    timers.startTimerAtFixedRate(Due.INSTANCE, INTERVAL);
  }

  static ProcessSpec<Command> spec(String broker, BrokerConfig config, List<Address> brokers) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Exporter(env, timers, broker, config, brokers)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Due.class, due -> onDue())
        .onMessage(Answered.class, this::onAnswered)
        .build();
  }

  private Behavior<Command> onDue() {
    for (Topic topic : config.topics()) {
      for (Address address : brokers) {
        env.request(
            address,
            replyTo -> new Wire.ListOffsets(topic.name(), replyTo),
            INTERVAL,
            Answered::new);
      }
    }
    return this;
  }

  private Behavior<Command> onAnswered(Answered answered) {
    if (answered.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof Wire.Ends ends) {
      Disk disk = env.disk(Disk.Lifetime.MACHINE);
      for (String group : CommittedOffsets.groups(disk)) {
        CommittedOffsets committed = CommittedOffsets.of(disk, group);
        if (committed.topic().equals(ends.topic())) {
          ends.positions().forEach(end -> lag(group, ends.topic(), end, committed));
        }
      }
    }
    return this;
  }

  private void lag(String group, String topic, Wire.Position end, CommittedOffsets committed) {
    long done = committed.offsets().getOrDefault(end.partition(), 0L);
    env.metrics()
        .gauge(
            "broker_consumer_lag",
            "broker",
            broker,
            "topic",
            topic,
            "partition",
            Integer.toString(end.partition()),
            "group",
            group)
        .set((double) Math.max(0, end.offset() - done));
  }
}
