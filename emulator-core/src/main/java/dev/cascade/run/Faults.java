package dev.cascade.run;

import dev.cascade.engine.Engine;
import dev.cascade.fault.Direction;
import dev.cascade.fault.Fault;
import dev.cascade.fault.Target;
import dev.cascade.network.HostSet;
import dev.cascade.network.LinkFault;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Does faults to a world at rest, and knows how to undo each. Where several of a kind overlap on a
 * host, they add up until the last one is over.
 */
final class Faults {
  /** Begins the names of all cuts, so that they can be mended together. */
  private static final String CUT = "cut:";

  private final Engine engine;
  private final Targets targets;
  private final Blueprint blueprint;
  private final Map<String, Map<String, Double>> stolenCores = new TreeMap<>();
  private final Map<String, Map<String, Duration>> skews = new TreeMap<>();
  private final Map<String, Map<String, Double>> bandwidths = new TreeMap<>();

  Faults(Engine engine, Targets targets, Blueprint blueprint) {
    this.engine = engine;
    this.targets = targets;
    this.blueprint = blueprint;
  }

  /**
   * What was done.
   *
   * @param what in a word, for the journal
   * @param struck hosts, processes or places
   * @param undo takes it back
   */
  record Done(String what, List<String> struck, Runnable undo) {}

  /** Does a step's fault. */
  Done inject(String step, Fault fault) {
    if (fault instanceof Fault.Crash crash) {
      return crash(step, crash.target());
    } else if (fault instanceof Fault.Restart restart) {
      return restart(step, restart.target());
    } else if (fault instanceof Fault.Pause pause) {
      return pause(step, pause.target(), true);
    } else if (fault instanceof Fault.Resume resume) {
      return pause(step, resume.target(), false);
    } else if (fault instanceof Fault.Heal heal) {
      String name = heal.step();
      engine.liftLinkFaults(name == null ? CUT : CUT + name + "/");
      return new Done("heal", List.of(name == null ? "every cut" : name), () -> {});
    } else if (fault instanceof Fault.Cpu cpu) {
      return cpu(step, cpu);
    } else if (fault instanceof Fault.Clock clock) {
      return clock(step, clock);
    } else if (fault instanceof Fault.Bandwidth narrow
        && narrow.where() == Fault.Narrowed.INTERFACE) {
      return interfaces(step, narrow);
    }
    return links(step, (Fault.OnLinks) fault);
  }

  // ---- hosts and processes

  private Done crash(String step, Target target) {
    List<HostInfo> struck = targets.running(target, step);
    String process = target.process();
    for (HostInfo host : struck) {
      if (process == null) {
        engine.crashHost(host.name());
      } else {
        engine.crashProcess(Address.of(host.name(), process));
      }
    }
    return new Done("crash", names(struck, process), () -> start(struck, process));
  }

  private void start(List<HostInfo> hosts, @Nullable String process) {
    for (HostInfo host : hosts) {
      if (process == null) {
        engine.bootHost(host.name());
      } else {
        engine.startProcess(Address.of(host.name(), process));
      }
    }
  }

  private Done restart(String step, Target target) {
    List<HostInfo> hosts = targets.all(target, step);
    String process = target.process();
    if (process != null) {
      return new Done("restart", names(restart(hosts, process), process), () -> {});
    }
    for (HostInfo host : hosts) {
      if (engine.isUp(host.name())) {
        engine.crashHost(host.name());
      }
    }
    start(hosts, null);
    return new Done("restart", names(hosts, null), () -> {});
  }

  /** Kills what runs, then starts it; of these hosts, those on which there was either to do. */
  private List<HostInfo> restart(List<HostInfo> hosts, String process) {
    List<HostInfo> struck = new ArrayList<>();
    for (HostInfo host : hosts) {
      if (engine.isRunning(Address.of(host.name(), process))) {
        struck.add(host);
        engine.crashProcess(Address.of(host.name(), process));
      }
    }
    for (HostInfo host : hosts) {
      if (engine.startProcess(Address.of(host.name(), process)) && !struck.contains(host)) {
        struck.add(host);
      }
    }
    return struck;
  }

  private Done pause(String step, Target target, boolean pause) {
    List<HostInfo> struck = targets.running(target, step);
    String process = target.process();
    pause(struck, process, pause);
    return new Done(
        pause ? "pause" : "resume", names(struck, process), () -> pause(struck, process, !pause));
  }

  private void pause(List<HostInfo> hosts, @Nullable String process, boolean pause) {
    for (HostInfo host : hosts) {
      if (process == null) {
        engine.pauseHost(host.name(), pause);
      } else {
        engine.pauseProcess(Address.of(host.name(), process), pause);
      }
    }
  }

  private Done cpu(String step, Fault.Cpu cpu) {
    List<HostInfo> struck = targets.running(cpu.target(), step);
    for (HostInfo host : struck) {
      double share = cpu.percent() == null ? 0 : cpu.percent().value();
      double cores = cpu.cores() == null ? share * blueprint.spec(host).cores() : cpu.cores();
      put(stolenCores, host.name(), step, cores);
      steal(host.name());
    }
    return new Done(
        "cpu",
        names(struck, null),
        () -> {
          for (HostInfo host : struck) {
            remove(stolenCores, host.name(), step);
            steal(host.name());
          }
        });
  }

  private void steal(String host) {
    double cores = 0;
    for (double taken : stolenCores.getOrDefault(host, new TreeMap<>()).values()) {
      cores += taken;
    }
    engine.stealCores(host, cores);
  }

  private Done clock(String step, Fault.Clock clock) {
    List<HostInfo> struck = targets.running(clock.target(), step);
    for (HostInfo host : struck) {
      put(skews, host.name(), step, clock.offset().value());
      skew(host.name());
    }
    return new Done(
        "clock",
        names(struck, null),
        () -> {
          for (HostInfo host : struck) {
            remove(skews, host.name(), step);
            skew(host.name());
          }
        });
  }

  private void skew(String host) {
    Duration ahead = Duration.ZERO;
    for (Duration each : skews.getOrDefault(host, new TreeMap<>()).values()) {
      ahead = ahead.plus(each);
    }
    engine.skewClock(host, ahead);
  }

  /** Narrows the interfaces of those who send. */
  private Done interfaces(String step, Fault.Bandwidth fault) {
    List<HostInfo> struck = new ArrayList<>();
    if (fault.direction() != Direction.TO) {
      struck.addAll(targets.running(fault.target(), step));
    }
    if (fault.direction() != Direction.FROM && fault.against() != null) {
      struck.addAll(targets.running(fault.against(), step));
    }
    for (HostInfo host : struck) {
      put(bandwidths, host.name(), step, fault.bandwidth().bytesPerSecond());
      narrow(host);
    }
    return new Done(
        "bandwidth",
        names(struck, null),
        () -> {
          for (HostInfo host : struck) {
            remove(bandwidths, host.name(), step);
            narrow(host);
          }
        });
  }

  private void narrow(HostInfo host) {
    double least = blueprint.spec(host).bandwidthBytesPerSecond();
    for (double each : bandwidths.getOrDefault(host.name(), new TreeMap<>()).values()) {
      least = Math.min(least, each);
    }
    engine.bandwidth(host.name(), least);
  }

  // ---- links

  private Done links(String step, Fault.OnLinks fault) {
    LinkFault.Effect effect = effect(fault);
    String prefix = (fault instanceof Fault.Partition ? CUT : "") + step + "/";
    List<HostSet> side = targets.sets(fault.target(), step);
    List<HostSet> others =
        fault.against() == null ? notThese(side) : targets.sets(fault.against(), step);
    int number = 0;
    for (HostSet one : side) {
      for (HostSet other : others) {
        if (fault.direction() != Direction.TO) {
          engine.applyLinkFault(prefix + number++, new LinkFault(one, other, effect));
        }
        if (fault.direction() != Direction.FROM) {
          engine.applyLinkFault(prefix + number++, new LinkFault(other, one, effect));
        }
      }
    }
    List<String> struck =
        side.stream().map(HostSet::words).filter(words -> !words.isEmpty()).toList();
    return new Done(word(fault), struck, () -> engine.liftLinkFaults(prefix));
  }

  private static List<HostSet> notThese(List<HostSet> side) {
    if (side.size() == 1) {
      return List.of(new HostSet.Not(side.get(0)));
    }
    throw new UnsupportedScenarioException(
        "A fault of links whose target has several zones needs an against. Maybe make it one step"
            + " for each zone?");
  }

  private static LinkFault.Effect effect(Fault.OnLinks fault) {
    if (fault instanceof Fault.Partition partition) {
      return partition.cut() == Fault.Cut.REFUSE ? new LinkFault.Reject() : new LinkFault.Swallow();
    } else if (fault instanceof Fault.Latency latency) {
      return new LinkFault.Delay(latency.latency(), latency.jitter());
    } else if (fault instanceof Fault.Loss loss) {
      return new LinkFault.Loss(loss.loss().value());
    } else if (fault instanceof Fault.Duplicate duplicate) {
      return new LinkFault.Duplicate(duplicate.duplicate().value());
    } else if (fault instanceof Fault.Bandwidth narrow) {
      return new LinkFault.Narrow(narrow.bandwidth().bytesPerSecond());
    }
    throw new IllegalStateException("No effect on links is known for " + fault + ".");
  }

  private static String word(Fault.OnLinks fault) {
    return fault.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  // ---- books

  private static <V> void put(
      Map<String, Map<String, V>> books, String host, String step, V value) {
    books.computeIfAbsent(host, name -> new TreeMap<>()).put(step, value);
  }

  private static <V> void remove(Map<String, Map<String, V>> books, String host, String step) {
    books.getOrDefault(host, new TreeMap<>()).remove(step);
  }

  private static List<String> names(List<HostInfo> hosts, @Nullable String process) {
    TreeSet<String> names = new TreeSet<>();
    for (HostInfo host : hosts) {
      names.add(process == null ? host.name() : host.name() + "/" + process);
    }
    return List.copyOf(names);
  }
}
