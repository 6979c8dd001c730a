package dev.cascade.models.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.run.Emulation;
import dev.cascade.run.JournalEntry;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An automation that moves addresses away from nodes, with a classifier that nobody changes. */
class AutomationScenarioTest {
  private static final String SCENARIO =
      """
      apiVersion: cascade/v1alpha1
      kind: Scenario
      metadata: {name: failover}
      spec:
        duration: 12m
        topology:
          - {name: vips, model: virtual-ip, replicas: 4, config: {target: edge}}
          - {name: hoster, model: provider, config: {vips: vips, errors: 0%}}
          - {name: edge, model: gateway, replicas: 4, config: {target: shop, open: [/line]}}
          - {name: spare, model: gateway, replicas: 2, config: {target: shop, open: [/line]}}
          - {name: shut, model: gateway, replicas: 2, config: {target: shop, open: []}}
          - name: shop
            model: service
            config: {threads: 4, queue: {capacity: 10}, endpoints: [{name: line, path: /line, cpu: 1ms}]}
          - name: pilot
            model: automation
            config:
              service: ingestion
              vips: vips
              provider: hoster
              pager: people
              classifier:
                defaultProfile: core
                writers: 0
                nodes:
                  - {name: edge, profile: ingest, balancer: true}
                  - {name: shut, profile: core, balancer: true}
                  - {name: spare, profile: ingest, balancer: true}
                services: [{name: ingestion, profile: ingest}]
          - {name: people, model: monitoring, config: {}}
        method:
          - {name: dies, at: 90s, action: crash, target: edge-2}
      """;

  private static RunResult run(String... settings) {
    RunResult result =
        Emulation.of(
                new ScenarioReader(ModelCatalog.load())
                    .read(new ScenarioSource("failover.yaml", SCENARIO), Overrides.set(settings))
                    .scenario(List.of()))
            .run();
    assertThat(result.end().failure()).isNull();
    return result;
  }

  private static List<JournalEntry> events(RunResult run, String name) {
    return run.recording().journal().stream()
        .filter(entry -> entry.kind() == JournalEntry.Kind.EVENT && entry.name().equals(name))
        .toList();
  }

  private static List<String> pages(RunResult run) {
    return events(run, "people-paged").stream()
        .map(page -> String.valueOf(page.fields().get("reason")))
        .toList();
  }

  private static double seconds(JournalEntry entry) {
    return entry.timeNanos() / 1e9;
  }

  /** The next check is at 120 s, its health check takes a second, and the move 45 to 65. */
  @Test
  void theAddressOfADeadNodeMovesToASpareAndPeopleAreTold() {
    RunResult run = run();

    List<JournalEntry> moves = events(run, "vip-failed-over");
    assertThat(moves).hasSize(1);
    assertThat(moves.get(0).fields())
        .containsEntry("vip", "vips-2")
        .containsEntry("from", "edge-2")
        .containsEntry("to", "spare-1");
    assertThat(seconds(moves.get(0))).isBetween(120 + 1 + 45.0, 120 + 1 + 65.1);
    assertThat(pages(run)).containsExactly("batch-ended");
  }

  @Test
  void whileAllAreWellNothingMovesAndNobodyIsTold() {
    RunResult run = run("method.dies.enabled=false");

    assertThat(events(run, "vip-moved")).isEmpty();
    assertThat(pages(run)).isEmpty();
    assertThat(events(run, "check-started")).hasSize(12); // at 0, and each minute before the end
  }

  /**
   * A cluster's profile says which nodes may serve it; others may be well, and are no candidates.
   */
  @Test
  void nodesOfAnotherProfileAreLeft() {
    RunResult run = run("topology.pilot.classifier.services.0.profile=core");

    assertThat(events(run, "vip-failed-over"))
        .extracting(move -> String.valueOf(move.fields().get("to")))
        .containsExactly("shut-1", "shut-2", "shut-1", "shut-2");
  }

  /** Four of four are more than half: they stay, and people are told instead. */
  @Test
  void aBatchBeyondTheBoundIsNotBegun() {
    RunResult run =
        run(
            "topology.pilot.classifier.services.0.profile=core",
            "topology.pilot.check.maxMoved=50%",
            "duration=90s");

    assertThat(events(run, "batch-started")).isEmpty();
    assertThat(pages(run)).containsExactly("too-many-moves", "too-many-moves"); // at 0 and 60 s
  }

  /** Nodes that swallow what comes: the first address goes back, and the others stay. */
  @Test
  void aFirstAddressThatDoesNotAnswerGoesBackAndNoOtherMoves() {
    RunResult run =
        run(
            "topology.pilot.classifier.services.0.profile=core",
            "topology.pilot.check.probe={path: /line}",
            "duration=4m");

    List<JournalEntry> moved = events(run, "vip-moved");
    assertThat(moved.get(0).fields()).containsEntry("vip", "vips-1").containsEntry("to", "shut-1");
    assertThat(moved.get(1).fields()).containsEntry("vip", "vips-1").containsEntry("to", "edge-1");
    assertThat(moved).allMatch(move -> "vips-1".equals(move.fields().get("vip")));
    assertThat(pages(run)).contains("probe-failed");
  }

  /**
   * All four move. At 150 s, in the third move, the program is restarted, which takes two minutes:
   * without its progress it begins with a new check, and what it had moved stands as it is. With
   * it, it asks again for the third, as it did not see that end, and learns that it is done.
   */
  @ParameterizedTest
  @CsvSource({"false, 0, 2, 4", "true, 1, 1, 4"})
  void aRestartForgetsABatchUnlessItsProgressIsKept(
      boolean kept, int resumed, int started, int moved) {
    RunResult run =
        run(
            "topology.pilot.classifier.services.0.profile=core",
            "topology.pilot.check.persistProgress=" + kept,
            "method.dies.at=150s",
            "method.dies.action=restart-automation",
            "method.dies.target=pilot");

    assertThat(events(run, "batch-resumed")).hasSize(resumed);
    assertThat(events(run, "batch-started")).hasSize(started);
    assertThat(events(run, "vip-moved")).hasSize(moved);
    double again = seconds(events(run, "automation-started").get(0));
    assertThat(again).isBetween(150 + 120.0, 150 + 120.1);
  }

  /** All four are asked for at once, and the provider takes as many. */
  @Test
  void movesThatAreAskedForAtOnceAreDoneTogether() {
    RunResult run =
        run(
            "topology.pilot.classifier.services.0.profile=core",
            "topology.pilot.check.parallel=4",
            "topology.hoster.parallel=4",
            "duration=90s");

    assertThat(events(run, "vip-failed-over"))
        .hasSize(4)
        .allSatisfy(move -> assertThat(seconds(move)).isBetween(45.0, 65.1));
  }

  @Test
  void peopleAreToldOfEachMoveIfTheyAreMeantToBe() {
    RunResult run =
        run(
            "topology.pilot.classifier.services.0.profile=core",
            "topology.pilot.check.notifyEach=true",
            "duration=5m");

    assertThat(pages(run))
        .containsExactly(
            "vip-failed-over",
            "vip-failed-over",
            "vip-failed-over",
            "vip-failed-over",
            "batch-ended");
  }

  /** Two attempts at each of four addresses, with nothing to show for it: people must know. */
  @Test
  void aProviderThatAlwaysStumblesIsAskedSoOftenAndPeopleAreToldThatNothingMoved() {
    RunResult run =
        run(
            "topology.pilot.classifier.services.0.profile=core",
            "topology.hoster.errors=100%",
            "topology.pilot.calls.attempts=2",
            "topology.pilot.calls.retryAfter=3s",
            "duration=50s");

    List<JournalEntry> given = events(run, "vip-not-moved");
    assertThat(given).extracting(each -> each.fields().get("status")).containsOnly("503");
    assertThat(given).hasSize(4);
    for (int i = 0; i < given.size(); i++) {
      assertThat(seconds(given.get(i))).isBetween(3.0 * (i + 1), 3.0 * (i + 1) + 0.1);
    }
    assertThat(pages(run)).containsExactly("nothing-moved");
  }

  /** What the provider does not take is left, and the rest is moved. */
  @Test
  void beyondTheQuotaNothingIsMoved() {
    RunResult run =
        run(
            "topology.pilot.classifier.services.0.profile=core",
            "topology.hoster.quotaPerHour=3",
            "duration=4m");

    assertThat(events(run, "vip-failed-over")).hasSize(3);
    assertThat(events(run, "vip-not-moved"))
        .first()
        .satisfies(left -> assertThat(left.fields()).containsEntry("status", "429"));
    assertThat(pages(run)).startsWith("batch-ended");
  }

  /** A batch is a background job: it keeps the program from being restarted only if told to. */
  @Test
  void aRestartThatWaitsForTheBatchIsRefusedUntilItsEnd() {
    RunResult run =
        run(
            "topology.pilot.classifier.services.0.profile=core",
            "topology.pilot.backgroundBlocksRestart=true",
            "method.dies.at=100s",
            "method.dies.action=restart-automation",
            "method.dies.target=pilot");

    assertThat(events(run, "restart-refused")).isNotEmpty();
    assertThat(seconds(events(run, "automation-stopped").get(0)))
        .isGreaterThan(seconds(events(run, "batch-ended").get(0)));
  }
}
