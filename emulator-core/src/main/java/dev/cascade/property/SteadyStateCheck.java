package dev.cascade.property;

import dev.cascade.metrics.Readings;
import dev.cascade.metrics.SeveralSeriesException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A steady state whose probes are compiled. */
public final class SteadyStateCheck {
  private final Map<String, Expression> probes = new LinkedHashMap<>();

  /**
   * Compiles all probes.
   *
   * @throws ExpressionException with all that is wrong, by the names of the probes
   */
  public SteadyStateCheck(SteadyState steadyState, Vocabulary vocabulary) {
    List<ExpressionException.Problem> problems = new ArrayList<>();
    for (SteadyState.Probe probe : steadyState.probes()) {
      try {
        probes.put(probe.name(), Expression.condition(probe.expr(), vocabulary));
      } catch (ExpressionException invalid) {
        invalid.problems().forEach(problem -> problems.add(problem.in(probe.name())));
      }
    }
    if (!problems.isEmpty()) {
      throw new ExpressionException(problems);
    }
  }

  /**
   * Tests every probe at the newest tick, at its worst in it.
   *
   * @throws PropertyDefectException if a probe cannot be judged as it is written
   */
  public List<ProbeResult> test(Readings readings) {
    TickView moment = TickView.during(readings, readings.store().ticks() - 1, List.of());
    List<ProbeResult> results = new ArrayList<>();
    probes.forEach((name, probe) -> results.add(test(name, probe, moment)));
    return results;
  }

  private static ProbeResult test(String name, Expression probe, TickView moment) {
    try {
      Result result =
          switch (probe.judge(moment).worst()) {
            case TRUE -> Result.HOLDS;
            case UNKNOWN -> Result.UNKNOWN;
            case FALSE -> Result.VIOLATED;
          };
      return new ProbeResult(name, result, measured(probe, moment));
    } catch (SeveralSeriesException defect) {
      throw new PropertyDefectException(name, defect);
    }
  }

  private static @Nullable Double measured(Expression probe, TickView moment) {
    Extreme extreme = Extreme.of(probe.condition(), true);
    if (extreme == null) {
      return null;
    }
    extreme.tick(moment);
    return extreme.value();
  }

  /** Whether all hold; unknown if none is violated and not all are known. */
  public static Result of(List<ProbeResult> results) {
    if (results.stream().anyMatch(result -> result.result() == Result.VIOLATED)) {
      return Result.VIOLATED;
    }
    return results.stream().allMatch(result -> result.result() == Result.HOLDS)
        ? Result.HOLDS
        : Result.UNKNOWN;
  }
}
