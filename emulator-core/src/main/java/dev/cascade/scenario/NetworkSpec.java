package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Guess;
import dev.cascade.random.DurationDistribution;
import dev.cascade.random.DurationText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network where no link is named. Its defaults are guesses at one region of a cloud. */
public record NetworkSpec(
    @Guess("two machines in one region of a cloud")
        @JsonProperty(value = "default", defaultValue = "{latency: 500us, jitter: 100us}")
        @JsonPropertyDescription("The link between two hosts that no rule names.")
        Link defaultLink,
    @JsonPropertyDescription("The link between two hosts of one zone; the default if absent.")
        @Nullable Link sameZone,
    @Guess("a system call and a wake-up; the jitter has no source")
        @JsonProperty(defaultValue = "{distribution: uniform, min: 40us, max: 60us}")
        @JsonPropertyDescription("How long a message takes between processes of one host.")
        DurationDistribution loopback,
    @JsonProperty(defaultValue = "[1s, 3s, 7s]")
        @JsonPropertyDescription(
            "When a client's kernel sends a lost SYN again, counted from the first one.")
        List<Duration> synRetransmits) {

  /**
   * What holds if a scenario says nothing. 1 s, 3 s and 7 s follow from Linux's initial
   * retransmission timeout of 1 s (RFC 6298), doubled each time.
   */
  public static final NetworkSpec DEFAULT =
      new NetworkSpec(
          Link.DEFAULT,
          null,
          new DurationDistribution.Uniform(Duration.ofNanos(40_000), Duration.ofNanos(60_000)),
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(7)));

  public NetworkSpec {
    synRetransmits = List.copyOf(synRetransmits);
    Duration before = Duration.ZERO;
    for (Duration time : synRetransmits) {
      if (time.compareTo(before) <= 0) {
        throw new IllegalArgumentException(
            "The synRetransmits ("
                + DurationText.format(time)
                + " after "
                + DurationText.format(before)
                + ") must grow: each counts from the first SYN. Maybe [1s, 3s, 7s]?");
      }
      before = time;
    }
    if (loopback.mean().isZero()) {
      throw new IllegalArgumentException(
          "The loopback (0s) must take time, so that races vary. Maybe 50us?");
    }
  }
}
