package dev.cascade.network;

import dev.cascade.node.HostInfo;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The network as the scenario draws it.
 *
 * @param standard the link between two hosts of which no rule speaks
 * @param rules links that differ; of those that fit the last one counts
 * @param loopback time from process to process on one host
 * @param synRetransmits when a lost request is sent again, counted from the first attempt: Linux
 *     starts at 1 s (RFC 6298) and doubles, hence 1, 3, 7 and 15 s
 * @param interfaceBufferBytes what waits before a slow network interface, or at one host before a
 *     narrow link, until the next message is dropped
 */
public record NetworkPlan(
    LinkProfile standard,
    List<LinksBetween> rules,
    DurationDistribution loopback,
    List<Duration> synRetransmits,
    long interfaceBufferBytes) {

  /** 1,000 frames of 1,500 bytes: Linux's txqueuelen and Ethernet's MTU. */
  public static final long INTERFACE_BUFFER_BYTES = 1_500_000;

  /**
   * Within a data centre: 0.5 ms, give or take 0.1 (a guess; a cloud's zones are 0.2 to 1.5 ms
   * apart).
   */
  public static final LinkProfile WITHIN_REGION =
      LinkProfile.of(Duration.ofNanos(500_000), Duration.ofNanos(100_000));

  /** 50 µs, give or take 10 (DESIGN §1; the jitter is a guess). */
  public static final DurationDistribution LOOPBACK =
      new DurationDistribution.Uniform(Duration.ofNanos(40_000), Duration.ofNanos(60_000));

  /** Linux's first four retransmissions of a SYN. */
  public static final List<Duration> SYN_RETRANSMITS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(7),
          Duration.ofSeconds(15));

  public NetworkPlan {
    rules = List.copyOf(rules);
    synRetransmits = List.copyOf(synRetransmits);
  }

  /** A network in which every link is like this one. */
  public static NetworkPlan uniform(LinkProfile standard) {
    return new NetworkPlan(standard, List.of(), LOOPBACK, SYN_RETRANSMITS, INTERFACE_BUFFER_BYTES);
  }

  /** No message between two hosts is faster: the least over all links. */
  public Duration latencyMin() {
    Duration least = standard.latencyMin();
    for (LinksBetween rule : rules) {
      if (rule.profile().latencyMin().compareTo(least) < 0) {
        least = rule.profile().latencyMin();
      }
    }
    return least;
  }

  /** Whether some link has a bandwidth. */
  boolean isNarrow() {
    boolean narrow = standard.bytesPerSecond() != Double.POSITIVE_INFINITY;
    for (LinksBetween rule : rules) {
      narrow |= rule.profile().bytesPerSecond() != Double.POSITIVE_INFINITY;
    }
    return narrow;
  }

  LinkProfile profile(HostInfo from, HostInfo to) {
    LinkProfile profile = standard;
    for (LinksBetween rule : rules) {
      if (rule.fits(from, to)) {
        profile = rule.profile();
      }
    }
    return profile;
  }

  boolean namesHost(String host) {
    Set<String> named = new TreeSet<>();
    for (LinksBetween rule : rules) {
      collect(rule.from(), named);
      collect(rule.to(), named);
    }
    return named.contains(host);
  }

  private static void collect(HostSet set, Set<String> named) {
    if (set instanceof HostSet.Named some) {
      named.addAll(some.names());
    } else if (set instanceof HostSet.Not not) {
      collect(not.others(), named);
    }
  }
}
