package dev.cascade.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cascade.node.Suggestion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One way through what may come in this order or that: {@code pct:depth=3,steps=400,seed=7}. With
 * the scenario and its seed it makes a run that repeats.
 *
 * @param strategy how it chooses
 * @param depth of PCT, one more than the priorities that it lowers; of delay, the messages that it
 *     delays; 0 for random
 * @param steps messages of a run among which those are drawn; 0 for random
 * @param seed of what it draws; that of the run if null
 */
public record Schedule(Strategy strategy, int depth, int steps, @Nullable Long seed) {
  /** Whatever the run's seed draws; the run is the same as without a schedule, but looked at. */
  public static final Schedule RANDOM = new Schedule(Strategy.RANDOM, 0, 0, null);

  /** Bugs of more ordering constraints than this are rare (Burckhardt et al. 2010, table 3). */
  public static final int DEPTH = 3;

  /** If nothing is said: a guess; {@code explore} counts them in a run. */
  public static final int STEPS = 1_000;

  private static final int DEPTH_MAX = 100;

  private static final List<String> KEYS = List.of("depth", "steps", "seed");
  private static final Pattern PART = Pattern.compile("([a-z]+)=(-?[0-9]{1,18})");

  public Schedule {
    if (strategy != Strategy.RANDOM && (depth < 1 || depth > DEPTH_MAX)) {
      throw new IllegalArgumentException(
          "The depth (%d) of a schedule must be 1 to %d.".formatted(depth, DEPTH_MAX));
    }
    if (strategy != Strategy.RANDOM && steps < 1) {
      throw new IllegalArgumentException(
          "The steps (%d) of a schedule must be at least 1.".formatted(steps));
    }
    if (strategy == Strategy.RANDOM && (depth != 0 || steps != 0 || seed != null)) {
      throw new IllegalArgumentException(
          "The schedule (random) takes no depth, steps or seed: it is what the run's seed draws.");
    }
  }

  /**
   * Reads {@code random}, {@code pct:depth=3,steps=400,seed=7} or {@code delay:…}; what is left out
   * is {@link #DEPTH}, {@link #STEPS}, and the seed of the run.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  @JsonCreator
  public static Schedule parse(String text) {
    int colon = text.indexOf(':');
    Strategy strategy = strategy(colon < 0 ? text : text.substring(0, colon));
    Map<String, Long> parts = new LinkedHashMap<>();
    for (String part : colon < 0 ? new String[0] : text.substring(colon + 1).split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches() || !KEYS.contains(matcher.group(1))) {
        throw new IllegalArgumentException(
            "The part (%s) of the schedule (%s) cannot be read. Maybe pct:depth=3,steps=400,seed=7?"
                .formatted(part.strip(), text));
      }
      parts.put(matcher.group(1), Long.valueOf(matcher.group(2)));
    }
    boolean random = strategy == Strategy.RANDOM;
    return new Schedule(
        strategy,
        whole(parts.getOrDefault("depth", random ? 0L : DEPTH)),
        whole(parts.getOrDefault("steps", random ? 0L : STEPS)),
        parts.get("seed"));
  }

  private static int whole(long value) {
    return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, value));
  }

  private static Strategy strategy(String word) {
    for (Strategy strategy : Strategy.values()) {
      if (strategy.word().equals(word.strip())) {
        return strategy;
      }
    }
    List<String> words = Arrays.stream(Strategy.values()).map(Strategy::word).toList();
    throw new IllegalArgumentException(
        "The strategy (%s) is unknown.%s".formatted(word, Suggestion.maybe(word, words)));
  }

  /** The same among so many messages. */
  public Schedule steps(int newSteps) {
    return new Schedule(strategy, depth, newSteps, seed);
  }

  /** The same with another seed, or that of the run. */
  public Schedule seed(@Nullable Long newSeed) {
    return new Schedule(strategy, depth, steps, newSeed);
  }

  /** As {@link #parse} reads it. */
  @Override
  @JsonValue
  public String toString() {
    if (strategy == Strategy.RANDOM) {
      return strategy.word();
    }
    String own = seed == null ? "" : ",seed=" + seed;
    return "%s:depth=%d,steps=%d%s".formatted(strategy.word(), depth, steps, own);
  }
}
