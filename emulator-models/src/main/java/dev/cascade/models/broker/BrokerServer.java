package dev.cascade.models.broker;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireRequest;
import dev.cascade.node.WorkerPool;
import dev.cascade.random.Hash64;
import dev.cascade.random.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;

/** What the I/O threads of one broker do. */
final class BrokerServer implements WorkerPool.Service<WireRequest> {
  private static final List<WorkerPool.Kind> KINDS =
      List.of(
          WorkerPool.Kind.of("produce"), WorkerPool.Kind.of("fetch"), WorkerPool.Kind.of("group"));

  private static final int PRODUCE = 0;
  private static final int FETCH = 1;
  private static final int GROUP = 2;

  private final Env<?> env;
  private final BrokerConfig config;
  private final List<Address> brokers;
  private final int self;
  private final RandomStream cpu;
  private final Map<String, Topic> topics = new TreeMap<>();
  private final Partitions partitions;
  private final ActorRef<Purgatory.Command> purgatory;
  private final ActorRef<Coordinator.Command> coordinator;

  private int withoutKey;
  private long diskFreeNanos;

  private BrokerServer(
      Env<?> env, String broker, BrokerConfig config, List<Address> brokers, int self) {
    this.env = env;
    this.config = config;
    this.brokers = brokers;
    this.self = self;
    this.cpu = env.random("cpu");
    config.topics().forEach(topic -> topics.put("/" + topic.name(), topic));
    this.partitions = new Partitions(env, broker, config, self, brokers.size());
    this.purgatory = env.spawn("purgatory", Purgatory.spec(partitions));
    this.coordinator = env.spawn("coordinator", Coordinator.spec(broker, config));
    if (self == 0) {
      env.spawn("exporter", Exporter.spec(broker, config, brokers));
    }
  }

  /**
   * A broker as a process.
   *
   * @param broker the label that its metrics have in common with its replicas'
   * @param brokers all of them, in order
   * @param self which of them this is
   */
  static ProcessSpec<WireRequest> spec(
      String broker, BrokerConfig config, List<Address> brokers, int self) {
    return new WorkerPool<WireRequest>(
            config.ioThreads(),
            config.queue(),
            new WorkerPool.Names("broker", "request", List.of("broker", broker)),
            env -> new BrokerServer(env, broker, config, brokers, self))
        .spec();
  }

  @Override
  public List<WorkerPool.Kind> kinds() {
    return KINDS;
  }

  @Override
  public int kindOf(WireRequest request) {
    if (request instanceof HttpRequest) {
      return PRODUCE;
    }
    return request instanceof Wire.Fetch ? FETCH : GROUP;
  }

  @Override
  public Cost cost(WireRequest request) {
    long work = config.requestCpu().sampleNanos(cpu);
    Topic topic = request instanceof HttpRequest http ? topics.get(http.path()) : null;
    return new Cost(work, topic == null ? 0 : writeNanos(topic.recordSize().bytes()));
  }

  /** How long a thread waits until the disk, which does one write after the other, has this. */
  private long writeNanos(long bytes) {
    long now = env.nowNanos();
    long takes = Math.round(bytes * 1e9 / config.diskBandwidth().bytesPerSecond());
    diskFreeNanos = Math.max(now, diskFreeNanos) + takes;
    return diskFreeNanos - now;
  }

  @Override
  public void serve(WireRequest request, WorkerPool.Worker worker) {
    if (request instanceof HttpRequest http) {
      publish(http, worker.env());
    } else if (request instanceof Wire.Fetch fetch) {
      if (partitions.has(fetch)) {
        worker.env().reply(fetch.replyTo(), partitions.read(fetch, env.nowNanos()));
      } else {
        purgatory.tell(new Purgatory.Park(fetch));
      }
    } else if (request instanceof Wire.ListOffsets list) {
      Topic topic = topics.get("/" + list.topic());
      List<Wire.Position> ends =
          topic == null ? List.of() : partitions.ends(topic.name(), topic.partitions());
      worker.env().reply(list.replyTo(), new Wire.Ends(list.topic(), ends));
    } else if (request instanceof Wire.ToCoordinator member) {
      coordinator.tell(new Coordinator.Asked(member));
    }
  }

  /** Appends a record to the partition of its key, here or at the broker that leads it. */
  private void publish(HttpRequest request, Env<?> thread) {
    Topic topic = topics.get(request.path());
    if (topic == null) {
      thread.reply(request.replyTo(), HttpResponse.NOT_FOUND);
      return;
    }
    int partition = partition(request, topic.partitions());
    int leader = partition % brokers.size();
    if (leader != self) {
      thread.forward(brokers.get(leader), request);
      return;
    }
    partitions.append(topic.name(), partition);
    purgatory.tell(new Purgatory.Appended(topic.name(), partition));
    thread.reply(request.replyTo(), HttpResponse.OK);
  }

  /** By the key's hash; without a key those that this broker leads have a turn each. */
  private int partition(HttpRequest request, int partitionCount) {
    if (request.key() != HttpRequest.UNKNOWN) {
      return (int) Long.remainderUnsigned(Hash64.mix(request.key()), partitionCount);
    }
    int led = (partitionCount - self + brokers.size() - 1) / brokers.size();
    int turn = withoutKey;
    withoutKey = (withoutKey + 1) & Integer.MAX_VALUE;
    return led == 0 ? turn % partitionCount : self + turn % led * brokers.size();
  }

  @Override
  public void reject(WireRequest request, Env<?> queue) {
    if (request instanceof HttpRequest) {
      queue.reply(request.replyTo(), HttpResponse.SERVICE_UNAVAILABLE);
    } else {
      queue.refuse(request, "rejected");
    }
  }
}
