package dev.cascade.models.broker;

import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireRequest;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One member of a group. This actor is Kafka's client: it fetches ahead, and says that it is there
 * from a thread of its own; its child does the records, and asks for a batch when it has done one.
 * A rebalance is only taken part in then, as in Kafka's poll().
 */
final class Consumer extends AbstractBehavior<Consumer.Command> {
  sealed interface Command {}

  private enum Beat implements Command {
    INSTANCE
  }

  private record BeatAnswered(int generation, Outcome outcome) implements Command {}

  private record JoinAnswered(Outcome outcome) implements Command {}

  private enum RetryDue implements Command {
    JOIN,
    FETCH
  }

  private record FetchAnswered(int generation, int leader, Outcome outcome) implements Command {}

  private record CommitAnswered(int generation, boolean thenJoin, Outcome outcome)
      implements Command {}

  private record Left(Outcome outcome) implements Command {}

  /** The child has done a record. */
  private record Done(Item item) implements Command {}

  /** A record. */
  private record Item(int partition, long offset, long appendedNanos) {}

  /** Where the member stands. */
  private enum State {
    /** It waits for its part. */
    JOINING,
    /** It waits for records. */
    WAITING,
    /** Its child is at work. */
    PROCESSING
  }

  /** Kafka's retry.backoff.ms. */
  private static final Duration RETRY_BACKOFF = Duration.ofMillis(100);

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final ConsumerConfig config;
  private final String group;
  private final List<Address> brokers;
  private final String member;
  private final ConsumerMeter meter;
  private final ActorRef<Item> processor;

  private State state = State.JOINING;
  private int generation = -1;
  private boolean mustJoin;
  private long lastPollNanos;
  private long lastCommitNanos;

  private final TreeMap<Integer, Long> next = new TreeMap<>(); // to be fetched, by partition
  private final TreeMap<Integer, Long> done = new TreeMap<>(); // to be committed
  private final ArrayDeque<Item> buffer = new ArrayDeque<>(); // fetched
  private final ArrayDeque<Item> batch = new ArrayDeque<>(); // under way
  private final TreeSet<Integer> fetching = new TreeSet<>(); // brokers that are asked

  private Consumer(
      Env<Command> env,
      TimerScheduler<Command> timers,
      ConsumerConfig config,
      String group,
      List<Address> brokers) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.group = group;
    this.brokers = brokers;
    this.member = env.self() + "@" + env.nowNanos(); // a restarted one is another member
    this.meter = new ConsumerMeter(env.metrics(), group, config.topic());
    ActorRef<Command> self = env.context().getSelf();
    this.processor =
        env.spawn("processor", Processor.spec(config, item -> self.tell(new Done(item))));
    this.lastPollNanos = env.nowNanos();
    this.lastCommitNanos = env.nowNanos();
    join();
    timers.startTimerWithFixedDelay(Beat.INSTANCE, config.heartbeatInterval());
  }

  static ProcessSpec<Command> spec(ConsumerConfig config, String group, List<Address> brokers) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Consumer(env, timers, config, group, brokers)));
  }

  /** The thread that does records, one after the other. */
  private static final class Processor extends AbstractBehavior<Item> {
    private final java.util.function.Consumer<Item> whenDone;

    private Processor(
        Env<Item> env, ConsumerConfig config, java.util.function.Consumer<Item> whenDone) {
      super(env.context());
      this.whenDone = whenDone;
      RandomStream cpu = env.random("cpu");
      RandomStream hold = env.random("hold");
      env.costs(item -> new Cost(config.cpu().sampleNanos(cpu), config.hold().sampleNanos(hold)));
    }

    static ProcessSpec<Item> spec(
        ConsumerConfig config, java.util.function.Consumer<Item> whenDone) {
      return ProcessSpec.of(env -> new Processor(env, config, whenDone));
    }

    @Override
    public Receive<Item> createReceive() {
      return newReceiveBuilder().onMessage(Item.class, this::onItem).build();
    }

    private Behavior<Item> onItem(Item item) {
      whenDone.accept(item);
      return this;
    }
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Beat.class, beat -> onBeat())
        .onMessage(BeatAnswered.class, this::onBeatAnswered)
        .onMessage(JoinAnswered.class, this::onJoinAnswered)
        .onMessage(RetryDue.class, this::onRetryDue)
        .onMessage(FetchAnswered.class, this::onFetchAnswered)
        .onMessage(CommitAnswered.class, this::onCommitAnswered)
        .onMessage(Left.class, left -> this)
        .onMessage(Done.class, this::onDone)
        .build();
  }

  // ---- membership

  private Behavior<Command> onBeat() {
    if (generation < 0) {
      return this; // joins, or has left
    }
    boolean tooLong =
        state == State.PROCESSING
            && env.nowNanos() - lastPollNanos > config.maxPollInterval().toNanos();
    if (tooLong) {
      meter.exceeded.increment();
      lose();
      ask(replyTo -> new Wire.LeaveGroup(group, member, replyTo), Left::new);
    } else {
      int asked = generation;
      ask(
          replyTo -> new Wire.Heartbeat(group, member, asked, replyTo),
          outcome -> new BeatAnswered(asked, outcome));
    }
    return this;
  }

  private Behavior<Command> onBeatAnswered(BeatAnswered answered) {
    if (answered.generation() == generation) { // else it speaks of an earlier part
      heed(code(answered.outcome()));
    }
    return this;
  }

  private void heed(Wire.Code code) {
    switch (code) {
      case NONE -> {}
      case REBALANCE_IN_PROGRESS -> mustJoin = true;
      case ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID -> lose();
    }
    if (mustJoin && state == State.WAITING) {
      poll();
    }
  }

  /** An answer that did not come says nothing. */
  private static Wire.Code code(Outcome outcome) {
    return outcome instanceof Outcome.Reply reply && reply.message() instanceof Wire.Answer answer
        ? answer.code()
        : Wire.Code.NONE;
  }

  /** Its partitions are somebody else's: what it has done and not committed is done again. */
  private void lose() {
    generation = -1;
    mustJoin = true;
    revoke();
  }

  private void revoke() {
    next.clear();
    done.clear();
    buffer.clear();
    meter.assigned.set(0);
  }

  private void join() {
    state = State.JOINING;
    mustJoin = false;
    generation = -1;
    revoke();
    env.request(
        brokers.get(0),
        replyTo ->
            new Wire.JoinGroup(
                group,
                member,
                config.topic(),
                config.sessionTimeout().toNanos(),
                config.maxPollInterval().toNanos(),
                config.partitionAssignmentStrategy(),
                replyTo),
        config.maxPollInterval().plus(config.requestTimeout()),
        JoinAnswered::new);
  }

  private Behavior<Command> onJoinAnswered(JoinAnswered answered) {
    if (answered.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof Wire.Joined joined) {
      generation = joined.generation();
      for (Wire.Position position : joined.positions()) {
        next.put(position.partition(), position.offset());
      }
      meter.assigned.set(next.size());
      lastCommitNanos = env.nowNanos();
      poll();
    } else {
      timers.startSingleTimer(RetryDue.JOIN, RetryDue.JOIN, RETRY_BACKOFF);
    }
    return this;
  }

  private Behavior<Command> onRetryDue(RetryDue due) {
    if (due == RetryDue.JOIN) {
      join();
    } else if (generation >= 0) {
      fetch();
    }
    return this;
  }

  // ---- poll()

  /** What the application does when it has done a batch, and whenever records come meanwhile. */
  private void poll() {
    lastPollNanos = env.nowNanos();
    if (mustJoin) {
      if (generation >= 0 && !done.isEmpty()) {
        state = State.JOINING;
        commit(true);
      } else {
        join();
      }
      return;
    }
    if (!done.isEmpty()
        && env.nowNanos() - lastCommitNanos >= config.autoCommitInterval().toNanos()) {
      commit(false);
    }
    while (!buffer.isEmpty() && batch.size() < config.maxPollRecords()) {
      batch.add(buffer.remove());
    }
    state = batch.isEmpty() ? State.WAITING : State.PROCESSING;
    if (!batch.isEmpty()) {
      processor.tell(batch.element());
    }
    fetch();
  }

  private Behavior<Command> onDone(Done record) {
    batch.remove();
    meter.consumed.increment();
    meter.latency.recordNanos(Math.max(0, env.nowNanos() - record.item().appendedNanos()));
    if (generation >= 0) {
      done.put(record.item().partition(), record.item().offset() + 1);
    }
    if (batch.isEmpty()) {
      poll();
    } else {
      processor.tell(batch.element());
    }
    return this;
  }

  private void commit(boolean thenJoin) {
    lastCommitNanos = env.nowNanos();
    List<Wire.Position> positions = new ArrayList<>();
    done.forEach((partition, offset) -> positions.add(new Wire.Position(partition, offset)));
    int asked = generation;
    ask(
        replyTo -> new Wire.CommitOffsets(group, member, asked, positions, replyTo),
        outcome -> new CommitAnswered(asked, thenJoin, outcome));
  }

  private Behavior<Command> onCommitAnswered(CommitAnswered answered) {
    boolean taken =
        answered.outcome() instanceof Outcome.Reply && code(answered.outcome()) == Wire.Code.NONE;
    if (!taken) {
      meter.commitsFailed.increment();
    }
    if (answered.thenJoin()) {
      join();
    } else if (answered.generation() == generation) {
      heed(code(answered.outcome()));
    }
    return this;
  }

  // ---- records

  /** Asks each broker for records of those partitions of which none are left. */
  private void fetch() {
    TreeSet<Integer> buffered = new TreeSet<>();
    buffer.forEach(item -> buffered.add(item.partition()));
    TreeMap<Integer, List<Wire.Position>> byLeader = new TreeMap<>();
    next.forEach(
        (partition, offset) -> {
          int leader = partition % brokers.size();
          if (!fetching.contains(leader) && !buffered.contains(partition)) {
            byLeader
                .computeIfAbsent(leader, broker -> new ArrayList<>())
                .add(new Wire.Position(partition, offset));
          }
        });
    byLeader.forEach(this::fetch);
  }

  private void fetch(int leader, List<Wire.Position> positions) {
    fetching.add(leader);
    int asked = generation;
    env.request(
        brokers.get(leader),
        replyTo ->
            new Wire.Fetch(
                group,
                config.topic(),
                positions,
                config.maxPartitionFetchBytes().bytes(),
                config.fetchMaxWait().toNanos(),
                replyTo),
        config.requestTimeout(),
        outcome -> new FetchAnswered(asked, leader, outcome));
  }

  private Behavior<Command> onFetchAnswered(FetchAnswered answered) {
    fetching.remove(answered.leader());
    boolean came = false;
    if (answered.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof Wire.Fetched fetched) {
      came = true;
      if (answered.generation() == generation) {
        fetched.partitions().forEach(this::take);
      }
    }
    if (!came) {
      timers.startSingleTimer(RetryDue.FETCH, RetryDue.FETCH, RETRY_BACKOFF);
    } else if (state == State.WAITING) {
      poll();
    } else if (state == State.PROCESSING) {
      fetch();
    }
    return this;
  }

  private void take(Wire.Records records) {
    Long expected = next.get(records.partition());
    if (expected == null) {
      return;
    }
    meter.lost.add(Math.max(0, records.first() - expected));
    long offset = records.first();
    for (int i = 0; i < records.appendedNanos().count(); i++) {
      buffer.add(new Item(records.partition(), offset++, records.appendedNanos().at(i)));
    }
    next.put(records.partition(), offset);
  }

  private void ask(
      Function<dev.cascade.node.ReplyTo, ? extends WireRequest> request,
      Function<Outcome, Command> whenDone) {
    env.request(brokers.get(0), request, config.requestTimeout(), whenDone);
  }
}
