package dev.cascade.models.keys;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Ratio;

/**
 * How popular keys are; the laws and the names of the hotspot's parts are YCSB's.
 *
 * @param count keys that there are; the most popular one is 0
 * @param distribution the law
 * @param exponent of Zipf's law: the k-th key is asked for in proportion to 1 / k^exponent
 * @param hotspotDataFraction the part of the keys that is hot, of the hotspot; at least one key
 * @param hotspotOpnFraction the part of the requests that goes to them
 */
public record KeyDistribution(
    @JsonPropertyDescription("Keys that there are.") int count,
    @JsonProperty(defaultValue = "uniform") @JsonPropertyDescription("How popular they are.")
        Law distribution,
    @JsonProperty(defaultValue = "1")
        @JsonPropertyDescription("Of Zipf's law: the k-th key in proportion to 1 / k^exponent.")
        double exponent,
    @JsonProperty(defaultValue = "20%")
        @JsonPropertyDescription("The part of the keys that is hot, of a hotspot.")
        Ratio hotspotDataFraction,
    @JsonProperty(defaultValue = "80%")
        @JsonPropertyDescription("The part of the requests that goes to hot keys.")
        Ratio hotspotOpnFraction) {
  /** How popular keys are. */
  public enum Law {
    /** All as much. */
    UNIFORM,
    /** By Zipf's law. */
    ZIPF,
    /** Some more than the others, and all of them alike. */
    HOTSPOT
  }

  /** What more keys cost is 8 bytes each, for a popularity that hardly differs. */
  public static final int MAX_COUNT = 10_000_000;

  public KeyDistribution {
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException(
          "The count (" + count + ") of keys must be 1 to " + MAX_COUNT + ". Maybe 1000?");
    }
    if (!(exponent >= 0 && exponent <= 10)) {
      throw new IllegalArgumentException(
          "The exponent (" + exponent + ") must be 0 to 10. Maybe 1?");
    }
  }

  /** So many keys, each as likely. */
  public static KeyDistribution uniform(int count) {
    return new KeyDistribution(count, Law.UNIFORM, 1, new Ratio(0.2), new Ratio(0.8));
  }

  /** So many keys by Zipf's law. */
  public static KeyDistribution zipf(int count, double exponent) {
    return new KeyDistribution(count, Law.ZIPF, exponent, new Ratio(0.2), new Ratio(0.8));
  }

  /** One key that this part of the requests asks for, among others that are all as likely. */
  public static KeyDistribution hotKey(int count, double share) {
    return new KeyDistribution(count, Law.HOTSPOT, 1, Ratio.ZERO, new Ratio(share));
  }

  /** Keys that are hot; of the hotspot. */
  int hot() {
    return Math.max(1, (int) Math.round(count * hotspotDataFraction.value()));
  }
}
