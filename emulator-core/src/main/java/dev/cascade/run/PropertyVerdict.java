package dev.cascade.run;

import dev.cascade.property.Conclusion;
import dev.cascade.property.Expectation;
import dev.cascade.property.PropertyResult;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.Severity;

/**
 * What became of a property, and what was expected.
 *
 * @param spec the property as its author wrote it
 * @param result what was found
 * @param expected what the scenario expects of it in this variant
 * @param conclusion whether the two agree, as far as one run can tell
 */
public record PropertyVerdict(
    PropertySpec spec, PropertyResult result, Expectation expected, Conclusion conclusion) {
  /** The property's name. */
  public String name() {
    return spec.name();
  }

  /** Whether this decides over the run: warnings do not. */
  boolean counts() {
    return spec.severity() != Severity.WARN;
  }
}
