package dev.cascade.property;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cascade.random.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a post-mortem's clock showed: a time of day, {@code 15:54} or {@code 12:43:08.850}, or a
 * time after the first entry, {@code +5m}.
 */
public final class ClockTime {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Pattern TIME_OF_DAY =
      Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9](?:\\.[0-9]{1,9})?))?");

  private final String written;
  private final @Nullable Duration sinceMidnight;
  private final Duration sinceFirst;

  private ClockTime(String written, @Nullable Duration sinceMidnight, Duration sinceFirst) {
    this.written = written;
    this.sinceMidnight = sinceMidnight;
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
    Matcher time = TIME_OF_DAY.matcher(text);
    if (!time.matches()) {
      throw new IllegalArgumentException(
          "The clock (%s) is no time of day and no time after the first entry. Maybe \"09:54\", \"12:43:08.850\" or +5m."
              .formatted(written));
    }
    String seconds = time.group(3) == null ? "0" : time.group(3);
    Duration sinceMidnight =
        Duration.ofHours(Long.parseLong(time.group(1)))
            .plusMinutes(Long.parseLong(time.group(2)))
            .plusNanos(new BigDecimal(seconds).movePointRight(9).longValueExact());
    return new ClockTime(text, sinceMidnight, Duration.ZERO);
  }

  /**
   * How long after the first entry this is.
   *
   * @param first what the clock showed at the first entry
   * @param before how long after the first entry the one before this was: a time of day that would
   *     be earlier is the next day's
   */
  Duration after(ClockTime first, Duration before) {
    if (sinceMidnight == null) {
      return sinceFirst;
    }
    Duration origin = first.sinceMidnight == null ? Duration.ZERO : first.sinceMidnight;
    Duration since = sinceMidnight.minus(origin);
    while (since.compareTo(before) < 0) {
      since = since.plus(DAY);
    }
    return since;
  }

  /** Whether it is a time of day. */
  public boolean isTimeOfDay() {
    return sinceMidnight != null;
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
