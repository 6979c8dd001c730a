package dev.cascade.property;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on one property after a run.
 *
 * @param name the property's
 * @param result holds, violated or unknown
 * @param firstViolation virtual time at which the first violation began: the first false tick, the
 *     event, or the deadline that was missed; null if there is none, or no time to name
 * @param longestViolation how long the longest stretch of false ticks lasted, from its first to its
 *     last, whether or not it was longer than {@code for}; zero for a single tick
 * @param slowestResponse {@code eventually}: the longest time from a trigger until what it asked
 *     for began; null if that never happened
 * @param measured where a measured number is compared with a constant: its worst value; for {@code
 *     eventually} and {@code sometimes} the one nearest to what was asked; null otherwise
 * @param violations the stretches that count, in the order of time; the first of very many
 * @param reason why it is unknown; null if it is not
 * @param notes what the author should know, such as a selector that never chose anything
 */
public record PropertyResult(
    String name,
    Result result,
    @Nullable Duration firstViolation,
    Duration longestViolation,
    @Nullable Duration slowestResponse,
    @Nullable Double measured,
    List<Stretch> violations,
    @Nullable String reason,
    List<String> notes) {}
