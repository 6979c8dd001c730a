package dev.cascade.property;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What must hold in a run, as scenario files say it: an expression and how it relates to time.
 *
 * @param name unique in its scenario
 * @param description one sentence
 * @param always true at every tick
 * @param never true at no tick; an event that must not happen
 * @param eventually true within {@code within} of each trigger
 * @param sometimes true at least once
 * @param when the trigger: an event, or an expression that becomes true
 * @param within {@code eventually}: it must begin at most so long after the trigger. {@code always}
 *     and {@code never} with {@code when}: judged only so long after each trigger
 * @param holdsFor {@code eventually}: and then stay true so long
 * @param forDuration {@code always} and {@code never}: a violation must last so long to count, as
 *     in a Prometheus rule
 * @param severity what a deviation means; error if not said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PropertySpec(
    @JsonProperty(required = true) @JsonPropertyDescription("Unique in the scenario.") String name,
    @JsonPropertyDescription("One sentence.") @Nullable String description,
    @JsonPropertyDescription("An expression that must be true at every tick.")
        @Nullable String always,
    @JsonPropertyDescription(
            "An expression that must be true at no tick, or an event that must not happen.")
        @Nullable String never,
    @JsonPropertyDescription("An expression that must become true within a time of each trigger.")
        @Nullable String eventually,
    @JsonPropertyDescription("An expression that must be true at least once.")
        @Nullable String sometimes,
    @JsonPropertyDescription("The trigger: an event, or an expression that becomes true.")
        @Nullable String when,
    @JsonPropertyDescription(
            "With eventually: how long after the trigger it may begin. With always or never: how long after each trigger it is judged.")
        @Nullable Duration within,
    @JsonPropertyDescription("With eventually: how long it must then stay true.")
        @Nullable Duration holdsFor,
    @JsonProperty("for")
        @JsonPropertyDescription(
            "With always or never: how long a violation must last to count, as in a Prometheus rule.")
        @Nullable Duration forDuration,
    @JsonPropertyDescription("What a deviation means.") @JsonProperty(defaultValue = "error")
        Severity severity) {

  /** How the expression relates to time. */
  public enum Mode {
    ALWAYS,
    NEVER,
    EVENTUALLY,
    SOMETIMES;

    /** The key that files use. */
    String key() {
      return switch (this) {
        case ALWAYS -> "always";
        case NEVER -> "never";
        case EVENTUALLY -> "eventually";
        case SOMETIMES -> "sometimes";
      };
    }
  }

  /** Checks the relations between the components. */
  public PropertySpec {
    severity = severity == null ? Severity.ERROR : severity;
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("A property needs a name. Maybe name: availability.");
    }
    checkOneMode(name, always, never, eventually, sometimes);
    boolean safety = always != null || never != null;
    check(
        eventually == null || within != null,
        name,
        "eventually needs within, the time it may take. Maybe within: 60s, or sometimes instead of eventually.");
    check(
        eventually != null || holdsFor == null,
        name,
        "holdsFor belongs to eventually. Maybe for, which is how long a violation must last.");
    check(
        safety || forDuration == null,
        name,
        "for belongs to always and never. Maybe holdsFor, which is how long it must stay true.");
    check(
        within == null || eventually != null || (safety && when != null),
        name,
        "within needs eventually, or always or never with when. Maybe when: event('…').");
    checkPositive(name, "within", within);
    checkPositive(name, "holdsFor", holdsFor);
    if (forDuration != null && forDuration.isNegative()) {
      throw new IllegalArgumentException(
          "Property %s: for (%s) must not be negative.".formatted(name, forDuration));
    }
  }

  private static void checkOneMode(String name, @Nullable String... expressions) {
    List<String> given = new ArrayList<>();
    String[] words = {"always", "never", "eventually", "sometimes"};
    for (int i = 0; i < words.length; i++) {
      if (expressions[i] != null) {
        given.add(words[i]);
      }
    }
    check(
        given.size() == 1,
        name,
        "it needs exactly one of always, never, eventually, sometimes, not (%s). Maybe split it in two."
            .formatted(String.join(", ", given)));
  }

  private static void checkPositive(String name, String what, @Nullable Duration duration) {
    if (duration != null && (duration.isNegative() || duration.isZero())) {
      throw new IllegalArgumentException(
          "Property %s: %s (%s) must be longer than zero.".formatted(name, what, duration));
    }
  }

  private static void check(boolean holds, String name, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("Property %s: %s".formatted(name, otherwise));
    }
  }

  /** How the expression relates to time. */
  public Mode mode() {
    if (always != null) {
      return Mode.ALWAYS;
    } else if (never != null) {
      return Mode.NEVER;
    }
    return eventually != null ? Mode.EVENTUALLY : Mode.SOMETIMES;
  }

  /** The expression of its mode. */
  public String expression() {
    String expression =
        switch (mode()) {
          case ALWAYS -> always;
          case NEVER -> never;
          case EVENTUALLY -> eventually;
          case SOMETIMES -> sometimes;
        };
    return Objects.requireNonNull(expression);
  }

  /** {@code always} an expression. */
  public static PropertySpec always(String name, String expression) {
    return new PropertySpec(
        name, null, expression, null, null, null, null, null, null, null, Severity.ERROR);
  }

  /** {@code never} an expression or event. */
  public static PropertySpec never(String name, String expression) {
    return new PropertySpec(
        name, null, null, expression, null, null, null, null, null, null, Severity.ERROR);
  }

  /** {@code eventually} an expression, within a time of the end of the warm-up. */
  public static PropertySpec eventually(String name, String expression, Duration within) {
    return new PropertySpec(
        name, null, null, null, expression, null, null, within, null, null, Severity.ERROR);
  }

  /** {@code sometimes} an expression. */
  public static PropertySpec sometimes(String name, String expression) {
    return new PropertySpec(
        name, null, null, null, null, expression, null, null, null, null, Severity.ERROR);
  }

  /** The same, after a trigger. */
  public PropertySpec when(String trigger) {
    return new PropertySpec(
        name,
        description,
        always,
        never,
        eventually,
        sometimes,
        trigger,
        within,
        holdsFor,
        forDuration,
        severity);
  }

  /** The same, judged so long after its trigger; see {@link #within()}. */
  public PropertySpec within(Duration duration) {
    return new PropertySpec(
        name,
        description,
        always,
        never,
        eventually,
        sometimes,
        when,
        duration,
        holdsFor,
        forDuration,
        severity);
  }

  /** The same, staying true so long. */
  public PropertySpec holdsFor(Duration duration) {
    return new PropertySpec(
        name,
        description,
        always,
        never,
        eventually,
        sometimes,
        when,
        within,
        duration,
        forDuration,
        severity);
  }

  /** The same, with violations that last so long. */
  public PropertySpec lasting(Duration duration) {
    return new PropertySpec(
        name,
        description,
        always,
        never,
        eventually,
        sometimes,
        when,
        within,
        holdsFor,
        duration,
        severity);
  }

  /** The same, with another severity. */
  public PropertySpec withSeverity(Severity other) {
    return new PropertySpec(
        name,
        description,
        always,
        never,
        eventually,
        sometimes,
        when,
        within,
        holdsFor,
        forDuration,
        other);
  }
}
