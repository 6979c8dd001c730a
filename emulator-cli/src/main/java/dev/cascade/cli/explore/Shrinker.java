package dev.cascade.cli.explore;

import dev.cascade.scenario.ReducibleScenario;
import dev.cascade.scenario.ReducibleScenario.Knob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a smaller scenario that still fails: leaves out halves, quarters and so on of what it
 * consists of (delta debugging, Zeller and Hildebrandt 2002), and makes less of what is left, until
 * nothing more can go or the trial has had enough.
 */
public final class Shrinker {
  /** A knob is turned so often in one pass: 2^10 times less. */
  private static final int TURNS_MAX = 10;

  /** Whether a smaller scenario still fails. */
  public interface Trial {
    /**
     * Tries it.
     *
     * @return how it fails; null if it does not, or is no scenario
     */
    @Nullable Failing of(ReducibleScenario candidate);

    /** Whether it has tried as much as it may. */
    boolean isOver();
  }

  /**
   * A scenario that fails.
   *
   * @param scenario with the seed and schedule of a run that does
   * @param violation when that run's property is violated first
   */
  public record Failing(ReducibleScenario scenario, Duration violation) {}

  private final String property;
  private final Trial trial;
  private Failing smallest;

  /**
   * A search that begins here.
   *
   * @param property whose violation is to stay
   */
  public Shrinker(String property, Failing from, Trial trial) {
    this.property = property;
    this.smallest = from;
    this.trial = trial;
  }

  /** The smallest that was found. */
  public Failing shrink() {
    accept(smallest.scenario().judgedBy(property));
    String before;
    do {
      before = smallest.scenario().text();
      shorten();
      leaveOut(ReducibleScenario::steps, ReducibleScenario::withoutSteps);
      leaveOut(ReducibleScenario::entries, ReducibleScenario::withoutEntries);
      leaveOut(ReducibleScenario::links, ReducibleScenario::withoutLinks);
      leaveOut(ReducibleScenario::configuration, ReducibleScenario::withoutConfiguration);
      turnDown();
      shorten();
    } while (!trial.isOver() && !before.equals(smallest.scenario().text()));
    return smallest;
  }

  private boolean accept(ReducibleScenario candidate) {
    if (trial.isOver() || candidate.text().equals(smallest.scenario().text())) {
      return false;
    }
    Failing failing = trial.of(candidate);
    if (failing == null) {
      return false;
    }
    smallest = failing;
    return true;
  }

  /** Leaves out as many parts at once as it can. */
  private void leaveOut(
      Function<ReducibleScenario, List<String>> parts,
      BiFunction<ReducibleScenario, List<String>, ReducibleScenario> without) {
    int size = parts.apply(smallest.scenario()).size();
    while (size >= 1 && !trial.isOver()) {
      boolean gone = false;
      List<String> all = parts.apply(smallest.scenario());
      // From the end: what comes last depends on what comes first more often than the other way.
      for (int end = all.size(); end > 0; end -= size) {
        List<String> some = new ArrayList<>(all.subList(Math.max(0, end - size), end));
        some.retainAll(parts.apply(smallest.scenario()));
        gone |= !some.isEmpty() && accept(without.apply(smallest.scenario(), some));
      }
      int left = parts.apply(smallest.scenario()).size();
      size = gone && size == 1 ? Math.min(1, left) : Math.min(left, size) / 2;
    }
  }

  private void turnDown() {
    for (Knob knob : smallest.scenario().knobs()) {
      Knob turned = knob;
      for (int turn = 0; turn < TURNS_MAX && turned != null && !trial.isOver(); turn++) {
        turned = turnDown(turned);
      }
    }
  }

  /** Makes less of something; null if it cannot be. */
  private @Nullable Knob turnDown(Knob knob) {
    for (String less : knob.less()) {
      if (accept(smallest.scenario().with(knob.path(), less))) {
        return new Knob(knob.path(), less, knob.kind());
      }
    }
    return null;
  }

  /**
   * Ends it soon after the violation: a second later, in whole seconds; else after half the time.
   */
  private void shorten() {
    Duration now = smallest.scenario().duration();
    if (now == null) {
      return;
    }
    Duration soon = Duration.ofSeconds(smallest.violation().toSeconds() + 2);
    if (soon.compareTo(now) < 0 && accept(smallest.scenario().lasting(soon))) {
      return;
    }
    Duration half = Duration.ofMillis(now.toMillis() / 2);
    if (!half.isZero()) {
      accept(smallest.scenario().lasting(half));
    }
  }
}
