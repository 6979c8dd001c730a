package dev.cascade.models.load;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cascade.node.Rate;

/**
 * What a stage leads to: a rate, {@code 300/s}, or a number of users, {@code 50}.
 *
 * @param level requests a second, or users
 * @param isRate which of them
 */
public record Target(double level, boolean isRate) {
  /** Reads a rate or a whole number. */
  @JsonCreator
  public static Target parse(String text) {
    return text.matches("[0-9]{1,7}")
        ? new Target(Integer.parseInt(text), false)
        : new Target(Rate.parse(text).perSecond(), true);
  }

  @Override
  @JsonValue
  public String toString() {
    return isRate ? new Rate(level).toString() : Long.toString(Math.round(level));
  }
}
