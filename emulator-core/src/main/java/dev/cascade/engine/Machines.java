package dev.cascade.engine;

import dev.cascade.network.LinkEnd;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.ProcessSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The hosts of a shard and their processes: how they come, go, and come back. */
final class Machines {
  private final Shard shard;
  private final Templates templates = new Templates();
  private final Map<String, HostRuntime> hosts = new HashMap<>(); // sorted when it is walked
  private final ProcessTable processes = new ProcessTable();
  private @Nullable ActorTree actors;
  private int systemCreated;
  private @Nullable HostRuntime pendingHost;
  private @Nullable ProcessSpec<?> pendingSpec;

  Machines(Shard shard) {
    this.shard = shard;
  }

  // ---- hosts

  /** Adds the hosts of the first hour: all are known before the first one boots. */
  void populate(List<HostInfo> first) {
    for (HostInfo info : first) {
      shard.directory().add(info);
    }
    for (HostInfo info : first) {
      bootIfOwn(info, Map.of());
    }
  }

  /** A host comes or goes, here as in every shard. */
  void apply(FleetChange change) {
    if (change instanceof FleetChange.Launch launch) {
      launch(launch);
    } else if (change instanceof FleetChange.Terminate terminate) {
      shard.directory().remove(terminate.name());
      HostRuntime host = hosts.get(terminate.name());
      if (host != null && host.isUp()) {
        crash(host);
      }
    }
  }

  private void launch(FleetChange.Launch launch) {
    if (shard.directory().end(launch.host().name()) != null) {
      shard.guard().nameTaken(launch.asker(), launch.host().name());
      return;
    }
    shard.directory().add(launch.host());
    bootIfOwn(launch.host(), launch.arguments());
  }

  private void bootIfOwn(HostInfo info, Map<String, String> arguments) {
    LinkEnd end = shard.directory().end(info.name());
    if (end == null || !shard.owns(info.name())) {
      return;
    }
    HostRuntime before = hosts.get(info.name());
    Disks disks = new Disks(before == null ? null : before.disks());
    boot(info, end, disks, arguments, before, false);
  }

  /** Power fails: nothing is told to anybody, nothing but disks survives. */
  void crash(HostRuntime host) {
    host.powerOff();
    shard.enter(null);
    actors().removeHost(host.name());
    shard.drain();
  }

  /** Boots a host that had crashed. */
  void reboot(HostRuntime down) {
    LinkEnd end = shard.directory().end(down.name());
    if (end != null && !down.isUp()) {
      boot(down.info(), end, down.disks().afterReboot(), down.arguments(), down, true);
    }
  }

  private void boot(
      HostInfo info,
      LinkEnd end,
      Disks disks,
      Map<String, String> arguments,
      @Nullable HostRuntime before,
      boolean sameMachine) {
    Template template = templates.get(info.entry(), info.template());
    HostRuntime host = new HostRuntime(shard, info, end, template.spec(), disks, arguments);
    if (before != null) {
      host.succeed(before);
      if (sameMachine) {
        host.keepFaults(before);
      }
    }
    hosts.put(host.name(), host);
    shard.enter(null);
    actors().addHost(host);
    shard.drain();
    boot(host, template, new HostBoot(shard, host));
  }

  /** Starts a process anew, as its host's boot started it first; false if it did not. */
  boolean restart(HostRuntime host, String process) {
    Template template = templates.get(host.info().entry(), host.info().template());
    HostBoot boot = new HostBoot(shard, host).only(process);
    boot(host, template, boot);
    return boot.hasStarted();
  }

  private void boot(HostRuntime host, Template template, HostBoot boot) {
    shard.enter(host);
    try {
      template.boot().accept(boot);
    } catch (RuntimeException e) { // the model's own code, though outside any turn
      shard.guard().unplanned(host.actor(), e);
    }
    shard.drain();
  }

  @Nullable HostRuntime host(String name) {
    return hosts.get(name);
  }

  /** All hosts of this shard that there ever were, in the order of their names. */
  Map<String, HostRuntime> hosts() {
    return new TreeMap<>(hosts);
  }

  /** A host, or for a name that there never was the ghost of one, at which messages fall. */
  HostRuntime hostOrGhost(String name) {
    return hosts.computeIfAbsent(name, this::ghost);
  }

  private HostRuntime ghost(String name) {
    HostInfo info = new HostInfo(name, "", "unknown", "");
    HostRuntime ghost =
        new HostRuntime(shard, info, LinkEnd.ANY, HostSpec.cores(1), new Disks(null), Map.of());
    ghost.powerOff();
    return ghost;
  }

  Templates templates() {
    return templates;
  }

  // ---- processes

  @Nullable ProcessQueue process(Address address) {
    return process(address.key());
  }

  /** The process whose address has this key. */
  @Nullable ProcessQueue process(long addressKey) {
    return processes.get(addressKey);
  }

  /** The next mailbox to be made is that of a host's own actor. */
  void expectHost(HostRuntime host) {
    pendingHost = host;
  }

  /** The next mailbox to be made is that of a process. */
  void expect(ProcessSpec<?> spec) {
    pendingSpec = spec;
  }

  /** The next mailbox to be made is that of an ordinary child. */
  void expectNothing() {
    pendingSpec = null;
  }

  /** Makes the mailbox of a new actor. */
  ProcessQueue createQueue(@Nullable ProcessQueue parent, String name, int boundedTo) {
    HostRuntime ownHost = pendingHost;
    ProcessSpec<?> spec = pendingSpec;
    pendingHost = null;
    pendingSpec = null;
    if (ownHost != null) {
      ProcessQueue queue = new ProcessQueue(shard, ownHost, parent, name, 0, boundedTo, null);
      ownHost.actor(queue);
      return queue;
    }
    HostRuntime host = parent == null ? null : parent.host();
    int creation = host == null ? systemCreated++ : 1 + host.nextCreation();
    ProcessQueue queue = new ProcessQueue(shard, host, parent, name, creation, boundedTo, spec);
    CauseLog causes = shard.causes();
    if (causes != null) {
      causes.born(queue, shard.causeHost(), shard.causeTurn());
    }
    if (host != null) {
      host.joined(queue);
    }
    Address address = spec == null ? null : queue.address();
    if (address != null) {
      processes.put(address.key(), queue);
    }
    return queue;
  }

  void unregister(ProcessQueue queue) {
    Address address = queue.isProcess() ? queue.address() : null;
    if (address != null) {
      processes.remove(address.key(), queue);
    }
  }

  /** Messages that wait in mailboxes. */
  long queued() {
    long count = 0;
    for (HostRuntime host : hosts.values()) { // a sum: any order will do
      for (ProcessQueue process : host.queues()) {
        count += process.pending();
      }
      ProcessQueue actor = host.actor();
      count += actor == null ? 0 : actor.pending();
    }
    return count;
  }

  /** Messages that have not left their hosts yet. */
  long leaving() {
    long count = 0;
    for (HostRuntime host : hosts.values()) { // a sum: any order will do
      count += host.leaving();
    }
    return count;
  }

  // ---- the actor system

  void actors(ActorTree newActors) {
    actors = newActors;
  }

  ActorTree actors() {
    ActorTree known = actors;
    if (known == null) {
      throw new IllegalStateException("The shard has no actor system yet.");
    }
    return known;
  }

  /** Ends the actors; what they do last reaches nobody. */
  void close() {
    for (HostRuntime host : hosts().values()) {
      if (host.isUp()) {
        host.powerOff();
      }
    }
    shard.enter(null);
    actors().terminate();
    shard.drain();
  }
}
