package dev.cascade.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.testkit.EmulationAssertions;
import org.junit.jupiter.api.Test;

/** A post-mortem's timeline in a whole run: what is given is shown, what is emergent is scored. */
class TimelineScenarioTest {
  private static final String CUT =
      "method: [{name: cut, at: 20s, action: partition, target: a, against: b, duration: 10s}]";

  /** Pings are counted over two seconds, so that 2 s after the cut there are none. */
  private static String timeline(String clock, String more) {
    return """
        timeline:
          - {name: link-fails, clock: "09:00", given: event('cut')}
          - {name: silence, clock: "%s", tolerance: 1s, follows: link-fails, emergent: "sum(rate('pings_total{from=~\\"a.*\\",to=~\\"b.*\\"}', '2s')) == 0"%s}
        """
        .formatted(clock, more);
  }

  private static RunResult run(String timeline, String... sections) {
    String[] all = new String[sections.length + 2];
    all[0] = CUT;
    all[1] = timeline;
    System.arraycopy(sections, 0, all, 2, sections.length);
    return Stage.run(Stage.file(all));
  }

  @Test
  void inTimePasses() {
    RunResult result = run(timeline("09:00:03", ""));

    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.findings().timeline())
        .extracting(TimelineVerdict::isScored)
        .containsExactly(false, true);
  }

  @Test
  void outOfTimeFails() {
    assertThat(run(timeline("09:00:10", "")).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void whatIsExpectedToDeviateMay() {
    RunResult result =
        run(timeline("09:00:10", ""), "expect: {base: {silence: {violatedIn: [0.2, 1]}}}");

    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void withAMitigationHistoryIsMeantToBeAnother() {
    RunResult result =
        Stage.run(
            Stage.file(
                CUT,
                timeline("09:00:10", ""),
                "mitigations: [{name: fewer, set: {topology.a.replicas: 2}}]"),
            "fewer");

    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.findings().timeline()).noneMatch(TimelineVerdict::isScored);
    assertThat(JunitXml.of(result)).contains("name=\"timeline: silence\"><skipped message=");
  }

  /** What a build server reads fails with the run, and says how far off it was. */
  @Test
  void whatIsScoredIsATestOfItsOwn() {
    assertThat(JunitXml.of(run(timeline("09:00:10", ""))))
        .contains("tests=\"1\" failures=\"1\" skipped=\"0\"")
        .contains("name=\"timeline: silence\"><failure message=")
        .contains("It came too early.")
        .doesNotContain("link-fails");
    assertThat(JunitXml.of(run(timeline("09:00:03", ""))))
        .contains("tests=\"1\" failures=\"0\" skipped=\"0\"")
        .contains("name=\"timeline: silence\"/>");
  }

  @Test
  void aFailedTestTellsItToo() {
    RunResult late = run(timeline("09:00:10", ""));

    assertThatThrownBy(() -> EmulationAssertions.assertThat(late).passes())
        .hasMessageContaining("Expected the verdict pass, but it was fail.")
        .hasMessageContaining("timeline silence: violated, came at ")
        .hasMessageContaining("expected at 30s within 1s: It came too early.");
  }

  @Test
  void itIsNoPartOfWhatHappens() {
    RunResult with = run(timeline("09:00:03", ""));
    RunResult without = Stage.run(Stage.file(CUT));

    assertThat(with.recording().traceHash()).isEqualTo(without.recording().traceHash());
  }
}
