package dev.cascade.property;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cascade.random.DurationText;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What a post-mortem's clock showed: a time of day, {@code 15:54} or {@code 12:43:08.850}, or a
 * time after the first entry, {@code +5m}.
 */
public final class ClockTime {
  private static final Duration DAY = Duration.ofDays(1);

  private final String written;
  private final @Nullable LocalTime timeOfDay;
  private final Duration sinceFirst;

  private ClockTime(String written, @Nullable LocalTime timeOfDay, Duration sinceFirst) {
    this.written = written;
    this.timeOfDay = timeOfDay;
    this.sinceFirst = sinceFirst;
  }

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException if it is none
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ClockTime of(String written) {
    String text = written.strip();
    if (text.startsWith("+")) {
      return new ClockTime(text, null, DurationText.parse(text.substring(1)));
    }
    try {
      return new ClockTime(text, LocalTime.parse(text), Duration.ZERO);
    } catch (DateTimeParseException invalid) {
      throw new IllegalArgumentException(
          "The clock (%s) is no time of day and no time after the first entry. Maybe \"09:54\", \"12:43:08.850\" or +5m."
              .formatted(written),
          invalid);
    }
  }

  /**
   * How long after the first entry this is.
   *
   * @param first what the clock showed at the first entry
   * @param before how long after the first entry the one before this was: a time of day that would
   *     be earlier is the next day's
   */
  Duration after(ClockTime first, Duration before) {
    if (timeOfDay == null) {
      return sinceFirst;
    }
    LocalTime origin = first.timeOfDay == null ? LocalTime.MIDNIGHT : first.timeOfDay;
    Duration since = Duration.between(origin, timeOfDay);
    while (since.compareTo(before) < 0) {
      since = since.plus(DAY);
    }
    return since;
  }

  /** Whether it is a time of day. */
  public boolean isTimeOfDay() {
    return timeOfDay != null;
  }

  /** As files write it. */
  @JsonValue
  @Override
  public String toString() {
    return written;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClockTime that && written.equals(that.written);
  }

  @Override
  public int hashCode() {
    return written.hashCode();
  }
}
