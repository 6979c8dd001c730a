package dev.cascade.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cascade.node.Suggestion;
import dev.cascade.random.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One way through what may come in this order or that: {@code pct:depth=3,steps=400,seed=7}. With
 * the scenario and its seed it makes a run that repeats.
 *
 * @param strategy how it chooses
 * @param depth of PCT, one more than the chains that it lowers; of delay, the messages that it
 *     delays; 0 for random
 * @param steps messages of a run among which those are drawn; 0 for random
 * @param seed of what it draws; that of the run if null
 * @param scope which messages it chooses among
 */
public record Schedule(Strategy strategy, int depth, int steps, @Nullable Long seed, Scope scope) {
  /** Whatever the run's seed draws; the run is the same as without a schedule, but looked at. */
  public static final Schedule RANDOM = new Schedule(Strategy.RANDOM, 0, 0, null, Scope.ALL);

  /** Few bugs need more orderings than this (Burckhardt et al. 2010, table 4: 1 to 3). */
  public static final int DEPTH = 3;

  /** If nothing is said: a guess; {@code explore} counts them in a run. */
  public static final int STEPS = 1_000;

  private static final int DEPTH_MAX = 100;

  private static final List<String> KEYS =
      List.of("depth", "steps", "seed", "among", "after", "until");

  /**
   * Which messages may come otherwise than the seed draws.
   *
   * @param among entries of the topology; those from one of them to one of them. All if empty
   * @param after the emulated time since the start from which on they are sent
   * @param until the time until which they are; null for the end of the run
   */
  public record Scope(List<String> among, Duration after, @Nullable Duration until) {
    /** Every message of the run. */
    public static final Scope ALL = new Scope(List.of(), Duration.ZERO, null);

    public Scope {
      among = List.copyOf(new TreeSet<>(among));
    }

    /** Whether messages of an entry may belong to it. */
    public boolean isAmong(String entry) {
      return among.isEmpty() || among.contains(entry);
    }

    /** Whether a message belongs to it. */
    public boolean contains(long nowNanos, String from, String to) {
      return nowNanos >= after.toNanos()
          && (until == null || nowNanos < until.toNanos())
          && (among.isEmpty() || (among.contains(from) && among.contains(to)));
    }
  }

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

  /** A schedule of all messages. */
  public Schedule(Strategy strategy, int depth, int steps, @Nullable Long seed) {
    this(strategy, depth, steps, seed, Scope.ALL);
  }

  /**
   * Reads {@code random}, {@code pct:depth=3,steps=400,seed=7,among=ledger+tellers,after=2m} or
   * {@code delay:…}; what is left out is {@link #DEPTH}, {@link #STEPS}, the seed of the run, and
   * all messages.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  @JsonCreator
  public static Schedule parse(String text) {
    int colon = text.indexOf(':');
    Strategy strategy = strategy(colon < 0 ? text : text.substring(0, colon));
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : colon < 0 ? new String[0] : text.substring(colon + 1).split(",", -1)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals).strip();
      if (equals < 0 || !KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "The part (%s) of the schedule (%s) cannot be read. Maybe pct:depth=3,steps=400,seed=7?"
                .formatted(part.strip(), text));
      }
      parts.put(key, part.substring(equals + 1).strip());
    }
    boolean random = strategy == Strategy.RANDOM;
    String among = parts.getOrDefault("among", "");
    String until = parts.get("until");
    Scope scope =
        new Scope(
            among.isEmpty() ? List.of() : List.of(among.split("\\+", -1)),
            DurationText.parse(parts.getOrDefault("after", "0s")),
            until == null ? null : DurationText.parse(until));
    String seed = parts.get("seed");
    return new Schedule(
        strategy,
        whole(parts, "depth", random ? 0 : DEPTH),
        whole(parts, "steps", random ? 0 : STEPS),
        seed == null ? null : number("seed", seed),
        scope);
  }

  private static int whole(Map<String, String> parts, String key, int otherwise) {
    String text = parts.get(key);
    long value = text == null ? otherwise : number(key, text);
    return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, value));
  }

  private static long number(String key, String text) {
    if (!text.matches("-?[0-9]{1,18}")) {
      throw new IllegalArgumentException(
          "The %s (%s) of a schedule must be a whole number.".formatted(key, text));
    }
    return Long.parseLong(text);
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
    return new Schedule(strategy, depth, newSteps, seed, scope);
  }

  /** The same with another seed, or that of the run. */
  public Schedule seed(@Nullable Long newSeed) {
    return new Schedule(strategy, depth, steps, newSeed, scope);
  }

  /** The same of other messages. */
  public Schedule scope(Scope newScope) {
    return new Schedule(strategy, depth, steps, seed, newScope);
  }

  /** As {@link #parse} reads it. */
  @Override
  @JsonValue
  public String toString() {
    Map<String, Object> parts = new LinkedHashMap<>();
    if (strategy != Strategy.RANDOM) {
      parts.put("depth", depth);
      parts.put("steps", steps);
    }
    if (seed != null) {
      parts.put("seed", seed);
    }
    if (!scope.among().isEmpty()) {
      parts.put("among", String.join("+", scope.among()));
    }
    if (!scope.after().isZero()) {
      parts.put("after", DurationText.format(scope.after()));
    }
    if (scope.until() != null) {
      parts.put("until", DurationText.format(scope.until()));
    }
    StringBuilder text = new StringBuilder(strategy.word());
    parts.forEach(
        (key, value) ->
            text.append(text.indexOf(":") < 0 ? ":" : ",").append(key).append('=').append(value));
    return text.toString();
  }
}
