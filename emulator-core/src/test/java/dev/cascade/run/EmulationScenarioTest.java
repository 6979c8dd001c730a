package dev.cascade.run;

import static dev.cascade.run.Stage.file;
import static dev.cascade.run.Stage.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.property.Conclusion.Match;
import dev.cascade.property.Result;
import dev.cascade.scenario.ScenarioFile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A scenario and a seed become a result: how a run is judged, and when it ends. */
class EmulationScenarioTest {
  private static final String CUT =
      "method: [{name: cut, at: 20s, action: crash, target: b, duration: 10s}]";

  private static final String HEARD = "sum(rate('pings_total{to=\\\"b-1\\\"}', '2s')) > 30";

  private static final String STEADY =
      "steadyState: {probes: [{name: heard, expr: \"" + HEARD + "\"}]}";

  private static final String PROPERTY = "properties: [{name: heard, always: \"" + HEARD + "\"}]";

  @Test
  void steadyStateIsTestedBeforeTheMethodAndAtTheEnd() {
    RunResult result = run(file(STEADY, CUT));

    assertThat(result.findings().steadyBefore())
        .extracting(p -> p.result())
        .containsExactly(Result.HOLDS);
    assertThat(result.findings().steadyAfter())
        .extracting(p -> p.result())
        .containsExactly(Result.HOLDS);
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void steadyStateThatDoesNotComeBackIsTold() {
    RunResult result = run(file(STEADY, CUT.replace(", duration: 10s", "")));

    assertThat(result.findings().steadyAfter())
        .extracting(p -> p.result())
        .containsExactly(Result.VIOLATED);
    assertThat(result.verdict()).as("only properties are expected").isEqualTo(Verdict.PASS);
  }

  @Test
  void methodIsNotBegunWithoutASteadyState() {
    RunResult result = run(file(STEADY.replace("> 30", "> 90"), CUT));

    assertThat(result.end().ending()).isEqualTo(Ending.STEADY_STATE);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(result.end().virtualTime()).isEqualTo(Duration.ofSeconds(20));
    assertThat(result.recording().journal())
        .noneMatch(entry -> entry.kind() == JournalEntry.Kind.STEP);
    assertThat(result.findings().steadyAfter()).isEmpty();
  }

  @Test
  void failFastEndsWithTheFirstDeviation() {
    ScenarioFile file = file(CUT, PROPERTY);
    RunResult whole = run(file);
    RunResult fast =
        Emulation.of(file, List.of(), 3).options(RunOptions.DEFAULT.failFast(true)).run();

    assertThat(whole.end().ending()).isEqualTo(Ending.COMPLETED);
    assertThat(fast.end().ending()).isEqualTo(Ending.FAIL_FAST);
    assertThat(fast.verdict()).isEqualTo(whole.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(fast.end().virtualTime())
        .isEqualTo(whole.property("heard").result().firstViolation());
  }

  @Test
  void failFastGoesOnWhereTheViolationIsExpected() {
    ScenarioFile file = file(CUT, PROPERTY, "expect: {base: {heard: violated}}");

    RunResult result =
        Emulation.of(file, List.of(), 3).options(RunOptions.DEFAULT.failFast(true)).run();

    assertThat(result.end().ending()).isEqualTo(Ending.COMPLETED);
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void mitigationsAreJudgedByWhatIsExpectedOfThem() {
    ScenarioFile file =
        file(
            CUT,
            PROPERTY,
            "mitigations:",
            "  - {name: power, set: {method.cut.enabled: false}}",
            "  - {name: longer, set: {method.cut.duration: 20s}}",
            "expect: {base: {heard: violated}, power: {heard: violated}}");

    assertThat(run(file).verdict()).isEqualTo(Verdict.PASS);
    RunResult deviates = run(file, "power");
    assertThat(deviates.property("heard").result().result()).isEqualTo(Result.HOLDS);
    assertThat(deviates.property("heard").conclusion().match()).isEqualTo(Match.DEVIATED);
    assertThat(deviates.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(run(file, "longer").verdict()).as("to hold, if not said").isEqualTo(Verdict.FAIL);
  }

  @Test
  void oneRunIsConsistentWithARateThatAllowsIt() {
    String rate = "expect: {base: {heard: {violatedIn: [%s], confidence: 0.95}}}";

    assertThat(run(file(CUT, PROPERTY, rate.formatted("0.2, 0.8"))).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(run(file(CUT, PROPERTY, rate.formatted("0, 0"))).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void minusIsTheSameNumberOfTheControlRun() {
    String expr = "sum(total('pings_total'))";
    String rest = CUT + "\nmeasurements:\n  pings: \"" + expr + "\"\n";
    RunResult difference =
        run(file(rest + "  lost: {expr: \"" + expr + "\", minus: {method.cut.enabled: false}}"));
    RunResult control = run(file(rest.replace("duration: 10s", "duration: 10s, enabled: false")));

    double own = difference.findings().measurements().get("pings");
    double other = control.findings().measurements().get("pings");
    assertThat(difference.findings().measurements().get("lost")).isEqualTo(own - other);
    // Ten seconds without b: it neither pings four hosts nor hears them, ten times a second.
    assertThat(own - other).isCloseTo(-800, within(15.0));
  }

  @Test
  void minusIsNotKnownOfARunThatWasCutShort() {
    ScenarioFile file =
        file(
            STEADY.replace("> 30", "> 90"),
            CUT,
            "measurements: {lost: {expr: \"sum(total('pings_total'))\", minus: {seed: 4}}}");

    assertThat(run(file).findings().measurements()).containsEntry("lost", null);
  }

  @Test
  void stopEndsARunAtAMomentOfRest() {
    Emulation emulation = Emulation.of(file(CUT, PROPERTY), List.of(), 3);
    emulation.listener(
        new RunListener() {
          @Override
          public void onProgress(Progress progress) {
            if (progress.time().equals(Duration.ofSeconds(10))) {
              emulation.stop();
            }
          }
        });

    RunResult result = emulation.run();

    assertThat(result.end().ending()).isEqualTo(Ending.STOPPED);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(result.end().virtualTime())
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    assertThat(result.recording().messages().missing()).isZero();
  }

  @Test
  void timeLimitGivesARunUp() {
    RunOptions options = RunOptions.DEFAULT.pace(Pace.parse("1x")).timeLimit(Duration.ofMillis(60));

    RunResult result = Emulation.of(file(CUT), List.of(), 3).options(options).run();

    assertThat(result.end().ending()).isEqualTo(Ending.TIME_LIMIT);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  /** Else a setting that switches a step off would break every property about it. */
  @Test
  void whatIsSwitchedOffMayStillBeNamed() {
    RunResult result =
        run(
            file(
                "method: [{name: cut, at: 20s, enabled: false, action: pause, target: b}]",
                "properties:\n"
                    + "  - {name: after-the-cut, when: event('cut'), within: 5s, eventually: seconds() > 0}\n"
                    + "  - {name: never-cut, never: event('cut')}"));

    assertThat(result.property("after-the-cut").result().result()).isEqualTo(Result.UNKNOWN);
    assertThat(result.property("never-cut").result().result()).isEqualTo(Result.HOLDS);
  }

  @Test
  void namesAreNoPartOfWhatHappens() {
    String text =
        """
        method: [{name: cut, at: 20s, action: crash, target: {name: a, mode: all}, duration: 10s}]
        properties: [{name: heard, always: "%s"}]
        mitigations: [{name: one, set: {method.cut.duration: 5s}}]
        """
            .formatted(HEARD);
    RunResult one = run(file(text), "one");
    RunResult other =
        run(
            file(text.replace("name: heard", "name: other").replace("name: one", "name: two")),
            "two");

    assertThat(other.recording().traceHash()).isEqualTo(one.recording().traceHash());
  }
}
