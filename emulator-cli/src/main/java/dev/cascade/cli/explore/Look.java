package dev.cascade.cli.explore;

import dev.cascade.property.Conclusion.Match;
import dev.cascade.property.Result;
import dev.cascade.run.Ending;
import dev.cascade.run.PropertyVerdict;
import dev.cascade.run.RunResult;
import dev.cascade.run.Verdict;
import dev.cascade.schedule.ScheduleCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a run of a search.
 *
 * @param seed its own
 * @param hits the properties that were sought and found, in the order of the scenario
 * @param judged whether it could be judged
 * @param wallSeconds how long it took on the wall clock
 * @param counts what there was to choose
 * @param failed the result of a run that failed, as its model or the engine is wrong; else null
 */
public record Look(
    long seed,
    List<String> hits,
    boolean judged,
    double wallSeconds,
    ScheduleCounts counts,
    @Nullable RunResult failed) {
  public Look {
    hits = List.copyOf(hits);
  }

  /**
   * Looks at a run.
   *
   * @param seed of the run, or of its schedule
   * @param sought properties whose violation is sought; any that deviates if empty
   */
  public static Look of(RunResult result, long seed, List<String> sought) {
    ScheduleCounts counts = result.recording().schedule();
    boolean failed = result.end().ending() == Ending.FAILED;
    return new Look(
        seed,
        failed ? List.of() : hits(result, sought),
        !failed && isJudged(result, sought),
        result.end().wallTime().toNanos() / 1e9,
        counts == null ? new ScheduleCounts(0, 0, 0) : counts,
        failed ? result : null);
  }

  /** What is not sought may stay open, as most of a long scenario does in a short run. */
  private static boolean isJudged(RunResult result, List<String> sought) {
    return sought.isEmpty()
        ? result.verdict() != Verdict.INCONCLUSIVE
        : result.end().ending().isWhole()
            && result.findings().properties().stream()
                .filter(verdict -> sought.contains(verdict.name()))
                .noneMatch(verdict -> verdict.result().result() == Result.UNKNOWN);
  }

  /** The properties of a run that are what is sought. */
  public static List<String> hits(RunResult result, List<String> sought) {
    return result.findings().properties().stream()
        .filter(verdict -> isHit(verdict, sought))
        .map(PropertyVerdict::name)
        .toList();
  }

  private static boolean isHit(PropertyVerdict verdict, List<String> sought) {
    return sought.isEmpty()
        ? verdict.counts() && verdict.conclusion().match() == Match.DEVIATED
        : sought.contains(verdict.name()) && verdict.result().result() == Result.VIOLATED;
  }

  /** Whether it is what was sought. */
  public boolean isHit() {
    return !hits.isEmpty();
  }
}
