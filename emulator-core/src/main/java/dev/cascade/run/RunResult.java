package dev.cascade.run;

import dev.cascade.engine.MessageCounts;
import dev.cascade.engine.RequestSpan;
import dev.cascade.engine.RunFailure;
import dev.cascade.engine.WorkCounts;
import dev.cascade.metrics.SeriesStore;
import dev.cascade.node.MetricInfo;
import dev.cascade.property.ProbeResult;
import dev.cascade.scenario.Scenario;
import dev.cascade.schedule.ScheduleCounts;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run was and what it showed.
 *
 * @param scenario what was run, with its seed and mitigations
 * @param options how it was run
 * @param end why and when it ended
 * @param findings what was judged and measured
 * @param recording what was written down while it ran
 */
public record RunResult(
    Scenario scenario, RunOptions options, End end, Findings findings, Recording recording) {

  /**
   * How a run ended.
   *
   * @param ending why
   * @param virtualTime virtual time that it reached
   * @param wallTime how long that took on the wall clock
   * @param failure the defect that ended it, if one did
   */
  public record End(
      Ending ending, Duration virtualTime, Duration wallTime, @Nullable RunFailure failure) {}

  /**
   * What was judged and measured.
   *
   * @param verdict whether all was as expected
   * @param properties each property, in the order of the scenario
   * @param timeline each entry of the timeline, in the order of the scenario
   * @param steadyBefore the steady state before the method; empty if it was not tested
   * @param steadyAfter the steady state at the end; empty if it was not tested
   * @param measurements numbers by name, in base units; null where nothing was measured
   */
  public record Findings(
      Verdict verdict,
      List<PropertyVerdict> properties,
      List<TimelineVerdict> timeline,
      List<ProbeResult> steadyBefore,
      List<ProbeResult> steadyAfter,
      Map<String, @Nullable Double> measurements) {
    public Findings {
      properties = List.copyOf(properties);
      timeline = List.copyOf(timeline);
      steadyBefore = List.copyOf(steadyBefore);
      steadyAfter = List.copyOf(steadyAfter);
      measurements = Collections.unmodifiableMap(new LinkedHashMap<>(measurements));
    }
  }

  /**
   * What was written down.
   *
   * @param traceHash the history of all hosts, as 16 hexadecimal digits
   * @param events what the engine did: a measure of work, not part of the result
   * @param messages what became of every message
   * @param work whom it served
   * @param series all metrics
   * @param metrics what is known of them
   * @param journal what happened
   * @param requests as many as were written down
   * @param checkpoints the history step by step
   * @param schedule what there was to choose; null if nobody looked
   */
  public record Recording(
      String traceHash,
      long events,
      MessageCounts messages,
      WorkCounts work,
      SeriesStore series,
      List<MetricInfo> metrics,
      List<JournalEntry> journal,
      Requests requests,
      Checkpoints checkpoints,
      @Nullable ScheduleCounts schedule) {
    public Recording {
      metrics = List.copyOf(metrics);
      journal = List.copyOf(journal);
    }
  }

  /**
   * Requests, from the client's opening of a connection to its end.
   *
   * @param kept in the order of their ends
   * @param leftOut how many more there were
   */
  public record Requests(List<RequestSpan> kept, long leftOut) {
    public Requests {
      kept = List.copyOf(kept);
    }
  }

  /** The same with other measurements. */
  RunResult measured(Map<String, @Nullable Double> measurements) {
    Findings others =
        new Findings(
            findings.verdict(),
            findings.properties(),
            findings.timeline(),
            findings.steadyBefore(),
            findings.steadyAfter(),
            measurements);
    return new RunResult(scenario, options, end, others, recording);
  }

  /** Whether reality was as expected. */
  public Verdict verdict() {
    return findings.verdict();
  }

  /** The property of a name. */
  public PropertyVerdict property(String name) {
    return findings.properties().stream()
        .filter(property -> property.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("The run has no property (" + name + ")."));
  }
}
