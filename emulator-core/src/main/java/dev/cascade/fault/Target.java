package dev.cascade.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.HostInfo;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts or processes something is done to: first those that match, then as many of them as
 * the mode says. In files a plain name stands for all that bear it.
 */
public record Target(
    @JsonPropertyDescription(
            "An entry of the topology, a host, or host/process; every host if absent.")
        @Nullable String name,
    @JsonPropertyDescription("Only hosts in one of these zones.") List<String> zones,
    @JsonPropertyDescription("Only hosts whose topology entry has all of these labels.")
        Map<String, String> labels,
    @JsonPropertyDescription("A process on each of these hosts; the hosts themselves if absent.")
        @Nullable String process,
    @JsonPropertyDescription("How many of those that match.") @JsonProperty(defaultValue = "all")
        Mode mode,
    @JsonPropertyDescription("How many for mode: fixed, which percentage for mode: percent.")
        @Nullable Double value) {

  /** How many of those that match; drawn where it is not all. */
  public enum Mode {
    ONE,
    ALL,
    FIXED,
    PERCENT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Target {
    zones = List.copyOf(zones);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    if (name != null && name.indexOf('/') >= 0) {
      if (process != null) {
        throw new IllegalArgumentException(
            "The name ("
                + name
                + ") says the process already. Maybe leave out the process ("
                + process
                + ")?");
      }
      process = name.substring(name.indexOf('/') + 1);
      name = name.substring(0, name.indexOf('/'));
    }
    requireNotEmpty("name", name);
    requireNotEmpty("process", process);
    requireValueOf(mode, value);
  }

  /** All hosts of an entry, one host, or {@code host/process}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Target of(String name) {
    return new Target(name, List.of(), new TreeMap<>(), null, Mode.ALL, null);
  }

  /** The same, but only as many as the mode says. */
  public Target mode(Mode newMode, @Nullable Double newValue) {
    return new Target(name, zones, labels, process, newMode, newValue);
  }

  /** The same, but only in these zones. */
  public Target zones(String... newZones) {
    return new Target(name, List.of(newZones), labels, process, mode, value);
  }

  /** Whether it means all of an entry or a zone, those that come later too. */
  public boolean meansAll() {
    return mode == Mode.ALL && labels.isEmpty();
  }

  /** Whether a host is among those that the mode then chooses from. */
  public boolean matches(HostInfo host, Map<String, String> entryLabels) {
    return (name == null || name.equals(host.entry()) || name.equals(host.name()))
        && (zones.isEmpty() || zones.contains(host.zone()))
        && entryLabels.entrySet().containsAll(labels.entrySet());
  }

  /**
   * Chooses as many as the mode says. Equal streams choose equally, whatever shard asks.
   *
   * @param candidates those that match, in the order of their names
   * @return the chosen ones in the same order; empty only if there are no candidates
   */
  public <T> List<T> choose(List<T> candidates, RandomStream random) {
    int count = count(candidates.size());
    if (count == candidates.size()) {
      return List.copyOf(candidates);
    }
    List<Integer> places = new ArrayList<>(candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      places.add(i);
    }
    random.shuffle(places);
    return places.subList(0, count).stream().sorted().<T>map(candidates::get).toList();
  }

  private int count(int candidates) {
    double number = value == null ? 1 : value;
    return switch (mode) {
      case ALL -> candidates;
      case ONE, FIXED -> (int) Math.min(candidates, number);
      // A percentage that was asked for hits somebody, however few there are.
      case PERCENT ->
          Math.min(candidates, (int) Math.max(1, Math.round(candidates * number / 100)));
    };
  }

  private static void requireNotEmpty(String key, @Nullable String text) {
    if (text != null && text.isEmpty()) {
      throw new IllegalArgumentException("The " + key + " of a target cannot be empty.");
    }
  }

  private static void requireValueOf(Mode mode, @Nullable Double value) {
    boolean counted = mode == Mode.FIXED || mode == Mode.PERCENT;
    if (counted != (value != null)) {
      throw new IllegalArgumentException(
          counted
              ? "The mode (" + mode + ") needs a value. Maybe value: 1?"
              : "The value ("
                  + value
                  + ") means nothing to mode ("
                  + mode
                  + "). Maybe mode: fixed or mode: percent?");
    }
    if (value == null) {
      return;
    }
    if (mode == Mode.FIXED && !(value >= 1 && value == Math.rint(value))) {
      throw new IllegalArgumentException(
          "The value (" + value + ") for mode (fixed) must be a whole number from 1.");
    }
    if (mode == Mode.PERCENT && !(value > 0 && value <= 100)) {
      throw new IllegalArgumentException(
          "The value (" + value + ") for mode (percent) must be above 0 and at most 100.");
    }
  }
}
