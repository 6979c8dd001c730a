package dev.cascade.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cascade.random.DurationText;
import java.time.Duration;

/**
 * How far a clock is ahead ({@code 5s}) or, negative, behind ({@code -5s}).
 *
 * @param value positive if the clock is ahead
 */
public record ClockOffset(Duration value) {
  /** Reads a duration with an optional sign. */
  @JsonCreator
  public static ClockOffset parse(String text) {
    if (text.startsWith("-")) {
      return new ClockOffset(DurationText.parse(text.substring(1)).negated());
    }
    return new ClockOffset(DurationText.parse(text.startsWith("+") ? text.substring(1) : text));
  }

  @Override
  @JsonValue
  public String toString() {
    return DurationText.format(value);
  }
}
