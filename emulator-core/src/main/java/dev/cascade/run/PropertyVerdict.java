package dev.cascade.run;

import dev.cascade.property.Conclusion;
import dev.cascade.property.Expectation;
import dev.cascade.property.PropertyResult;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.Severity;
import java.util.List;

/**
 * What became of a property, and what was expected.
 *
 * @param spec the property as its author wrote it
 * @param result what was found
 * @param expected what the scenario expects of it in this variant
 * @param conclusion whether the two agree, as far as one run can tell
 * @param thresholds what its thresholds measured, if it is made of some
 */
public record PropertyVerdict(
    PropertySpec spec,
    PropertyResult result,
    Expectation expected,
    Conclusion conclusion,
    List<ThresholdVerdict> thresholds) {
  public PropertyVerdict {
    thresholds = List.copyOf(thresholds);
  }

  /** The property's name. */
  public String name() {
    return spec.name();
  }

  /** Whether this decides over the run: warnings do not. */
  public boolean counts() {
    return spec.severity() != Severity.WARN;
  }
}
