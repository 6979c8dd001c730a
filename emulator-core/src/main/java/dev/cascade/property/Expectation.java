package dev.cascade.property;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cascade.node.Suggestion;
import dev.cascade.property.Conclusion.Match;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of a property: a word, or how often it is violated where chance decides.
 * Reproducing an outage is a success, so {@code violated} may be what is expected.
 */
public final class Expectation {
  /** That it holds: what is expected of properties that no table names. */
  public static final Expectation HOLDS = new Expectation(Word.HOLDS, null);

  private static final double USUAL_CONFIDENCE = 0.95;

  /** As many runs as anybody would wait for. */
  private static final int RUNS_MAX = 100_000;

  /** A single verdict, or none in particular. */
  private enum Word {
    HOLDS,
    VIOLATED,
    UNKNOWN,
    ANY;

    String written() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How often, from least to most, and how sure one must be. */
  private record Rate(double least, double most, double confidence) {}

  private final @Nullable Word word;
  private final @Nullable Rate rate;

  private Expectation(@Nullable Word word, @Nullable Rate rate) {
    this.word = word;
    this.rate = rate;
  }

  /** {@code holds}, {@code violated}, {@code unknown} or {@code any}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Expectation of(String written) {
    for (Word word : Word.values()) {
      if (word.written().equals(written)) {
        return new Expectation(word, null);
      }
    }
    throw new IllegalArgumentException(
        "An expectation is holds, violated, any, unknown or {violatedIn: [0.8, 1]}, not (%s).%s"
            .formatted(
                written,
                Suggestion.maybe(written, List.of("holds", "violated", "any", "unknown"))));
  }

  /**
   * Violated in a part of the runs.
   *
   * @param violatedIn the least and the greatest part, each 0 to 1
   * @param confidence how sure one must be; 0.95 if not said
   */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public static Expectation violatedIn(
      @JsonProperty(value = "violatedIn", required = true) List<Double> violatedIn,
      @JsonProperty("confidence") @Nullable Double confidence) {
    double sure = confidence == null ? USUAL_CONFIDENCE : confidence;
    if (violatedIn == null
        || violatedIn.size() != 2
        || !(0 <= violatedIn.get(0)
            && violatedIn.get(0) <= violatedIn.get(1)
            && violatedIn.get(1) <= 1)) {
      throw new IllegalArgumentException(
          "violatedIn (%s) must be two numbers from 0 to 1, the lesser first. Maybe [0.8, 1]."
              .formatted(violatedIn));
    }
    if (!(0.5 <= sure && sure < 1)) {
      throw new IllegalArgumentException(
          "The confidence (%s) must be at least 0.5 and below 1. Maybe 0.95.".formatted(sure));
    }
    return new Expectation(null, new Rate(violatedIn.get(0), violatedIn.get(1), sure));
  }

  /** As files write it. */
  @JsonValue
  public Object written() {
    if (rate == null) {
      return word == null ? "" : word.written();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("violatedIn", List.of(rate.least(), rate.most()));
    fields.put("confidence", rate.confidence());
    return Collections.unmodifiableMap(fields);
  }

  /** Whether one run was as expected. A rate can only be consistent with it, or not. */
  public Conclusion judge(Result result) {
    if (rate != null) {
      return judgeOne(result, rate);
    }
    if (word == Word.ANY) {
      return new Conclusion(Match.MET, "It %s, and anything was expected.".formatted(said(result)));
    }
    if (word != null && result.word().equals(word.written())) {
      return new Conclusion(Match.MET, "It %s, as expected.".formatted(said(result)));
    }
    Match match =
        result == Result.UNKNOWN && word != Word.UNKNOWN ? Match.INCONCLUSIVE : Match.DEVIATED;
    return new Conclusion(match, "It %s; expected was %s.".formatted(said(result), this));
  }

  private static Conclusion judgeOne(Result result, Rate rate) {
    if (result == Result.UNKNOWN) {
      return new Conclusion(Match.INCONCLUSIVE, "It is unknown, which says nothing of a rate.");
    }
    ClopperPearson interval = interval(result == Result.VIOLATED ? 1 : 0, 0, 1, rate);
    boolean consistent = interval.low() <= rate.most() && interval.high() >= rate.least();
    String sentence =
        "It %s in one run, which is %s with %s."
            .formatted(said(result), consistent ? "consistent" : "not consistent", words(rate));
    return new Conclusion(consistent ? Match.MET : Match.DEVIATED, sentence);
  }

  private static String said(Result result) {
    return switch (result) {
      case HOLDS -> "holds";
      case VIOLATED -> "is violated";
      case UNKNOWN -> "is unknown";
    };
  }

  /**
   * Whether many runs were as expected. A word must be true of every run. A rate is met if its
   * confidence interval lies within what was expected, and deviated from if it lies outside.
   */
  public Conclusion judge(List<Result> results) {
    if (results.isEmpty()) {
      return new Conclusion(Match.INCONCLUSIVE, "There was no run.");
    }
    return rate == null ? judgeWord(results) : judgeRate(results, rate);
  }

  private Conclusion judgeWord(List<Result> results) {
    boolean deviated = false;
    boolean inconclusive = false;
    for (Result result : results) {
      Match match = judge(result).match();
      deviated |= match == Match.DEVIATED;
      inconclusive |= match == Match.INCONCLUSIVE;
    }
    Match match = deviated ? Match.DEVIATED : inconclusive ? Match.INCONCLUSIVE : Match.MET;
    return new Conclusion(match, "%s; expected was %s.".formatted(counts(results), this));
  }

  private static Conclusion judgeRate(List<Result> results, Rate rate) {
    int violated = Collections.frequency(results, Result.VIOLATED);
    int unknown = Collections.frequency(results, Result.UNKNOWN);
    ClopperPearson interval = interval(violated, unknown, results.size(), rate);
    Match match = match(interval, rate);
    String sentence =
        "%s: at %s %% confidence it is violated in %s to %s of all runs, and expected was %s to %s."
            .formatted(
                counts(results),
                decimals(100 * rate.confidence()),
                decimals(interval.low()),
                decimals(interval.high()),
                decimals(rate.least()),
                decimals(rate.most()));
    return new Conclusion(
        match,
        match == Match.INCONCLUSIVE
            ? sentence + advice(violated, unknown, results.size(), rate)
            : sentence);
  }

  private static String counts(List<Result> results) {
    int violated = Collections.frequency(results, Result.VIOLATED);
    int unknown = Collections.frequency(results, Result.UNKNOWN);
    String counts = "Violated in %d of %d runs".formatted(violated, results.size());
    return unknown == 0 ? counts : counts + ", unknown in %d".formatted(unknown);
  }

  /**
   * Unknown runs may have been either. A side on which nothing can be missed needs no confidence,
   * and leaves it all to the other.
   */
  private static ClopperPearson interval(int violated, int unknown, int runs, Rate rate) {
    boolean twoSided = rate.least() > 0 && rate.most() < 1;
    double miss = (1 - rate.confidence()) / (twoSided ? 2 : 1);
    double low = ClopperPearson.of(violated, runs, miss, miss).low();
    double high = ClopperPearson.of(violated + unknown, runs, miss, miss).high();
    return new ClopperPearson(low, high);
  }

  private static Match match(ClopperPearson interval, Rate rate) {
    boolean lowFits = rate.least() == 0 || interval.low() >= rate.least();
    boolean highFits = rate.most() == 1 || interval.high() <= rate.most();
    if (lowFits && highFits) {
      return Match.MET;
    }
    boolean apart = interval.low() > rate.most() || interval.high() < rate.least();
    return apart ? Match.DEVIATED : Match.INCONCLUSIVE;
  }

  /** How many runs would decide, if they went on as they did. */
  private static String advice(int violated, int unknown, int runs, Rate rate) {
    for (int more = runs + 1; unknown == 0 && more <= RUNS_MAX; more += 1 + more / 20) {
      int hits = (int) Math.round((double) violated / runs * more);
      if (match(interval(hits, 0, more, rate), rate) != Match.INCONCLUSIVE) {
        return " Maybe run about %d seeds.".formatted(more);
      }
    }
    return unknown == 0 ? "" : " Maybe find out why runs are unknown.";
  }

  private static String words(Rate rate) {
    return "violated in %s to %s of all runs"
        .formatted(decimals(rate.least()), decimals(rate.most()));
  }

  private static String decimals(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Expectation that && written().equals(that.written());
  }

  @Override
  public int hashCode() {
    return written().hashCode();
  }

  /** In words. */
  @Override
  public String toString() {
    if (rate != null) {
      return words(rate);
    }
    return word == null ? "" : word.written();
  }
}
