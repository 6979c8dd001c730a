package dev.cascade.run;

import static dev.cascade.run.Stage.at;
import static dev.cascade.run.Stage.calls;
import static dev.cascade.run.Stage.method;
import static dev.cascade.run.Stage.pings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each fault of a scenario file does in a run what it says, to whom it says, for as long as it
 * says. Steps strike at 20 s and are over at 30 s; ten pings a second go from each to each peer.
 */
class FaultsScenarioTest {
  /** A beat more or less falls into a window of two seconds. */
  private static final Offset<Double> A_BEAT = within(0.51);

  private RunResult result;

  @AfterEach
  void accountsBalance() {
    assertThat(result.recording().messages().missing()).isZero();
    assertThat(result.end().ending()).isEqualTo(Ending.COMPLETED);
  }

  @Test
  void crashSilencesAHostUntilItStartsAgain() {
    result = method("name: cut, at: 20s, action: crash, target: b, duration: 10s");

    assertThat(pings(result, 20, "b-1", "a-1")).isCloseTo(10, A_BEAT);
    assertThat(pings(result, 29, "b-1", "a-1")).isZero();
    assertThat(pings(result, 29, "a-1", "b-1")).isZero();
    assertThat(calls(result, 29, "a-1", "timedout")).as("no power").isCloseTo(10, A_BEAT);
    assertThat(pings(result, 40, "b-1", "a-1")).isCloseTo(10, A_BEAT);
    assertThat(at(result, 60, "total('boots_total{on=\"b-1\"}')")).isEqualTo(2);
  }

  @Test
  void crashOfAProcessLeavesItsHostToRefuse() {
    result = method("name: kill, at: 20s, action: crash, target: b/main, duration: 10s");

    assertThat(calls(result, 29, "a-1", "refused")).isCloseTo(10, A_BEAT);
    assertThat(calls(result, 40, "a-1", "refused")).isZero();
    assertThat(at(result, 60, "total('boots_total{on=\"b-1\"}')")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"crash", "pause", "restart", "resume"})
  void faultOfAProcessThatDoesNotRunIsJournaledAsStrikingNothing(String action) {
    result =
        method(
            "name: kill, at: 20s, action: crash, target: b/main",
            "name: miss, at: 30s, action: "
                + action
                + ", target: "
                + (action.equals("restart") ? "b/main/child" : "b/main"));

    assertThat(result.recording().journal())
        .filteredOn(entry -> entry.name().equals("miss"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.fields()).doesNotContainKey("target");
              assertThat(entry.fields().get("note")).startsWith("struck nothing");
            });
  }

  @Test
  void crashWithoutADurationLastsUntilARestart() {
    result =
        method(
            "name: cut, at: 20s, action: crash, target: b",
            "name: mend, at: 40s, action: restart, target: b",
            "name: again, at: 50s, action: restart, target: a-1");

    assertThat(pings(result, 39, "b-1", "a-1")).isZero();
    assertThat(pings(result, 45, "b-1", "a-1")).isCloseTo(10, A_BEAT);
    assertThat(at(result, 60, "total('boots_total{on=\"b-1\"}')")).isEqualTo(2);
    assertThat(at(result, 60, "total('boots_total{on=\"a-1\"}')")).as("it ran").isEqualTo(2);
  }

  @Test
  void pauseLosesNothingThatWasHeld() {
    result =
        method(
            "name: stop, at: 20s, action: pause, target: b",
            "name: go, at: 30s, action: resume, target: b");

    assertThat(pings(result, 29, "b-1", "a-1")).isZero();
    assertThat(pings(result, 29, "a-1", "b-1")).isZero();
    assertThat(at(result, 60, "total('boots_total{on=\"b-1\"}')")).isEqualTo(1);
    // Ten each second but for the first beat, and what is under way at the end.
    assertThat(at(result, 60, "total('pings_total{from=\"a-1\"}')")).isBetween(597.0, 600.0);
  }

  @Test
  void pauseWithADurationResumesByItself() {
    result = method("name: stop, at: 20s, action: pause, target: b/main, duration: 10s");

    assertThat(pings(result, 29, "b-1", "a-1")).isZero();
    assertThat(pings(result, 40, "b-1", "a-1")).isCloseTo(10, A_BEAT);
  }

  @Test
  void partitionSwallowsBothWaysAndHealMendsIt() {
    result =
        method(
            "name: split, at: 20s, action: partition, target: a-1",
            "name: mend, at: 30s, action: heal, step: split");

    assertThat(pings(result, 29, "a-1", "b-1")).isZero();
    assertThat(pings(result, 29, "b-1", "a-1")).isZero();
    assertThat(calls(result, 29, "a-1", "timedout")).isCloseTo(10, A_BEAT);
    assertThat(pings(result, 29, "a-2", "b-1")).as("others talk on").isCloseTo(10, A_BEAT);
    assertThat(pings(result, 40, "a-1", "b-1")).isCloseTo(10, A_BEAT);
  }

  @Test
  void partitionOneWayLetsTheOtherWayPass() {
    result =
        method(
            "name: split, at: 20s, action: partition, target: a-1, against: b, direction: from,"
                + " duration: 10s");

    assertThat(pings(result, 29, "a-1", "b-1")).isZero();
    assertThat(pings(result, 29, "b-1", "a-1")).isCloseTo(10, A_BEAT);
    assertThat(pings(result, 40, "a-1", "b-1")).isCloseTo(10, A_BEAT);
  }

  @Test
  void partitionThatRefusesSaysSoAtOnce() {
    result = method("name: split, at: 20s, action: partition, target: b, cut: refuse");

    assertThat(calls(result, 29, "a-1", "refused")).isCloseTo(10, A_BEAT);
    assertThat(calls(result, 29, "a-1", "timedout")).isZero();
  }

  @Test
  void latencyComesOnTop() {
    result =
        method("name: slow, at: 20s, action: latency, target: a-1, latency: 20ms, duration: 10s");

    // 1 ms on the way, 1 ms of CPU; four hosts beat at once, so that a ping may wait for others.
    assertThat(at(result, 29, "mean('ping_seconds{from=\"b-1\",to=\"a-1\"}', '5s')"))
        .isCloseTo(0.022, within(0.001));
    assertThat(at(result, 29, "mean('ping_seconds{from=\"b-1\",to=\"a-2\"}', '5s')"))
        .isCloseTo(0.002, within(0.001));
    assertThat(at(result, 40, "mean('ping_seconds{from=\"b-1\",to=\"a-1\"}', '5s')"))
        .isCloseTo(0.002, within(0.001));
  }

  @Test
  void lossTakesItsShare() {
    result = method("name: lossy, at: 0s, action: loss, target: a, against: b, loss: 30%");

    // 4 × 600 pings: the share is known to 0.3 ± 4 × sqrt(0.3 × 0.7 / 2400).
    double came = at(result, 60, "sum(total('pings_total{to=\"b-1\"}'))");
    assertThat(1 - came / 2400).isCloseTo(0.3, within(0.037));
  }

  @Test
  void duplicateDeliversTwice() {
    result =
        method("name: twice, at: 20s, action: duplicate, target: b, duplicate: 100%, duration: 9s");

    assertThat(pings(result, 28, "a-1", "b-1")).isCloseTo(20, within(1.1));
    assertThat(pings(result, 40, "a-1", "b-1")).isCloseTo(10, A_BEAT);
    assertThat(result.recording().messages().duplicated()).isPositive();
  }

  @Test
  void bandwidthLetsPassWhatFits() {
    result =
        method(
            "name: narrow, at: 20s, action: bandwidth, target: a-1, bandwidth: 5kB/s, duration: 10s");

    assertThat(pings(result, 29, "a-1", "b-1")).as("5 of 10 kB fit").isCloseTo(5, A_BEAT);
    assertThat(pings(result, 29, "a-2", "b-1")).isCloseTo(10, A_BEAT);
  }

  @ParameterizedTest
  @CsvSource({"cores: 0.75", "percent: 75%"})
  void cpuThatIsTakenIsMissed(String amount) {
    result =
        method("name: noisy, at: 20s, action: cpu, target: a-1, " + amount + ", duration: 10s");

    double stressed = at(result, 29, "mean('ping_seconds{from=\"b-1\",to=\"a-1\"}', '5s')");
    // 1 ms on the way, 1 ms of CPU at a quarter of the core.
    assertThat(stressed).isCloseTo(0.005, within(0.0005));
    assertThat(at(result, 40, "mean('ping_seconds{from=\"b-1\",to=\"a-1\"}', '5s')"))
        .isCloseTo(0.002, within(0.0005));
  }

  @ParameterizedTest
  @CsvSource({"5s, 5", "-5s, -5"})
  void clockIsAheadOrBehind(String offset, double seconds) {
    result =
        method(
            "name: skew, at: 20s, action: clock, target: a-1, duration: 10s, offset: '%s'"
                .formatted(offset));

    String difference =
        "min(gauge('clock_seconds{host=\"a-1\"}')) - min(gauge('clock_seconds{host=\"a-2\"}'))";
    assertThat(at(result, 29, difference)).isCloseTo(seconds, within(0.11));
    assertThat(at(result, 40, difference)).isCloseTo(0, within(0.11));
  }

  @Test
  void operatorsActOnWhatTheyAreToldAndAfterADelay() {
    result =
        method(
            "name: cut, at: 20s, action: crash, target: b",
            "name: react, when: \"event('unheard')\", after: 7s, action: hush, target: a");

    JournalEntry seen = entry(JournalEntry.Kind.VISIBLE, "react");
    JournalEntry done = entry(JournalEntry.Kind.STEP, "react");
    // The time-out of 500 ms comes first, then the next tick of a second.
    assertThat(seen.timeNanos()).isEqualTo(21_000_000_000L);
    assertThat(done.timeNanos()).isEqualTo(28_000_000_000L);
    assertThat(calls(result, 27, "a-1", "timedout")).isCloseTo(10, A_BEAT);
    assertThat(calls(result, 40, "a-1", "timedout")).as("silent").isZero();
  }

  @Test
  void operatorsWaitForEverIfNothingIsSeen() {
    result = method("name: react, when: \"event('unheard')\", action: hush, target: a");

    assertThat(pings(result, 60, "a-1", "b-1")).isCloseTo(10, A_BEAT);
    assertThat(steps()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mode: one, 1",
    "mode: all, 4",
    "'mode: fixed, value: 3', 3",
    "'mode: percent, value: 50', 2"
  })
  void modeSaysHowManyOfThoseThatMatch(String mode, int hosts) {
    result = method("name: cut, at: 20s, action: crash, target: {name: a, %s}".formatted(mode));

    assertThat(silent()).hasSize(hosts);
  }

  @Test
  void zonesAndLabelsNarrowTheTarget() {
    result = method("name: cut, at: 20s, action: crash, target: {zones: [x], labels: {tier: web}}");

    assertThat(silent()).containsExactly("a-1", "a-3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | a",
        "a-1 | a-1",
        "{name: a, labels: {tier: web}, mode: fixed, value: 4} | a-1, a-2, a-3, a-4",
        "{zones: [x]} | zone x",
      })
  void journalNamesTheTargetsOfALinksFaultAsTheFileDoes(String target, String words) {
    result = method("name: slow, at: 20s, action: latency, latency: 20ms, target: " + target);

    assertThat(entry(JournalEntry.Kind.STEP, "slow").fields()).containsEntry("target", words);
  }

  @Test
  void whoIsChosenFollowsFromTheSeedAlone() {
    List<List<String>> chosen = new ArrayList<>();
    for (long seed = 1; seed <= 8; seed++) {
      var file =
          Stage.file(
              "method:", "  - {name: cut, at: 20s, action: crash, target: {name: a, mode: one}}");
      result = Emulation.of(file.scenario().seed(seed)).run();
      chosen.add(silent());
      result = Emulation.of(file.scenario().seed(seed)).options(RunOptions.DEFAULT.shards(2)).run();
      assertThat(silent()).isEqualTo(chosen.get(chosen.size() - 1));
    }

    assertThat(chosen.stream().distinct().count()).as("not always the same one").isGreaterThan(1);
  }

  /** The hosts of a that say nothing at 29 s. */
  private List<String> silent() {
    List<String> silent = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      if (pings(result, 29, "a-" + i, "b-1") == 0) {
        silent.add("a-" + i);
      }
    }
    return silent;
  }

  private JournalEntry entry(JournalEntry.Kind kind, String name) {
    return result.recording().journal().stream()
        .filter(entry -> entry.kind() == kind && entry.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<JournalEntry> steps() {
    return result.recording().journal().stream()
        .filter(entry -> entry.kind() == JournalEntry.Kind.STEP)
        .toList();
  }
}
