package dev.cascade.run;

import dev.cascade.property.Conclusion;
import dev.cascade.property.Expectation;
import dev.cascade.property.TimelineFinding;

/**
 * What became of an entry of the timeline, and what was expected.
 *
 * @param finding when it came, beside when the post-mortem has it
 * @param expected that it holds, if the scenario says nothing else
 * @param conclusion whether the two agree, as far as one run can tell
 * @param isScored whether it decides over the run: what is given does not, and with a mitigation
 *     history is meant to be another
 */
public record TimelineVerdict(
    TimelineFinding finding, Expectation expected, Conclusion conclusion, boolean isScored) {
  /** The entry's name. */
  public String name() {
    return finding.entry().name();
  }
}
