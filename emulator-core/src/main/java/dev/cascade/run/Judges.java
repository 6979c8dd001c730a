package dev.cascade.run;

import dev.cascade.metrics.Readings;
import dev.cascade.property.CompiledProperty;
import dev.cascade.property.Conclusion;
import dev.cascade.property.Conclusion.Match;
import dev.cascade.property.Expectation;
import dev.cascade.property.Expectations;
import dev.cascade.property.Expression;
import dev.cascade.property.MonitorState;
import dev.cascade.property.Occurrence;
import dev.cascade.property.ProbeResult;
import dev.cascade.property.PropertyResult;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.PropertyWatch;
import dev.cascade.property.Result;
import dev.cascade.property.SteadyState;
import dev.cascade.property.SteadyStateCheck;
import dev.cascade.property.TimelineFinding;
import dev.cascade.property.TimelineWatch;
import dev.cascade.property.Truth;
import dev.cascade.property.Vocabulary;
import dev.cascade.random.DurationText;
import dev.cascade.scenario.Limit;
import dev.cascade.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Those who judge a run while it goes on: properties, steady state, expectations, measurements. */
final class Judges {
  private final Scenario scenario;
  private final Readings readings;
  private final Journal journal;
  private final Vocabulary vocabulary;
  private final TimelineWatch timeline;
  private final PropertyWatch watch;
  private final Expectations expectations;
  private final @Nullable SteadyStateCheck steadyState;
  private final Map<String, Expression> measurements = new LinkedHashMap<>();
  private List<MonitorState> states = List.of();
  private List<ProbeResult> before = List.of();
  private List<ProbeResult> after = List.of();

  Judges(Scenario scenario, Readings readings, Journal journal) {
    this.scenario = scenario;
    this.readings = readings;
    this.journal = journal;
    this.vocabulary = Words.vocabulary(scenario);
    List<CompiledProperty> properties = new ArrayList<>();
    for (PropertySpec spec : scenario.properties()) {
      properties.add(CompiledProperty.of(spec, vocabulary));
    }
    this.timeline = new TimelineWatch(scenario.timeline(), vocabulary, readings);
    this.watch = new PropertyWatch(properties, timeline, readings);
    this.expectations = scenario.expected();
    SteadyState steady = scenario.steadyState();
    this.steadyState = steady == null ? null : new SteadyStateCheck(steady, vocabulary);
    scenario
        .measurements()
        .forEach((name, expr) -> measurements.put(name, Expression.number(expr, vocabulary)));
  }

  void onEvent(Occurrence occurrence) {
    watch.onEvent(occurrence);
  }

  void onTick(long timeNanos) {
    watch.onTick();
    List<MonitorState> now = watch.states();
    for (int i = 0; i < now.size(); i++) {
      MonitorState then = states.isEmpty() ? MonitorState.WARMING_UP : states.get(i);
      if (now.get(i) != then) {
        journal.note(
            timeNanos,
            JournalEntry.Kind.PROPERTY,
            scenario.properties().get(i).name(),
            "from",
            word(then),
            "to",
            word(now.get(i)));
      }
    }
    states = now;
  }

  static String word(MonitorState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How the properties stand, in their order. */
  Map<String, MonitorState> states() {
    Map<String, MonitorState> byName = new LinkedHashMap<>();
    for (int i = 0; i < states.size(); i++) {
      byName.put(scenario.properties().get(i).name(), states.get(i));
    }
    return byName;
  }

  /** Whether a property already deviates from what is expected, whatever comes. */
  boolean hasFailed() {
    for (int i = 0; i < states.size(); i++) {
      PropertySpec spec = scenario.properties().get(i);
      if (states.get(i) == MonitorState.VIOLATED
          && spec.severity() != dev.cascade.property.Severity.WARN
          && expectations.of(spec.name()).judge(Result.VIOLATED).match() == Match.DEVIATED) {
        return true;
      }
    }
    return false;
  }

  /** Tests the steady state before the method; whether the method may begin. */
  boolean isSteady(long timeNanos) {
    before = test(timeNanos, "before");
    return before.isEmpty() || SteadyStateCheck.of(before) == Result.HOLDS;
  }

  /** Tests the steady state at the end. */
  void testAfter(long timeNanos) {
    after = test(timeNanos, "after");
  }

  private List<ProbeResult> test(long timeNanos, String when) {
    if (steadyState == null) {
      return List.of();
    }
    if (readings.store().ticks() == 0) {
      return List.of();
    }
    List<ProbeResult> results = steadyState.test(readings);
    for (ProbeResult probe : results) {
      journal.note(
          timeNanos,
          JournalEntry.Kind.STEADY_STATE,
          probe.name(),
          "when",
          when,
          "result",
          probe.result().word(),
          "measured",
          String.valueOf(probe.measured()));
    }
    return results;
  }

  /** The verdicts; the run ended with the last tick, for this reason. */
  RunResult.Findings findings(Ending ending) {
    List<PropertyVerdict> verdicts = new ArrayList<>();
    List<PropertyResult> results = watch.finish();
    for (int i = 0; i < results.size(); i++) {
      PropertySpec spec = scenario.properties().get(i);
      var expected = expectations.of(spec.name());
      Conclusion conclusion = expected.judge(results.get(i).result());
      verdicts.add(
          new PropertyVerdict(spec, results.get(i), expected, conclusion, thresholds(spec.name())));
    }
    Map<String, @Nullable Double> numbers = new LinkedHashMap<>();
    int lastTick = readings.store().ticks() - 1;
    measurements.forEach((name, expr) -> numbers.put(name, expr.measure(readings, lastTick)));
    List<TimelineVerdict> entries =
        timeline.finish().stream().map(finding -> verdict(finding)).toList();
    Verdict verdict = verdict(ending, matches(verdicts, entries));
    return new RunResult.Findings(verdict, verdicts, entries, before, after, numbers);
  }

  private TimelineVerdict verdict(TimelineFinding finding) {
    String name = finding.entry().name();
    Expectation expected = expectations.of(name);
    boolean isScored = finding.entry().isEmergent() && scenario.active().isEmpty();
    return new TimelineVerdict(finding, expected, expected.judge(finding.result()), isScored);
  }

  /** Of all that decides over the run, whether it was as expected. */
  private static List<Match> matches(
      List<PropertyVerdict> properties, List<TimelineVerdict> entries) {
    return Stream.concat(
            properties.stream().filter(PropertyVerdict::counts).map(PropertyVerdict::conclusion),
            entries.stream().filter(TimelineVerdict::isScored).map(TimelineVerdict::conclusion))
        .map(Conclusion::match)
        .toList();
  }

  private List<ThresholdVerdict> thresholds(String property) {
    List<ThresholdVerdict> verdicts = new ArrayList<>();
    int lastTick = readings.store().ticks() - 1;
    for (Limit limit : scenario.thresholds().getOrDefault(property, List.of())) {
      Double measured = Expression.number(limit.number(), vocabulary).measure(readings, lastTick);
      Result result =
          measured == null
              ? Result.UNKNOWN
              : isTrue(limit, lastTick) ? Result.HOLDS : Result.VIOLATED;
      verdicts.add(new ThresholdVerdict(limit, result, measured));
    }
    return verdicts;
  }

  private boolean isTrue(Limit limit, int tick) {
    return Expression.condition(limit.condition(), vocabulary).judge(readings, tick).worst()
        == Truth.TRUE;
  }

  private static Verdict verdict(Ending ending, List<Match> matches) {
    if (ending == Ending.FAILED) {
      return Verdict.INCONCLUSIVE;
    }
    if (ending.isWhole() && matches.contains(Match.DEVIATED)) {
      return Verdict.FAIL;
    }
    boolean open = matches.contains(Match.INCONCLUSIVE);
    return open || !ending.isWhole() ? Verdict.INCONCLUSIVE : Verdict.PASS;
  }

  /** A time for people. */
  static String time(long nanos) {
    return DurationText.format(Duration.ofNanos(nanos));
  }
}
