package dev.cascade.testkit;

import dev.cascade.property.Result;
import dev.cascade.property.Triviality;
import dev.cascade.random.DurationText;
import dev.cascade.run.PropertyVerdict;
import dev.cascade.run.RunResult;
import dev.cascade.run.Verdict;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Asserts about one run. A failure keeps the run, and says where and how to repeat it. */
public final class RunAssert extends AbstractAssert<RunAssert, RunResult> {
  private @Nullable PropertyVerdict named;

  RunAssert(RunResult actual) {
    super(actual, RunAssert.class);
  }

  /** That all is as the scenario expects, and that no property is such that it always would be. */
  public RunAssert passes() {
    isNotNull();
    actual.findings().properties().forEach(this::requireTelling);
    if (actual.verdict() != Verdict.PASS) {
      throw deviation(
          "Expected the verdict pass, but it was %s.".formatted(actual.verdict().word()));
    }
    return this;
  }

  /** That these properties hold. A property that cannot be violated is a failure, too. */
  public RunAssert holds(String... properties) {
    for (String property : properties) {
      is(property, Result.HOLDS);
    }
    return this;
  }

  /** That a property is violated. */
  public RunAssert violates(String property) {
    return is(property, Result.VIOLATED);
  }

  /** That a property is violated, for the first time between two virtual times. */
  public RunAssert violates(String property, Duration from, Duration to) {
    return violates(property).between(from, to);
  }

  /** That the property named last is first violated between two virtual times. */
  public RunAssert between(Duration from, Duration to) {
    PropertyVerdict property = named();
    Duration first = property.result().firstViolation();
    if (first == null || first.compareTo(from) < 0 || first.compareTo(to) > 0) {
      throw deviation(
          "Expected the property (%s) to be first violated between %s and %s, but it was %s."
              .formatted(
                  property.name(),
                  DurationText.format(from),
                  DurationText.format(to),
                  first == null ? "at no time" : "at " + DurationText.instant(first)));
    }
    return this;
  }

  /** That no violation of the property named last lasts longer than this. */
  public RunAssert recoversWithin(Duration limit) {
    PropertyVerdict property = named();
    Duration longest = property.result().longestViolation();
    if (longest.compareTo(limit) > 0) {
      throw deviation(
          "Expected the property (%s) to recover within %s, but it was violated for %s."
              .formatted(
                  property.name(), DurationText.format(limit), DurationText.format(longest)));
    }
    return this;
  }

  /** That a measurement lies between two numbers, these included. */
  public RunAssert measures(String measurement, double least, double most) {
    isNotNull();
    if (!actual.findings().measurements().containsKey(measurement)) {
      throw deviation("The run has no measurement (%s).".formatted(measurement));
    }
    Double value = actual.findings().measurements().get(measurement);
    if (value == null || !(value >= least && value <= most)) {
      throw deviation(
          "Expected the measurement (%s) between %s and %s, but it was %s."
              .formatted(measurement, least, most, value == null ? "not measured" : value));
    }
    return this;
  }

  /** That another run had the same history. */
  public RunAssert hasSameHistoryAs(RunResult other) {
    isNotNull();
    if (!actual.recording().traceHash().equals(other.recording().traceHash())) {
      throw deviation(
          "Expected the history %s, but it was %s: something does not follow from scenario and seed."
              .formatted(other.recording().traceHash(), actual.recording().traceHash()));
    }
    return this;
  }

  private RunAssert is(String property, Result expected) {
    isNotNull();
    PropertyVerdict verdict = actual.property(property);
    named = verdict;
    requireTelling(verdict);
    if (verdict.result().result() != expected) {
      throw deviation(
          "Expected of the property (%s): %s, but: %s."
              .formatted(property, expected.word(), verdict.result().result().word()));
    }
    return this;
  }

  /** A test that cannot fail shows nothing. */
  private void requireTelling(PropertyVerdict property) {
    Triviality trivial = Telling.triviality(actual.scenario(), property.spec());
    if (trivial != null) {
      throw deviation(
          trivial.sentence(property.name()) + " What asserts about it is the same for any system.");
    }
  }

  private PropertyVerdict named() {
    if (named == null) {
      throw new IllegalStateException("No property was named. Maybe violates(\"...\") before?");
    }
    return named;
  }

  private AssertionError deviation(String message) {
    return new FailedRun(actual).failure(message);
  }
}
