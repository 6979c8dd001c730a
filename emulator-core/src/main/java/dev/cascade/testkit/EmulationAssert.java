package dev.cascade.testkit;

import dev.cascade.engine.HandledMessage;
import dev.cascade.property.Result;
import dev.cascade.run.Emulation;
import dev.cascade.run.Replay;
import dev.cascade.run.RunListener;
import dev.cascade.run.RunOptions;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.Scenario;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * Asserts about an emulation over many seeds, beginning with its own. The emulation itself is not
 * started.
 */
public final class EmulationAssert extends AbstractAssert<EmulationAssert, Emulation> {
  private static final int RUNS_MAX = 1000;

  private int runsMax = RUNS_MAX;

  EmulationAssert(Emulation actual) {
    super(actual, EmulationAssert.class);
  }

  /** Gives up as inconclusive after so many runs; 1000 if nothing is said. */
  public EmulationAssert inAtMost(int runs) {
    runsMax = runs;
    return this;
  }

  /** Begins a sentence about a property, which must be one that runs can decide. */
  public Rate property(String name) {
    actual.scenario().properties().stream()
        .filter(property -> property.name().equals(name))
        .map(property -> Telling.triviality(actual.scenario(), property))
        .filter(Objects::nonNull)
        .forEach(
            trivial -> {
              throw new AssertionError(
                  trivial.sentence(name) + " A rate of it is the same for any system.");
            });
    return new Rate(
        "the property (%s)".formatted(name), run -> run.property(name).result().result());
  }

  /**
   * Begins a sentence about anything that is true of a run or not.
   *
   * @param claim what it is, in words: it recovers within 30 s
   */
  public Rate claim(String claim, Predicate<RunResult> isTrue) {
    return new Rate(
        "the claim (%s)".formatted(claim),
        run -> isTrue.test(run) ? Result.HOLDS : Result.VIOLATED);
  }

  /**
   * That a second run is the same, down to the bytes of its messages. It is made in the same JVM:
   * what differs only between JVMs is found by {@code cascade replay}.
   */
  public EmulationAssert isRepeatable() {
    Scenario scenario = actual.scenario();
    RunResult first = Emulation.of(scenario).options(RunOptions.DEFAULT.checked(true)).run();
    Replay second = new Replay(scenario, first.options(), RunListener.NONE);
    Replay.Parting parting = second.compare(first.recording().checkpoints()).parting();
    if (parting != null) {
      List<HandledMessage> one = second.log(parting.fromNanos(), parting.toNanos());
      List<HandledMessage> other = second.log(parting.fromNanos(), parting.toNanos());
      throw new FailedRun(first)
          .failure(
              "Expected the same history again, but something does not follow from scenario and seed. "
                  + Replay.firstDifference(one, other)
                      .map(found -> "The first event that differs: " + found.first())
                      .orElse("Two more runs agreed."));
    }
    return this;
  }

  private RunResult runWith(long seed) {
    try (Emulation emulation = actual.withSeed(seed)) {
      return emulation.run();
    }
  }

  /** How often something holds. */
  public final class Rate {
    private final String what;
    private final Function<RunResult, Result> judge;
    private double rate;
    private boolean atLeast;

    private Rate(String what, Function<RunResult, Result> judge) {
      this.what = what;
      this.judge = judge;
    }

    /** That it holds in at least this part of all runs, above 0 and below 1. */
    public Rate holdsInAtLeast(double part) {
      rate = part;
      atLeast = true;
      return this;
    }

    /** That it holds in less than this part of all runs, above 0 and below 1. */
    public Rate holdsInLessThan(double part) {
      rate = part;
      atLeast = false;
      return this;
    }

    /**
     * Decides it, with as few runs as it takes.
     *
     * @param confidence that the answer is right, whatever it is
     * @throws TestAbortedException if it cannot be decided: neither success nor failure
     */
    public EmulationAssert withConfidence(double confidence) {
      SequentialTest test = new SequentialTest(rate, confidence);
      long first = actual.scenario().timing().seed();
      RunResult lastAgainst = null;
      while (test.runs() < runsMax) {
        RunResult result = runWith(first + test.runs());
        Result found = judge.apply(result);
        if (found == Result.UNKNOWN) {
          throw new TestAbortedException(
              "With seed %d %s is unknown.".formatted(result.scenario().timing().seed(), what));
        }
        boolean holds = found == Result.HOLDS;
        lastAgainst = holds == atLeast ? lastAgainst : result;
        test.add(holds);
        SequentialTest.Side side = test.side();
        if (side != SequentialTest.Side.UNDECIDED) {
          return decided(
              test, (side == SequentialTest.Side.AT_LEAST) == atLeast, confidence, lastAgainst);
        }
      }
      throw new TestAbortedException(
          "Inconclusive: %s held in %d of %d runs, which does not decide on %s with a confidence of %s. Maybe more runs?"
              .formatted(what, test.hits(), test.runs(), rate, confidence));
    }

    private EmulationAssert decided(
        SequentialTest test, boolean asExpected, double confidence, @Nullable RunResult against) {
      if (asExpected) {
        return EmulationAssert.this;
      }
      String message =
          "Expected %s to hold in %s %s of all runs, but it held in %d of %d (confidence %s)."
              .formatted(
                  what,
                  atLeast ? "at least" : "less than",
                  rate,
                  test.hits(),
                  test.runs(),
                  confidence);
      if (against == null) {
        throw new AssertionError(message);
      }
      throw new FailedRun(against).failure(message + " One of the others:");
    }
  }
}
