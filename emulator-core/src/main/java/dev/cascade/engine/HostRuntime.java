package dev.cascade.engine;

import dev.cascade.network.LinkEnd;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.HostInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Metrics;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.ReplyTo;
import dev.cascade.random.Hash64;
import dev.cascade.random.RandomStream;
import dev.cascade.time.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A host where it runs: its cores, interface, disks, processes, open connections and history. */
final class HostRuntime implements Cpu.Clock {
  /**
   * More turns than this in one instant are a livelock: two processes that answer each other at
   * once.
   */
  static final int TURNS_PER_INSTANT = 10_000;

  // What every message touches comes first: references are laid out in this order.
  private final LinkEnd linkEnd;
  private RandomStream networkRandom;
  private @Nullable Port port; // only where something is narrow
  private @Nullable ProcessQueue actor;
  private final long key;
  private long sequence;
  private long turns;
  private long instantNanos = -1;
  private int turnsInInstant;
  private long history;
  private long wireHistory;
  private boolean paused;
  private boolean up = true;

  private final Shard shard;
  private final HostInfo info;
  private final Cpu cpu;
  private final Connections connections = new Connections();
  private final Disks disks;
  private final Map<String, String> arguments;
  private final Map<String, Integer> ended = new TreeMap<>();
  private final Map<String, ProcessSpec<?>> starting = new TreeMap<>();
  private @Nullable Metrics metrics;
  private @Nullable ProcessQueue firstQueue;
  private @Nullable ProcessQueue lastQueue;
  private int created;
  private double bandwidth;
  private long skewNanos;

  HostRuntime(
      Shard shard,
      HostInfo info,
      LinkEnd linkEnd,
      HostSpec spec,
      Disks disks,
      Map<String, String> arguments) {
    this.shard = shard;
    this.info = info;
    this.linkEnd = linkEnd;
    this.key = Hash64.of(info.name());
    this.cpu = new Cpu(spec, this);
    this.bandwidth = spec.bandwidthBytesPerSecond();
    this.disks = disks;
    this.arguments = arguments;
    this.networkRandom = shard.stream(info.name()).fork("network");
    this.history = key;
  }

  // ---- order and history

  /** What this host schedules is numbered, first in first out at equal times. */
  long nextSequence() {
    return sequence++;
  }

  /** Mailboxes are numbered as they are made; what one turn submits runs in that order. */
  int nextCreation() {
    return created++;
  }

  /** Numbers a turn: what it causes refers to it. */
  long nextTurn() {
    return ++turns;
  }

  /** Counts the turns of an instant; true if there have been too many. */
  boolean countsTooManyTurns(long nowNanos) {
    if (instantNanos != nowNanos) {
      instantNanos = nowNanos;
      turnsInInstant = 0;
    }
    return ++turnsInInstant > TURNS_PER_INSTANT;
  }

  long turns() {
    return turns;
  }

  /** Chains what was handled to this host's history. */
  void record(long timeNanos, long what, long wireHash) {
    history = Hash64.mix((history ^ timeNanos) * 31 + what);
    if (wireHash != 0) {
      wireHistory = Hash64.mix(wireHistory + wireHash);
    }
  }

  /** What was handled, from whom and when: the same whether or not wire bytes are looked at. */
  long history() {
    return history;
  }

  /** The wire bytes of what was handled; 0 where nobody looks at them. */
  long wireHistory() {
    return wireHistory;
  }

  /** Goes on where a host of this name stopped, as after a crash and a boot. */
  void succeed(HostRuntime before) {
    shard.work().formerly(before.cpu);
    sequence = before.sequence;
    created = before.created;
    connections.succeed(before.connections);
    turns = before.turns;
    history = Hash64.combine(before.history, key);
    wireHistory = before.wireHistory;
    networkRandom = before.networkRandom; // goes on, or every life would meet the same network
    ended.putAll(before.ended);
  }

  /** The same machine boots: what ails it goes on until it is lifted. */
  void keepFaults(HostRuntime before) {
    skewNanos = before.skewNanos;
    bandwidth = before.bandwidth;
    cpu.inherit(before.cpu);
  }

  /** From here on the shard works for this host. */
  void enter() {
    shard.enter(this);
  }

  // ---- CPU clock

  @Override
  public long nowNanos() {
    return shard.nowNanos();
  }

  @Override
  public void wakeAt(Event alarm, long timeNanos) {
    if (!alarm.isQueued() || alarm.timeNanos() != timeNanos) {
      shard.cancel(alarm);
      shard.schedule(this, alarm, timeNanos);
    }
  }

  @Override
  public void forget(Event alarm) {
    shard.cancel(alarm);
  }

  // ---- network interface

  /**
   * Where messages leave it, or null if nothing is narrow there.
   *
   * @param narrowLinks whether some link of the network has a bandwidth now
   */
  @Nullable Port port(boolean narrowLinks) {
    if (port == null && (narrowLinks || bandwidth != Double.POSITIVE_INFINITY)) {
      port = new Port(this, bandwidth);
    }
    return port;
  }

  void bandwidth(double bytesPerSecond) {
    bandwidth = bytesPerSecond;
    if (port != null) {
      port.bandwidth(bytesPerSecond);
    }
  }

  void linksChanged() {
    if (port != null) {
      port.linksChanged();
    }
  }

  /** Messages that have not left it yet. */
  int leaving() {
    return port == null ? 0 : port.size();
  }

  // ---- processes

  void joined(ProcessQueue queue) {
    ProcessQueue last = lastQueue;
    queue.previous = last;
    if (last == null) {
      firstQueue = queue;
    } else {
      last.next = queue;
    }
    lastQueue = queue;
  }

  /** Called when an actor of this host has stopped. */
  void gone(ProcessQueue queue) {
    if (queue.previous == null) {
      firstQueue = queue.next;
    } else {
      queue.previous.next = queue.next;
    }
    if (queue.next == null) {
      lastQueue = queue.previous;
    } else {
      queue.next.previous = queue.previous;
    }
    shard.machines().unregister(queue);
    if (queue.isProcess()) {
      ended.merge(queue.description(), 1, Integer::sum);
    }
    if (queue.openRequests > 0) {
      connections.forget(queue);
    }
    if (queue.top() == queue) {
      disks.containerGone(queue.description());
      reset(connections.abandon(queue, this::lose));
    } else if (queue.wasKilled()) {
      reset(connections.abandonChild(queue, this::lose));
    }
  }

  private void lose(Bill bill) {
    shard.work().settle(bill, WorkCounts.End.LOST);
  }

  private void reset(List<ReplyTo> abandoned) {
    if (up) {
      for (ReplyTo connection : abandoned) {
        shard.transport().reset(this, connection);
      }
    }
  }

  /** All mailboxes of the host in the order of their creation. */
  List<ProcessQueue> queues() {
    List<ProcessQueue> all = new ArrayList<>();
    for (ProcessQueue queue = firstQueue; queue != null; queue = queue.next) {
      all.add(queue);
    }
    return all;
  }

  /** How many processes of that name there have been: each life draws its own random numbers. */
  int livesBefore(ProcessQueue queue) {
    return ended.getOrDefault(queue.description(), 0);
  }

  void actor(ProcessQueue queue) {
    actor = queue;
  }

  @Nullable ProcessQueue actor() {
    return actor;
  }

  /** Starts a process, or has it started when the one of that name has stopped. */
  void start(String process, ProcessSpec<?> spec) {
    starting.put(process, spec);
    shard.machines().actors().start(this, process);
  }

  /** What is to be started under a name; null if nothing is, or it was killed before it began. */
  @Nullable ProcessSpec<?> takeStarting(String process) {
    return starting.remove(process);
  }

  /**
   * Stops a process and its children at once, or a start of it that still waits; its kernel resets
   * the connections it had taken.
   */
  void kill(String process) {
    starting.remove(process);
    ProcessQueue killed = shard.machines().process(Address.of(name(), process));
    if (killed != null && !killed.isDead()) {
      for (ProcessQueue queue : queues()) {
        if (queue.isWithin(killed)) {
          queue.die();
        }
      }
      shard.machines().actors().stop(killed);
    }
  }

  boolean isRunning(String process) {
    ProcessQueue queue = shard.machines().process(Address.of(name(), process));
    return queue != null && !queue.isDead();
  }

  // ---- faults

  void pause(boolean stop) {
    paused = stop;
    for (ProcessQueue queue : queues()) {
      queue.heldChanged();
    }
    if (actor != null) {
      actor.heldChanged(); // it may have been asked to start a process meanwhile
    }
  }

  void pause(String process, boolean stop) {
    ProcessQueue paused = shard.machines().process(Address.of(name(), process));
    if (paused != null) {
      for (ProcessQueue queue : queues()) {
        if (queue.isWithin(paused)) {
          queue.pause(stop);
        }
      }
    }
  }

  boolean isPaused() {
    return paused;
  }

  /** Power is gone: nobody is told anything. */
  void powerOff() {
    up = false;
    for (ProcessQueue queue : queues()) {
      queue.die();
    }
    for (int lost = port == null ? 0 : port.clear(); lost > 0; lost--) {
      shard.ledger().lostInCrash();
    }
  }

  boolean isUp() {
    return up;
  }

  void skew(long nanos) {
    skewNanos = nanos;
  }

  long clockNanos() {
    return shard.nowNanos() + skewNanos;
  }

  // ---- what it is

  HostInfo info() {
    return info;
  }

  String name() {
    return info.name();
  }

  Map<String, String> arguments() {
    return arguments;
  }

  LinkEnd linkEnd() {
    return linkEnd;
  }

  long key() {
    return key;
  }

  Cpu cpu() {
    return cpu;
  }

  RandomStream networkRandom() {
    return networkRandom;
  }

  Shard shard() {
    return shard;
  }

  Disk disk(Disk.Lifetime lifetime, ProcessQueue top) {
    return disks.of(lifetime, top.description());
  }

  Connections connections() {
    return connections;
  }

  Disks disks() {
    return disks;
  }

  Metrics metrics() {
    if (metrics == null) {
      metrics = shard.metrics(info.name());
    }
    return metrics;
  }
}
