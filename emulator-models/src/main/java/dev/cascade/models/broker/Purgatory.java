package dev.cascade.models.broker;

import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Where fetches wait that found no records; Kafka's word. One for each consumer's connection. */
final class Purgatory extends AbstractBehavior<Purgatory.Command> {
  sealed interface Command {}

  /** A fetch found nothing. */
  record Park(Wire.Fetch fetch) implements Command {}

  /** A record was appended. */
  record Appended(String topic, int partition) implements Command {}

  private record WaitOver(long number) implements Command {}

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final Partitions partitions;

  private final TreeMap<Long, Wire.Fetch> parked = new TreeMap<>();
  private long parks;

  private Purgatory(Env<Command> env, TimerScheduler<Command> timers, Partitions partitions) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.partitions = partitions;
  }

  static ProcessSpec<Command> spec(Partitions partitions) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Purgatory(env, timers, partitions)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Park.class, this::onPark)
        .onMessage(Appended.class, this::onAppended)
        .onMessage(WaitOver.class, this::onWaitOver)
        .build();
  }

  private Behavior<Command> onPark(Park park) {
    long number = parks++;
    parked.put(number, park.fetch());
    timers.startSingleTimer(
        number, new WaitOver(number), Duration.ofNanos(park.fetch().maxWaitNanos()));
    return this;
  }

  private Behavior<Command> onAppended(Appended appended) {
    List<Long> ready =
        parked.entrySet().stream()
            .filter(one -> wants(one.getValue(), appended))
            .map(java.util.Map.Entry::getKey)
            .toList();
    ready.forEach(this::answer);
    return this;
  }

  private static boolean wants(Wire.Fetch fetch, Appended appended) {
    return fetch.topic().equals(appended.topic())
        && fetch.positions().stream().anyMatch(p -> p.partition() == appended.partition());
  }

  private Behavior<Command> onWaitOver(WaitOver over) {
    answer(over.number());
    return this;
  }

  private void answer(long number) {
    timers.cancel(number);
    Wire.Fetch fetch = parked.remove(number);
    if (fetch != null) {
      env.reply(fetch.replyTo(), partitions.read(fetch, env.nowNanos()));
    }
  }
}
