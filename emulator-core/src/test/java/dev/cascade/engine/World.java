package dev.cascade.engine;

import dev.cascade.network.LinkProfile;
import dev.cascade.network.NetworkPlan;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Metrics;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;

/** Small worlds for tests: a few hosts of a kind, 1 ms apart unless a test says otherwise. */
final class World {
  static final Duration LATENCY = Duration.ofMillis(1);

  /** A network whose times can be worked out by hand: 1 ms between hosts, 50 µs on one. */
  static final NetworkPlan STILL =
      still(LinkProfile.of(LATENCY, Duration.ZERO), NetworkPlan.INTERFACE_BUFFER_BYTES);

  private final List<Entry> entries = new ArrayList<>();
  private NetworkPlan network = NetworkPlan.uniform(LinkProfile.of(LATENCY, Duration.ZERO));
  private long seed = 1;
  private int shards = 1;
  private boolean checked;
  private Metrics metrics = NoMetrics.INSTANCE;
  private Duration patience = Watchdog.PATIENCE;

  static World of() {
    return new World();
  }

  /** A network with the same link everywhere and a loopback without jitter. */
  static NetworkPlan still(LinkProfile link, long interfaceBufferBytes) {
    return new NetworkPlan(
        link,
        List.of(),
        DurationDistribution.constant(Duration.ofNanos(50_000)),
        NetworkPlan.SYN_RETRANSMITS,
        interfaceBufferBytes);
  }

  World seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  World shards(int newShards) {
    shards = newShards;
    return this;
  }

  /** Sets how long a turn may take before the watchdog barks. */
  World patience(Duration newPatience) {
    patience = newPatience;
    return this;
  }

  /** Instruments for all hosts, which must not mind several threads if there are shards. */
  World metrics(Metrics newMetrics) {
    metrics = newMetrics;
    return this;
  }

  World checked() {
    checked = true;
    return this;
  }

  World network(NetworkPlan newNetwork) {
    network = newNetwork;
    return this;
  }

  /** Hosts {@code name-1} to {@code name-count}, one core each, that serve at {@code main}. */
  World hosts(String name, int count, Consumer<Boot> boot) {
    return hosts(name, count, HostSpec.cores(1), boot);
  }

  World hosts(String name, int count, HostSpec spec, Consumer<Boot> boot) {
    entries.add(
        Entry.of(
            name,
            count,
            placement -> {
              placement.template("host", spec, boot);
              placement.serves("host", "main");
              placement.replicas("host");
            }));
    return this;
  }

  /** Hosts {@code name-1} to {@code name-count} on which {@code main} behaves so. */
  <C> World running(String name, int count, Function<Env<C>, Behavior<C>> behavior) {
    return hosts(name, count, boot -> boot.start("main", ProcessSpec.<C>of(behavior)));
  }

  World entry(Entry entry) {
    entries.add(entry);
    return this;
  }

  Engine start() {
    return start(new EngineSettings(seed, shards, network, checked));
  }

  Engine startInRealTime() {
    return start(new EngineSettings(seed, shards, network, checked).realTime());
  }

  private Engine start(EngineSettings settings) {
    return new Engine(settings, entries, shard -> host -> metrics, patience);
  }

  /** Runs for a while and fails the test if the run fails. */
  static Engine run(Engine engine, Duration until) {
    engine.runUntil(until.toNanos());
    RunFailure failure = engine.failure();
    if (failure != null) {
      throw new AssertionError(failure.toString(), failure.cause());
    }
    return engine;
  }

  /** What processes of a host recorded since the last call: {@code time process name values...}. */
  static List<String> lines(Engine engine, String host) {
    return engine.takeEvents().stream()
        .filter(event -> event.host().equals(host))
        .map(World::line)
        .toList();
  }

  static String line(RecordedEvent event) {
    String process = event.process().substring(event.host().length() + 1);
    String values = String.join(" ", event.fields().values());
    return Duration.ofNanos(event.timeNanos()) + " " + process + " " + event.name() + " " + values;
  }

  static Address main(String host) {
    return Address.of(host, "main");
  }

  /** Instruments that measure nothing. */
  enum NoMetrics implements Metrics {
    INSTANCE;

    @Override
    public Counter counter(String name, String... labels) {
      return amount -> {};
    }

    @Override
    public Gauge gauge(String name, String... labels) {
      return new Gauge() {
        @Override
        public void set(double value) {}

        @Override
        public void add(double amount) {}
      };
    }

    @Override
    public Histogram histogram(String name, String... labels) {
      return nanos -> {};
    }
  }
}
