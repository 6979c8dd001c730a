package dev.cascade.network;

import dev.cascade.node.HostInfo;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one place where a message's fate is decided. Every shard has its own, with the same rules
 * and, at any virtual time, the same faults.
 */
public final class Network {
  private final NetworkPlan spec;
  private final Map<String, Integer> linkClasses = new LinkedHashMap<>();
  private final Map<Long, LinkNanos> links = new HashMap<>(); // answers, is never walked
  private final LinkNanos standard;
  private final Map<String, LinkFault> faults = new LinkedHashMap<>();
  private final List<LinkFault> active = new ArrayList<>();
  private final Fate fate = new Fate();
  private boolean narrow;

  /** A network without faults. */
  public Network(NetworkPlan spec) {
    this.spec = spec;
    this.standard = new LinkNanos(spec.standard());
    this.narrow = spec.isNarrow();
  }

  /** What it was made from. */
  public NetworkPlan spec() {
    return spec;
  }

  /** A host's end of all its links, to be kept and handed to {@link #decide}. */
  public LinkEnd end(HostInfo host) {
    String name = spec.namesHost(host.name()) ? host.name() : host.entry() + "|" + host.zone();
    return new LinkEnd(host, linkClasses.computeIfAbsent(name, key -> linkClasses.size()));
  }

  /** Whether all links are alike now, so that it does not matter which hosts a message joins. */
  public boolean isUniform() {
    return active.isEmpty() && spec.rules().isEmpty();
  }

  /** Adds a fault under a name by which it can be lifted; one of that name is replaced. */
  public void apply(String name, LinkFault fault) {
    faults.put(name, fault);
    refresh();
  }

  /** Lifts a fault, if it is there. */
  public void lift(String name) {
    faults.remove(name);
    refresh();
  }

  /** Lifts all faults whose name begins so. */
  public void liftAll(String prefix) {
    faults.keySet().removeIf(name -> name.startsWith(prefix));
    refresh();
  }

  private void refresh() {
    active.clear();
    active.addAll(faults.values());
    narrow = spec.isNarrow() || active.stream().anyMatch(LinkFault::isNarrow);
  }

  /** Whether some link has a bandwidth now. */
  public boolean isNarrow() {
    return narrow;
  }

  /** What one host can send to another now, in bytes a second; infinite if there is no limit. */
  public double bytesPerSecond(LinkEnd from, LinkEnd to) {
    double least = link(from, to).bytesPerSecond;
    for (LinkFault fault : active) {
      if (fault.effect() instanceof LinkFault.Narrow narrowed
          && fault.fits(from.host(), to.host())) {
        least = Math.min(least, narrowed.bytesPerSecond());
      }
    }
    return least;
  }

  /**
   * Decides what becomes of a message between two hosts.
   *
   * @param random the sending host's stream for this
   * @return valid until the next call
   */
  public Fate decide(LinkEnd from, LinkEnd to, RandomStream random) {
    LinkNanos link = link(from, to);
    fate.kind = Fate.Kind.DELIVERED;
    fate.duplicateDelayNanos = -1;
    fate.delayNanos = link.drawNanos(random);
    double loss = link.loss;
    double duplicate = link.duplicate;
    long extraNanos = 0;
    for (int i = 0; i < active.size(); i++) {
      LinkFault fault = active.get(i);
      if (!fault.fits(from.host(), to.host())) {
        continue;
      }
      LinkFault.Effect effect = fault.effect();
      if (effect instanceof LinkFault.Swallow) {
        fate.kind = Fate.Kind.CUT;
      } else if (effect instanceof LinkFault.Reject) {
        fate.kind = fate.kind == Fate.Kind.CUT ? Fate.Kind.CUT : Fate.Kind.REJECTED;
      } else if (effect instanceof LinkFault.Delay delay) {
        extraNanos += extra(delay, random);
      } else if (effect instanceof LinkFault.Loss more) {
        loss = 1 - (1 - loss) * (1 - more.ratio());
      } else if (effect instanceof LinkFault.Duplicate more) {
        duplicate = 1 - (1 - duplicate) * (1 - more.ratio());
      }
    }
    if (fate.kind == Fate.Kind.DELIVERED) {
      if (random.chance(loss)) {
        fate.kind = Fate.Kind.LOST;
      } else if (random.chance(duplicate)) {
        fate.duplicateDelayNanos = link.drawNanos(random) + extraNanos;
      }
    }
    fate.delayNanos += extraNanos;
    return fate;
  }

  /** How long a message between two hosts may take, with the faults of now. */
  public Window window(LinkEnd from, LinkEnd to) {
    LinkNanos link = link(from, to);
    long least = link.leastNanos();
    long most = link.mostNanos();
    for (LinkFault fault : active) {
      if (fault.effect() instanceof LinkFault.Delay delay && fault.fits(from.host(), to.host())) {
        least += delay.extra().minus(delay.jitter()).toNanos();
        most += delay.extra().plus(delay.jitter()).toNanos();
      }
    }
    return new Window(least, most);
  }

  /** The same over the loopback of one host. */
  public Window loopbackWindow() {
    return new Window(
        Math.max(1, spec.loopback().min().toNanos()),
        Math.max(1, spec.loopback().most().toNanos()));
  }

  private static long extra(LinkFault.Delay delay, RandomStream random) {
    long jitter = delay.jitter().toNanos();
    long spread = jitter == 0 ? 0 : random.nextLong(2 * jitter + 1) - jitter;
    return delay.extra().toNanos() + spread;
  }

  /** Time over the loopback of one host, in nanoseconds. */
  public long loopbackNanos(RandomStream random) {
    return Math.max(1, spec.loopback().sampleNanos(random));
  }

  private LinkNanos link(LinkEnd from, LinkEnd to) {
    if (spec.rules().isEmpty()) {
      return standard;
    }
    long pair = ((long) from.linkClass() << 32) | (to.linkClass() & 0xffff_ffffL);
    LinkNanos link = links.get(pair);
    if (link == null) {
      link = new LinkNanos(spec.profile(from.host(), to.host()));
      links.put(pair, link);
    }
    return link;
  }
}
