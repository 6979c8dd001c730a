package dev.cascade.engine;

import dev.cascade.network.LinkFault;
import dev.cascade.network.Network;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.WireMessage;
import dev.cascade.random.Hash64;
import dev.cascade.random.RandomStream;
import dev.cascade.schedule.Delays;
import dev.cascade.schedule.Priorities;
import dev.cascade.schedule.Schedule;
import dev.cascade.schedule.ScheduleCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A world of hosts in virtual time. It runs up to a time and rests there; faults and operators act
 * while it rests. The same seed, entries and calls give the same history for any number of shards.
 */
public final class Engine implements AutoCloseable {
  private final EngineSettings settings;
  private final List<Shard> shards = new ArrayList<>();
  private final Driver driver;
  private final Watchdog watchdog;
  private long nowNanos;
  private long methodSequence;
  private @Nullable RunFailure failure;

  /**
   * Builds the world and boots its first hosts.
   *
   * @param metrics for each shard, new instruments for one user on a host, by the host's name;
   *     those that are {@link AutoCloseable} are closed when their process has stopped
   */
  public Engine(
      EngineSettings settings,
      List<Entry> entries,
      IntFunction<Function<String, Metrics>> metrics) {
    this(settings, entries, metrics, Watchdog.PATIENCE);
  }

  /** The same with a watchdog of another patience. */
  Engine(
      EngineSettings settings,
      List<Entry> entries,
      IntFunction<Function<String, Metrics>> metrics,
      Duration patience) {
    this.settings = settings;
    for (int i = 0; i < settings.shards(); i++) {
      Shard shard = shard(i, settings, metrics.apply(i));
      shards.add(shard);
    }
    this.watchdog = new Watchdog(shards, patience);
    for (Shard shard : shards) {
      shard.guard().beside(shards);
      shard.on(null, () -> shard.machines().actors(new ActorTree(shard)));
      populate(shard, entries);
    }
    this.driver =
        settings.clock() == EngineSettings.Clock.REAL
            ? new RealTime(shards)
            : new Windows(shards, settings.network().latencyMin().toNanos());
    failure = firstFailure();
  }

  private static Shard shard(
      int index, EngineSettings settings, Function<String, Metrics> metrics) {
    Network network = new Network(settings.network());
    Schedule schedule = settings.schedule();
    if (schedule == null) {
      return new Shard(index, settings, network, metrics);
    }
    Long own = schedule.seed();
    RandomStream random =
        RandomStream.of(own == null ? settings.seed() : own)
            .fork("schedule " + schedule.strategy());
    return switch (schedule.strategy()) {
      case RANDOM -> new ExploringShard(settings, network, metrics, null);
      case DELAY -> new ExploringShard(settings, network, metrics, new Delays(schedule, random));
      case PCT -> new PriorityShard(settings, network, metrics, new Priorities(schedule, random));
    };
  }

  /** What there was to choose so far; null if no schedule was asked for. */
  public @Nullable ScheduleCounts scheduleCounts() {
    return shards.get(0) instanceof ExploringShard exploring ? exploring.counts() : null;
  }

  /** All hosts are in the directory before the first one boots and reads its peers there. */
  private static void populate(Shard shard, List<Entry> entries) {
    List<HostInfo> hosts = new ArrayList<>();
    for (Entry entry : entries) {
      entry.place().accept(new EntryPlacement(shard, entry, hosts));
    }
    hosts.sort(Comparator.comparing(HostInfo::name));
    shard.on(null, () -> shard.machines().populate(hosts));
  }

  // ---- time

  /** Runs until nothing is left before this time; returns early if the run fails. */
  public void runUntil(long timeNanos) {
    if (failure != null) {
      return;
    }
    driver.run(timeNanos);
    failure = firstFailure();
    nowNanos = failure == null ? timeNanos : failure.timeNanos();
    for (Shard shard : shards) {
      shard.reach(nowNanos);
    }
  }

  /** The time at which the world rests, in nanoseconds since the start. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Why the run had to be given up, or null. */
  public @Nullable RunFailure failure() {
    return failure;
  }

  /** Of failures in several shards the first in the order of events; at boot, of host names. */
  private @Nullable RunFailure firstFailure() {
    Guard first = null;
    for (Shard shard : shards) {
      Guard guard = shard.guard();
      if (guard.hasFailed() && (first == null || guard.failedBefore(first))) {
        first = guard;
      }
    }
    return first == null ? null : first.failure();
  }

  // ---- results

  /** What became of every message so far. */
  public MessageCounts messages() {
    MessageCounts sum = MessageCounts.none();
    for (Shard shard : shards) {
      sum = shard.ledger().addTo(sum);
    }
    return sum;
  }

  /** Whom the work served so far. */
  public WorkCounts work() {
    WorkCounts sum = WorkCounts.none();
    for (Shard shard : shards) {
      sum = shard.work().addTo(sum);
    }
    return sum;
  }

  /** The history of every host in the order of their names, as 16 hex digits. */
  public String traceHash() {
    long hash = settings.seed();
    for (Map.Entry<String, Long> entry : histories().entrySet()) {
      hash = Hash64.combine(Hash64.combine(hash, Hash64.of(entry.getKey())), entry.getValue());
    }
    return HexFormat.of().toHexDigits(hash);
  }

  /** The history of each host so far, by its name; for comparing two runs step by step. */
  public Map<String, Long> histories() {
    Map<String, Long> histories = new TreeMap<>();
    for (Shard shard : shards) {
      shard.machines().hosts().forEach((name, host) -> histories.put(name, host.history()));
    }
    return histories;
  }

  /**
   * The wire bytes that each host was sent so far, by its name: a chain beside its history, 0
   * outside of check mode.
   */
  public Map<String, Long> wireHistories() {
    Map<String, Long> histories = new TreeMap<>();
    for (Shard shard : shards) {
      shard.machines().hosts().forEach((name, host) -> histories.put(name, host.wireHistory()));
    }
    return histories;
  }

  /** Writes down every message that is handled from now on, until {@link #takeLog}. */
  public void startLog() {
    shards.forEach(Shard::startLog);
  }

  /** What was handled since {@link #startLog}, in the order of time and host. */
  public List<HandledMessage> takeLog() {
    List<HandledMessage> all = new ArrayList<>();
    shards.forEach(shard -> all.addAll(shard.takeLog()));
    all.sort(
        Comparator.comparingLong(HandledMessage::timeNanos).thenComparing(HandledMessage::host));
    return all;
  }

  /**
   * From now on it is written down what causes what.
   *
   * @param events whose turns are written down, too
   * @throws IllegalStateException if there are several shards
   */
  public CauseLog startCauses(List<String> events) {
    if (shards.size() > 1) {
      throw new IllegalStateException("Causes are written down by one shard alone.");
    }
    CauseLog causes = new CauseLog(events);
    shards.get(0).startCauses(causes);
    return causes;
  }

  /**
   * From now on the last messages are kept, with what they say.
   *
   * @throws IllegalStateException if the engine has no schedule, not even that of the seed
   */
  public Tape startTape() {
    if (shards.get(0) instanceof ExploringShard exploring) {
      return exploring.startTape();
    }
    throw new IllegalStateException("Messages are kept only where a schedule is looked at.");
  }

  /** A gauge of a host has a new value: for those who keep messages. */
  public void noteValue(String host, String gauge, String value) {
    if (shards.get(0) instanceof ExploringShard exploring) {
      exploring.showed(host, gauge, value);
    }
  }

  /** What the method does from now on belongs to a step. */
  public void beginStep(String name) {
    CauseLog causes = shards.get(0).causes();
    if (causes != null) {
      causes.step(name, nowNanos);
    }
  }

  /** A series changed in the turn that goes on now: for those who write causes down. */
  public void noteChange(String series) {
    Shard shard = shards.get(0);
    CauseLog causes = shard.causes();
    if (causes != null) {
      causes.changed(series, shard.causeHost(), shard.causeTurn());
    }
  }

  /** Requests that processes have and owe an answer, by topology entry and process. */
  public Map<String, Long> requestsInHand() {
    Map<String, Long> counts = new TreeMap<>();
    for (Shard shard : shards) {
      for (HostRuntime host : shard.machines().hosts().values()) {
        host.connections().countAccepted(counts);
      }
    }
    return counts;
  }

  /** Events that the engine took: a measure of work, not part of any result. */
  public long eventCount() {
    return shards.stream().mapToLong(Shard::eventCount).sum();
  }

  /** Takes what processes recorded since the last call, in the order of time and host. */
  public List<RecordedEvent> takeEvents() {
    List<RecordedEvent> all = new ArrayList<>();
    for (Shard shard : shards) {
      all.addAll(shard.events());
      shard.events().clear();
    }
    all.sort(Comparator.comparingLong(RecordedEvent::timeNanos).thenComparing(RecordedEvent::host));
    return all;
  }

  /**
   * From now on so many requests are written down, and the others counted, until they are taken.
   */
  public void keepRequests(int count) {
    shards.forEach(shard -> shard.spans().room(count));
  }

  /**
   * Takes the requests that have ended since the last call.
   *
   * @param into where those go that were written down, in the order of their ends and hosts
   * @return how many were not written down
   */
  public long takeRequests(List<RequestSpan> into) {
    RequestSpans.Taken taken = RequestSpans.take(shards.stream().map(Shard::spans).toList());
    into.addAll(taken.kept());
    return taken.leftOut();
  }

  /** The hosts that are there, entry by entry in the order of their names. */
  public List<HostInfo> hosts() {
    return shards.get(0).directory().hosts();
  }

  /** How many hosts there are. */
  public int hostCount() {
    return shards.get(0).directory().size();
  }

  /** The hosts of one entry in the order of their names. */
  public List<HostInfo> hosts(String entry) {
    return shards.get(0).directory().hosts(entry);
  }

  /** CPU time that a host has given to messages, in nanoseconds. */
  public double cpuUsedNanos(String host) {
    HostRuntime found = find(host);
    return found == null ? 0 : found.cpu().usedNanos();
  }

  // ---- faults and operators, while the world rests

  /** Whether a host is there and has power. */
  public boolean isUp(String host) {
    HostRuntime found = find(host);
    return found != null && found.isUp();
  }

  /** Whether a process runs. */
  public boolean isRunning(Address process) {
    HostRuntime found = find(process.host());
    return found != null && found.isUp() && found.isRunning(process.process());
  }

  /** A host loses power. */
  public void crashHost(String host) {
    onHost(host, (shard, found) -> shard.machines().crash(found));
  }

  /** A host that lost power boots. */
  public void bootHost(String host) {
    for (Shard shard : shards) {
      HostRuntime found = shard.machines().host(host);
      if (found != null && !found.isUp()) {
        shard.on(found, () -> shard.machines().reboot(found));
      }
    }
    noteFailure();
  }

  /** A process is killed; its kernel resets the connections that it had taken. */
  public void crashProcess(Address process) {
    onHost(process.host(), (shard, host) -> host.kill(process.process()));
  }

  /**
   * A process that does not run is started as its host's boot started it.
   *
   * @return false if its host has no power, or its boot starts none of that name
   */
  public boolean startProcess(Address process) {
    boolean[] found = {false};
    onHost(
        process.host(),
        (shard, host) -> found[0] |= shard.machines().restart(host, process.process()));
    return found[0];
  }

  /** All of a host's processes stop taking messages, or go on. */
  public void pauseHost(String host, boolean pause) {
    onHost(host, (shard, found) -> found.pause(pause));
  }

  /** A process and its children stop taking messages, or go on, as with SIGSTOP and SIGCONT. */
  public void pauseProcess(Address process, boolean pause) {
    onHost(process.host(), (shard, host) -> host.pause(process.process(), pause));
  }

  /** Somebody else takes cores of a host; a reboot does not give them back. */
  public void stealCores(String host, double cores) {
    onMachine(host, (shard, found) -> found.cpu().steal(cores));
  }

  /** Programs without messages want so many cores of a host, after a reboot too. */
  public void standingDemand(String host, double cores) {
    onMachine(host, (shard, found) -> found.cpu().standingDemand(cores));
  }

  /**
   * A host's network interface now sends so many bytes a second, and what waits in it too; a reboot
   * does not widen it.
   */
  public void bandwidth(String host, double bytesPerSecond) {
    onMachine(host, (shard, found) -> found.bandwidth(bytesPerSecond));
  }

  /** A host's clock is ahead of the others by so much; a reboot does not set it right. */
  public void skewClock(String host, Duration ahead) {
    onMachine(host, (shard, found) -> found.skew(ahead.toNanos()));
  }

  /** Links are ailing from now on, under a name by which this can be lifted. */
  public void applyLinkFault(String name, LinkFault fault) {
    everyShard(shard -> shard.transport().changeLinks(network -> network.apply(name, fault)));
  }

  /** Lifts what was applied under names that begin so. */
  public void liftLinkFaults(String prefix) {
    everyShard(shard -> shard.transport().changeLinks(network -> network.liftAll(prefix)));
  }

  /** Adds a host after a delay. */
  public void launch(HostInfo host, Map<String, String> arguments, Duration delay) {
    changeFleet(new FleetChange.Launch(host, arguments, "the method"), delay);
  }

  /** Takes a host away for good after a delay. */
  public void terminate(String host, Duration delay) {
    changeFleet(new FleetChange.Terminate(host), delay);
  }

  /** Hands a message to a process after a delay, over its host's loopback. */
  public void command(Address process, WireMessage message, Duration delay) {
    onHost(
        process.host(), (shard, host) -> shard.transport().command(host, process, message, delay));
  }

  /** A stream for a step of the method. */
  public RandomStream random(String purpose) {
    return RandomStream.of(settings.seed()).fork("method").fork(purpose);
  }

  private void changeFleet(FleetChange change, Duration delay) {
    long sequence = methodSequence++;
    everyShard(
        shard -> shard.changeFleetAt(change, nowNanos + Math.max(0, delay.toNanos()), sequence));
  }

  private void onHost(String host, BiConsumer<Shard, HostRuntime> action) {
    onMachine(
        host,
        (shard, found) -> {
          if (found.isUp()) {
            action.accept(shard, found);
          }
        });
  }

  /** What is done to the hardware is done to it without power, too. */
  private void onMachine(String host, BiConsumer<Shard, HostRuntime> action) {
    for (Shard shard : shards) {
      HostRuntime found = shard.machines().host(host);
      if (found != null) {
        shard.on(found, () -> action.accept(shard, found));
      }
    }
    noteFailure();
  }

  private void everyShard(Consumer<Shard> action) {
    for (Shard shard : shards) {
      shard.on(null, () -> action.accept(shard));
    }
    noteFailure();
  }

  private void noteFailure() {
    if (failure == null) {
      failure = firstFailure();
    }
  }

  private @Nullable HostRuntime find(String host) {
    for (Shard shard : shards) {
      HostRuntime found = shard.machines().host(host);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Ends all actors and threads. */
  @Override
  public void close() {
    watchdog.close();
    driver.close();
    for (Shard shard : shards) {
      shard.close();
    }
  }
}
