package dev.cascade.property;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of a post-mortem's timeline: what its clock showed when something happened, and how that
 * something is seen in a run. The first entry is where the two clocks meet; it is given.
 *
 * @param name unique in its scenario
 * @param description one sentence
 * @param clock what the post-mortem's clock showed: a time of day, or a time after the first entry
 * @param given an expression or event for what the method sets; it is shown, and not scored
 * @param emergent an expression or event for what must follow by itself; it is scored
 * @param follows another entry, named before this one: only what comes later counts
 * @param forDuration how long the expression must stay true; the time is when it began
 * @param tolerance how far off it may be, early or late; a quarter of the time since the first
 *     entry if not said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineEntry(
    @JsonProperty(required = true) @JsonPropertyDescription("Unique in the scenario.") String name,
    @JsonPropertyDescription("One sentence.") @Nullable String description,
    @JsonProperty(required = true)
        @JsonPropertyDescription(
            "What the post-mortem's clock showed: 15:54, 12:43:08.850, or +5m after the first entry; a time of day below the one before it is the next day's.")
        ClockTime clock,
    @JsonPropertyDescription(
            "An expression or event that the method sets: shown, not scored. The first entry is given: there the two clocks meet.")
        @Nullable String given,
    @JsonPropertyDescription("An expression or event that must follow by itself: scored.")
        @Nullable String emergent,
    @JsonPropertyDescription("An earlier entry: only what comes after it counts.")
        @Nullable String follows,
    @JsonProperty("for")
        @JsonPropertyDescription("How long it must stay true; the time is when it began.")
        @Nullable Duration forDuration,
    @JsonPropertyDescription(
            "How far off it may be, early or late; a quarter of the time since the first entry if not said.")
        @Nullable Duration tolerance) {

  /** Checks the relations between the components. */
  public TimelineEntry {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException(
          "An entry of the timeline needs a name. Maybe name: alert.");
    }
    check(
        clock != null,
        name,
        "it needs a clock, what the post-mortem's clock showed. Maybe clock: \"15:54\".");
    check(
        (given == null) != (emergent == null),
        name,
        "it needs either given, what the method sets, or emergent, what must follow. Maybe emergent: event('…').");
    check(
        forDuration == null || forDuration.compareTo(Duration.ZERO) > 0,
        name,
        "for must be longer than zero.");
    check(
        tolerance == null || tolerance.compareTo(Duration.ZERO) > 0,
        name,
        "tolerance must be longer than zero. Maybe leave it out: a quarter of the time since the first entry.");
    check(
        given == null || tolerance == null,
        name,
        "what is given is not scored, and needs no tolerance. Maybe remove it?");
  }

  private static void check(boolean holds, String name, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("Entry %s: %s".formatted(name, otherwise));
    }
  }

  /** Whether it must follow by itself, and is scored. */
  public boolean isEmergent() {
    return emergent != null;
  }

  /** What it looks like in a run. */
  public String expression() {
    return Objects.requireNonNull(given != null ? given : emergent);
  }

  /**
   * Its expression, compiled.
   *
   * @throws ExpressionException if it cannot be
   */
  public Expression compile(Vocabulary vocabulary) {
    Expression expression = Expression.condition(expression(), vocabulary);
    if (expression.isOfEvents() && forDuration != null) {
      throw new ExpressionException(
          List.of(
              new ExpressionException.Problem(
                  key(), 1, 1, "An event lasts no time. Maybe drop for.")));
    }
    return expression;
  }

  /** The key that its expression has in files. */
  public String key() {
    return isEmergent() ? "emergent" : "given";
  }
}
