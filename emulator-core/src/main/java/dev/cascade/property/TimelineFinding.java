package dev.cascade.property;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When an entry of a timeline came in a run, beside when it should have.
 *
 * @param entry what was looked for
 * @param expected virtual time at which the post-mortem has it; null if the first entry, where the
 *     two clocks meet, never came
 * @param measured virtual time at which it came; null if it did not
 * @param tolerance how far apart they may be
 * @param result whether they are that near; unknown if the run could not show it
 * @param reason why it is violated or unknown; null if it holds
 */
public record TimelineFinding(
    TimelineEntry entry,
    @Nullable Duration expected,
    @Nullable Duration measured,
    Duration tolerance,
    Result result,
    @Nullable String reason) {
  /** How much later than expected it came, negative if earlier; null if either is not known. */
  public @Nullable Duration late() {
    return expected == null || measured == null ? null : measured.minus(expected);
  }
}
