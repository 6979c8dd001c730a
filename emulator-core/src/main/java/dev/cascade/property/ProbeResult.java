package dev.cascade.property;

import org.jspecify.annotations.Nullable;

/**
 * What one probe of the steady state found.
 *
 * @param name the probe's
 * @param result holds, violated or unknown
 * @param measured the measured number where it is compared with a constant; null otherwise
 */
public record ProbeResult(String name, Result result, @Nullable Double measured) {}
