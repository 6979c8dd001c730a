package dev.cascade.cli.sweep;

import dev.cascade.property.Result;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run showed, without its series.
 *
 * @param seed of the run
 * @param ending why it ended, in the word of files
 * @param isWhole whether it saw all that it could see
 * @param properties what became of each
 * @param measurements numbers by name; null where nothing was measured
 * @param traceHash its history
 */
public record Outcome(
    long seed,
    String ending,
    boolean isWhole,
    Map<String, Result> properties,
    Map<String, @Nullable Double> measurements,
    String traceHash) {
  public Outcome {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    measurements = Collections.unmodifiableMap(new LinkedHashMap<>(measurements));
  }
}
