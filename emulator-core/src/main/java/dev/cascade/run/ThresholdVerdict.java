package dev.cascade.run;

import dev.cascade.property.Result;
import dev.cascade.scenario.Limit;
import org.jspecify.annotations.Nullable;

/**
 * What became of one threshold.
 *
 * @param limit the threshold
 * @param result what was found; unknown if nothing was measured
 * @param measured the number at the end of the run, in base units; null where there is none
 */
public record ThresholdVerdict(Limit limit, Result result, @Nullable Double measured) {}
