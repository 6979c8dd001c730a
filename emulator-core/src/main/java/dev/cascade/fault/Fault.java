package dev.cascade.fault;

import static dev.cascade.fault.FaultDocs.AGAINST;
import static dev.cascade.fault.FaultDocs.DIRECTION;
import static dev.cascade.fault.FaultDocs.DURATION;
import static dev.cascade.fault.FaultDocs.TARGET;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.cascade.node.Ratio;
import dev.cascade.random.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A change to hosts, processes or links, as a value: what a step of the method names as its {@code
 * action}. The step's own further keys are the fault's.
 *
 * <p>A fault of hardware or links (cpu, clock, bandwidth, partition …) holds until it is healed or
 * its duration is over, over crashes and boots of the host, too. A pause is a state of processes:
 * those that a boot starts are not paused. A host that is launched under the name of one that was
 * taken away is another machine.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Fault.Crash.class, name = "crash"),
  @JsonSubTypes.Type(value = Fault.Restart.class, name = "restart"),
  @JsonSubTypes.Type(value = Fault.Pause.class, name = "pause"),
  @JsonSubTypes.Type(value = Fault.Resume.class, name = "resume"),
  @JsonSubTypes.Type(value = Fault.Partition.class, name = "partition"),
  @JsonSubTypes.Type(value = Fault.Heal.class, name = "heal"),
  @JsonSubTypes.Type(value = Fault.Latency.class, name = "latency"),
  @JsonSubTypes.Type(value = Fault.Loss.class, name = "loss"),
  @JsonSubTypes.Type(value = Fault.Duplicate.class, name = "duplicate"),
  @JsonSubTypes.Type(value = Fault.Bandwidth.class, name = "bandwidth"),
  @JsonSubTypes.Type(value = Fault.Cpu.class, name = "cpu"),
  @JsonSubTypes.Type(value = Fault.Clock.class, name = "clock"),
})
public sealed interface Fault {
  /** After this time it is undone; never if absent. */
  default @Nullable Duration duration() {
    return null;
  }

  /** A fault of hosts or of their processes. */
  sealed interface OnHosts extends Fault {
    /** What it is done to. */
    Target target();
  }

  /** A fault of the links between its target and others. */
  sealed interface OnLinks extends Fault {
    /** One end of the links. */
    Target target();

    /** The other end; all hosts that the target leaves out if absent. */
    @Nullable Target against();

    /** Which messages it strikes, as seen from the target. */
    Direction direction();
  }

  /** Stops hosts or processes at once: what they held in memory is lost. */
  @JsonClassDescription("Stops hosts or processes at once: what they held in memory is lost.")
  record Crash(
      @JsonPropertyDescription(TARGET) Target target,
      @JsonPropertyDescription("After this time they start again; never if absent.")
          @Nullable Duration duration)
      implements OnHosts {
    public Crash {
      requireDuration(duration);
    }
  }

  /** Starts crashed hosts or processes, and crashes and starts those that run. */
  @JsonClassDescription("Starts crashed hosts or processes; crashes and starts those that run.")
  record Restart(@JsonPropertyDescription(TARGET) Target target) implements OnHosts {}

  /**
   * Freezes hosts or processes with their children: they keep their state and do nothing, as under
   * SIGSTOP. Timers go on: what fires meanwhile waits in the mailbox, a periodic one as often as it
   * fired. What a network interface holds is still sent.
   */
  @JsonClassDescription("Freezes hosts or processes: they keep their state and do nothing.")
  record Pause(
      @JsonPropertyDescription(TARGET) Target target,
      @JsonPropertyDescription(DURATION) @Nullable Duration duration)
      implements OnHosts {
    public Pause {
      requireDuration(duration);
    }
  }

  /** Lets what was paused go on. */
  @JsonClassDescription("Lets paused hosts or processes go on.")
  record Resume(@JsonPropertyDescription(TARGET) Target target) implements OnHosts {}

  /** Cuts the links between two sides. */
  @JsonClassDescription("Cuts the links between the target and the others.")
  record Partition(
      @JsonPropertyDescription(TARGET) Target target,
      @JsonPropertyDescription(AGAINST) @Nullable Target against,
      @JsonPropertyDescription(DIRECTION) @JsonProperty(defaultValue = "both") Direction direction,
      @JsonPropertyDescription("What becomes of a message: lost, or refused to its sender.")
          @JsonProperty(defaultValue = "swallow")
          Cut cut,
      @JsonPropertyDescription(DURATION) @Nullable Duration duration)
      implements OnLinks {
    public Partition {
      requireHosts("target", target);
      requireHosts("against", against);
      requireDuration(duration);
    }
  }

  /** What a cut link does with a message. */
  enum Cut {
    /** It vanishes, as in a black hole: requests time out. */
    SWALLOW,
    /** It is answered by a reset: requests are refused after one round trip. */
    REFUSE
  }

  /** Mends the cuts of one step, or of all. */
  @JsonClassDescription("Mends the cut of one partition step, or all cuts.")
  record Heal(
      @JsonPropertyDescription("The name of the partition step to undo; all if absent.")
          @Nullable String step)
      implements Fault {}

  /** Adds to the latency of links. */
  @JsonClassDescription("Adds latency to the links between the target and the others.")
  record Latency(
      @JsonPropertyDescription(TARGET) Target target,
      @JsonPropertyDescription(AGAINST) @Nullable Target against,
      @JsonPropertyDescription(DIRECTION) @JsonProperty(defaultValue = "both") Direction direction,
      @JsonPropertyDescription("Added to each message's latency.") Duration latency,
      @JsonPropertyDescription("The added latency varies by up to this much, up and down.")
          @JsonProperty(defaultValue = "0s")
          Duration jitter,
      @JsonPropertyDescription(DURATION) @Nullable Duration duration)
      implements OnLinks {
    public Latency {
      requireHosts("target", target);
      requireHosts("against", against);
      requireDuration(duration);
      if (latency.isNegative() || latency.isZero()) {
        throw new IllegalArgumentException(
            "The latency ("
                + DurationText.format(latency)
                + ") that a fault adds must be positive.");
      }
      if (jitter.compareTo(latency) > 0) {
        throw new IllegalArgumentException(
            "The jitter ("
                + DurationText.format(jitter)
                + ") must not exceed the added latency ("
                + DurationText.format(latency)
                + "). Maybe raise the latency?");
      }
    }
  }

  /** Loses messages on links, beside what the links lose by themselves. */
  @JsonClassDescription("Loses messages between the target and the others.")
  record Loss(
      @JsonPropertyDescription(TARGET) Target target,
      @JsonPropertyDescription(AGAINST) @Nullable Target against,
      @JsonPropertyDescription(DIRECTION) @JsonProperty(defaultValue = "both") Direction direction,
      @JsonPropertyDescription("The share of messages that is lost.") Ratio loss,
      @JsonPropertyDescription(DURATION) @Nullable Duration duration)
      implements OnLinks {
    public Loss {
      requireHosts("target", target);
      requireHosts("against", against);
      requireDuration(duration);
    }
  }

  /** Delivers messages twice. */
  @JsonClassDescription(
      "Delivers datagrams between the target and the others twice; what comes by connection, comes once.")
  record Duplicate(
      @JsonPropertyDescription(TARGET) Target target,
      @JsonPropertyDescription(AGAINST) @Nullable Target against,
      @JsonPropertyDescription(DIRECTION) @JsonProperty(defaultValue = "both") Direction direction,
      @JsonPropertyDescription("The share of datagrams that comes twice.") Ratio duplicate,
      @JsonPropertyDescription(DURATION) @Nullable Duration duration)
      implements OnLinks {
    public Duplicate {
      requireHosts("target", target);
      requireHosts("against", against);
      requireDuration(duration);
    }
  }

  /** Narrows links, or what they start from: what does not fit waits at the sender. */
  @JsonClassDescription("Narrows the links between the target and the others.")
  record Bandwidth(
      @JsonPropertyDescription(TARGET) Target target,
      @JsonPropertyDescription(AGAINST) @Nullable Target against,
      @JsonPropertyDescription(DIRECTION) @JsonProperty(defaultValue = "both") Direction direction,
      @JsonPropertyDescription("What each of them then carries at most.")
          dev.cascade.node.Bandwidth bandwidth,
      @JsonPropertyDescription(
              "What is narrowed: each link between two hosts by itself, or the network interface of each sender, which all its links share.")
          @JsonProperty(defaultValue = "links")
          Narrowed where,
      @JsonPropertyDescription(DURATION) @Nullable Duration duration)
      implements OnLinks {
    public Bandwidth {
      requireHosts("target", target);
      requireHosts("against", against);
      requireDuration(duration);
      if (where == Narrowed.INTERFACE && direction == Direction.TO && against == null) {
        throw new IllegalArgumentException(
            "The direction (to) narrows the interfaces of those who send to the target, but does not"
                + " say who they are. Maybe name them as against?");
      }
    }
  }

  /** What has a bandwidth. */
  enum Narrowed {
    /** Each link between two hosts, one way. */
    LINKS,
    /** The network interface of each host that sends, to whomever. */
    INTERFACE
  }

  /** Takes cores away from hosts, as a noisy neighbour does. */
  @JsonClassDescription("Takes CPU away from hosts, as a noisy neighbour does.")
  record Cpu(
      @JsonPropertyDescription(TARGET) Target target,
      @JsonPropertyDescription("Cores that are taken from each host.") @Nullable Double cores,
      @JsonPropertyDescription("The share of each host's cores that is taken.")
          @Nullable Ratio percent,
      @JsonPropertyDescription(DURATION) @Nullable Duration duration)
      implements OnHosts {
    public Cpu {
      requireHosts("target", target);
      requireDuration(duration);
      if ((cores == null) == (percent == null)) {
        throw new IllegalArgumentException(
            "A cpu fault takes either cores or percent, %s. Maybe cores: 2?"
                .formatted(cores == null ? "and has neither" : "not both"));
      }
      if (cores != null && !(cores > 0 && cores < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("The cores (" + cores + ") to take must be positive.");
      }
    }
  }

  /** Sets the clocks of hosts wrong. */
  @JsonClassDescription("Sets the clocks of hosts wrong.")
  record Clock(
      @JsonPropertyDescription(TARGET) Target target,
      @JsonPropertyDescription("How far they are ahead, or with a minus sign behind.")
          ClockOffset offset,
      @JsonPropertyDescription(DURATION) @Nullable Duration duration)
      implements OnHosts {
    public Clock {
      requireHosts("target", target);
      requireDuration(duration);
    }
  }

  private static void requireDuration(@Nullable Duration duration) {
    if (duration != null && (duration.isNegative() || duration.isZero())) {
      throw new IllegalArgumentException(
          "The duration ("
              + DurationText.format(duration)
              + ") of a fault must be positive. Maybe leave it out, if it is to last?");
    }
  }

  private static void requireHosts(String key, @Nullable Target target) {
    if (target != null && target.process() != null) {
      throw new IllegalArgumentException(
          "The "
              + key
              + " ("
              + target.name()
              + "/"
              + target.process()
              + ") names a process, but this fault strikes whole hosts. Maybe \""
              + target.name()
              + "\"?");
    }
  }
}
