package dev.cascade.models.kinesis;

import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * An application on one host: a thread for each shard that is its part. What comes of a shard when
 * it is split is done where the shard was, and not before all of that is done.
 */
final class KinesisConsumer extends AbstractBehavior<WireMessage> {
  private record Listed(Outcome outcome) implements WireMessage {}

  private record Reached(Checkpoint checkpoint, List<Integer> children) implements WireMessage {}

  private enum ListDue implements WireMessage {
    INSTANCE
  }

  /** Until it asks for the shards again: a guess. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final String PREFIX = "checkpoint/";

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final int self;
  private final int members;
  private final Disk disk;
  private final ShardReader.Common common;

  private final TreeMap<Integer, ActorRef<ShardReader.Command>> readers = new TreeMap<>();
  private FanOut fanOut;

  private KinesisConsumer(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      String application,
      KinesisConsumerConfig config,
      Address stream,
      int self,
      int members) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.self = self;
    this.members = members;
    this.disk = env.disk(Disk.Lifetime.MACHINE);
    this.fanOut = config.fanOut();
    ActorRef<WireMessage> me = env.context().getSelf();
    this.common =
        new ShardReader.Common(
            config,
            application,
            stream,
            new ConsumerMeter(env.metrics(), application, config.shows()),
            (checkpoint, got) -> me.tell(new Reached(checkpoint, got.children())));
    List<String> checkpoints =
        disk.files().stream().filter(file -> file.startsWith(PREFIX)).toList();
    if (checkpoints.isEmpty()) {
      list();
    }
    for (String file : checkpoints) {
      disk.read(file, Checkpoint.class).filter(known -> !known.ended()).ifPresent(this::read);
    }
  }

  /**
   * An application's part on one host.
   *
   * @param self which of its hosts this is, from 0
   * @param members hosts that it has
   */
  static ProcessSpec<WireMessage> spec(
      String application, KinesisConsumerConfig config, Address stream, int self, int members) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers ->
                    new KinesisConsumer(env, timers, application, config, stream, self, members)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Listed.class, this::onListed)
        .onMessage(Reached.class, this::onReached)
        .onMessage(ListDue.class, due -> onListDue())
        .onMessage(Wire.UseFanOut.class, this::onUseFanOut)
        .build();
  }

  private void list() {
    env.request(
        common.stream(),
        replyTo -> new Wire.ListShards(common.application(), replyTo),
        RETRY,
        Listed::new);
  }

  private Behavior<WireMessage> onListDue() {
    list();
    return this;
  }

  private Behavior<WireMessage> onListed(Listed listed) {
    if (listed.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof Wire.Shards shards) {
      for (int shard : shards.numbers()) {
        if (shard % members == self) {
          begin(shard);
        }
      }
    } else {
      timers.startSingleTimer(ListDue.INSTANCE, RETRY);
    }
    return this;
  }

  private void begin(int shard) {
    Checkpoint start = new Checkpoint(shard, 0, 0, false);
    keep(start);
    read(start);
  }

  private void read(Checkpoint from) {
    readers.put(
        from.shard(), env.spawn("shard-" + from.shard(), ShardReader.spec(common, fanOut, from)));
  }

  private void keep(Checkpoint checkpoint) {
    disk.write(PREFIX + checkpoint.shard(), checkpoint);
  }

  private Behavior<WireMessage> onReached(Reached reached) {
    keep(reached.checkpoint());
    if (reached.checkpoint().ended()) {
      readers.remove(reached.checkpoint().shard());
      reached.children().forEach(this::begin);
    }
    return this;
  }

  private Behavior<WireMessage> onUseFanOut(Wire.UseFanOut use) {
    fanOut = use.fanOut();
    new ArrayList<>(readers.values()).forEach(reader -> reader.tell(new ShardReader.Use(fanOut)));
    return this;
  }
}
