package dev.cascade.models.coreos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.run.Emulation;
import dev.cascade.run.JournalEntry;
import dev.cascade.run.Words;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One machine whose journald is restarted after a minute. A container that logs every 20 s has its
 * client killed 200 s later, the daemon dies within 500 s, each give or take a fifth (components
 * B2, B3): whether the container's name is free then depends on who was there to remove it.
 */
class MachineScenarioTest {
  private static final String CHATTY = "idleLine: 20s";
  private static final String QUIET = "";

  private static final String FIX =
      "{name: fix, at: 1m, action: run, target: core, commands: [systemctl restart"
          + " systemd-journald]}";

  /** What happened within twenty minutes on a machine with one unit, after the fix. */
  private static List<String> happened(String unit, String docker) {
    return happened(
        unit,
        docker,
        FIX,
        "{name: call, at: 15m, action: run, target: core, commands: [docker rm -f another]}");
  }

  private static List<String> happened(String unit, String docker, String... steps) {
    return events(unit, docker, steps).stream()
        .map(entry -> entry.name() + " " + String.join(" ", entry.fields().values()))
        .toList();
  }

  private static List<JournalEntry> events(String unit, String docker, String... steps) {
    String text =
        """
        apiVersion: cascade/v1alpha1
        kind: Scenario
        metadata: {name: machine, title: One machine}
        spec:
          duration: 20m
          topology:
            - name: core
              model: machine
              config:
                docker: {%s}
                units:
                  - {name: web, machines: [1], enabled: true, application: {}, %s}
          properties:
            - {name: none-is-killed, never: "event('killed-by-sigpipe')"}
          method:
            - %s
        """
            .formatted(docker, unit, String.join("\n    - ", steps));
    ModelCatalog models = ModelCatalog.load().withBuiltIns(Words.ENGINE_METRICS, List.of());
    return Emulation.of(
            new ScenarioReader(models)
                .read(new ScenarioSource("machine.yaml", text), Overrides.NONE)
                .scenario(List.of()))
        .run()
        .recording()
        .journal()
        .stream()
        .filter(entry -> entry.kind() == JournalEntry.Kind.EVENT)
        .toList();
  }

  private static long count(List<String> happened, String event) {
    return happened.stream().filter(each -> each.startsWith(event)).count();
  }

  /** A client that lives has its removal wait at the socket, and the next daemon does it. */
  @Test
  void aNameIsFreedByAClientThatOutlivesTheDaemon() {
    List<String> happened = happened(QUIET, "");

    assertThat(count(happened, "killed-by-sigpipe core-1/docker docker 10")).isEqualTo(1);
    assertThat(count(happened, "container-ended core-1/docker web 137")).isEqualTo(1);
    assertThat(count(happened, "container-removed core-1/docker web")).isEqualTo(1);
    assertThat(count(happened, "name-conflict")).isZero();
    assertThat(count(happened, "container-started core-1/docker web")).isEqualTo(2);
  }

  /** Nobody removes what the client has left: five tries fail, and the unit is given up. */
  @Test
  void aNameStaysTakenIfTheClientDiesFirst() {
    List<String> happened = happened(CHATTY, "");

    assertThat(count(happened, "killed-by-sigpipe core-1/web.run web 10")).isEqualTo(1);
    assertThat(count(happened, "name-conflict core-1/docker web running")).isEqualTo(5);
    assertThat(count(happened, "unit-ended core-1/systemd web web 125")).isEqualTo(5);
    assertThat(count(happened, "unit-failed core-1/systemd web web start-limit")).isEqualTo(1);
    // The container runs on until there is another daemon, and keeps its name for ever.
    assertThat(count(happened, "container-ended core-1/docker web 137")).isEqualTo(1);
    assertThat(count(happened, "container-removed")).isZero();
    assertThat(count(happened, "container-started")).isEqualTo(1);
  }

  /** As the client's death is a clean end, on-failure does not even try. */
  @Test
  void aUnitThatRestartsOnFailureIsLeftAlone() {
    List<String> happened = happened(CHATTY + ", restart: on-failure", "");

    assertThat(count(happened, "name-conflict")).isZero();
    assertThat(count(happened, "unit-started core-1/systemd web")).isEqualTo(1);
    assertThat(count(happened, "unit-failed")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clean: true", "clean: true, restartSec: 20s"})
  void removalByForceFreesTheName(String unit) {
    List<String> happened = happened(CHATTY + ", " + unit, "");

    assertThat(count(happened, "name-conflict")).isZero();
    assertThat(count(happened, "container-started")).isGreaterThanOrEqualTo(2);
    assertThat(happened.get(happened.size() - 1)).startsWith("container-started");
  }

  /** From 1.13 on the daemon removes what has ended, and frees the name when it finds it killed. */
  @Test
  void aDaemonThatRemovesByItselfLeavesNoName() {
    List<String> happened = happened(CHATTY, "removeBy: daemon");

    assertThat(count(happened, "container-removed core-1/docker web")).isEqualTo(1);
    // While the container ran without its client, its name was taken.
    assertThat(count(happened, "name-conflict core-1/docker web running")).isEqualTo(5);
  }

  @Test
  void aDaemonThatIgnoresSigpipeLives() {
    List<String> happened = happened(CHATTY, "ignoresSigpipe: true");

    assertThat(count(happened, "killed-by-sigpipe")).isZero();
    assertThat(count(happened, "container-ended")).isZero();
  }

  @Test
  void withLiveRestoreContainersOutliveTheirDaemon() {
    List<String> happened = happened(CHATTY, "liveRestore: true");

    assertThat(count(happened, "killed-by-sigpipe core-1/docker")).isEqualTo(1);
    assertThat(count(happened, "container-ended")).isZero();
  }

  /** The daemon's own lines come 50 s apart in the mean: nine looks and one of those, or ten. */
  @ParameterizedTest
  @CsvSource({"9, false", "10, true"})
  void tenLooksAtContainersKillTheDaemonThatIsLookedAt(int looks, boolean atOnce) {
    String look = "docker ps, ".repeat(looks - 1) + "docker ps";
    List<JournalEntry> killed =
        events(
                QUIET,
                "",
                FIX,
                "{name: look, at: 61s, action: run, target: core, commands: [" + look + "]}")
            .stream()
            .filter(entry -> entry.name().equals("killed-by-sigpipe"))
            .toList();

    assertThat(killed).hasSize(1);
    assertThat(killed.get(0).fields()).containsEntry("writes", "10");
    // A line of its own came after 40 to 60 s, and the next is 40 s away from that at least.
    assertThat(killed.get(0).timeNanos() < 62_000_000_000L).isEqualTo(atOnce);
  }

  /** What systemd and docker start can be named by faults; both notice what those have done. */
  @Test
  void faultsOfDaemonsAndContainersHaveTheirUsualEffects() {
    List<String> happened =
        happened(
            QUIET,
            "",
            "{name: oom, at: 2m, action: crash, target: core-1/web}",
            "{name: bug, at: 4m, action: crash, target: core-1/docker}",
            "{name: journal, at: 6m, action: crash, target: core-1/systemd-journald}");

    assertThat(count(happened, "container-ended core-1/docker web 137")).isEqualTo(3);
    assertThat(count(happened, "unit-ended core-1/systemd docker docker 137")).isEqualTo(1);
    // journald's death breaks what its restart breaks; the new daemon's tenth line is its last.
    assertThat(count(happened, "killed-by-sigpipe core-1/docker docker 10")).isEqualTo(1);
    assertThat(happened.get(happened.size() - 1)).startsWith("container-started");
  }

  /** Whoever removes it, its name becomes free once; its unit is started again each time. */
  @ParameterizedTest
  @ValueSource(strings = {"removeBy: client", "removeBy: daemon"})
  void aRunningContainerThatSomebodyRemovesIsRemovedOnce(String docker) {
    List<String> happened =
        happened(
            QUIET,
            docker,
            "{name: rm, at: 2m, action: run, target: core, commands: [docker rm -f web]}");

    assertThat(count(happened, "container-removed core-1/docker web")).isEqualTo(1);
    assertThat(count(happened, "container-started core-1/docker web")).isEqualTo(2);
    assertThat(count(happened, "name-conflict")).isZero();
  }

  /** A machine that is delivered anew has an empty disk: no name is taken there. */
  @Test
  void aReplacedMachineRunsItsUnitsAgain() {
    List<String> happened =
        happened(
            CHATTY, "", FIX, "{name: replace, at: 7m, action: replace, target: core, gap: 10m}");

    assertThat(count(happened, "killed-by-sigpipe core-1/web.run web 10")).isEqualTo(1);
    assertThat(count(happened, "name-conflict")).as("on the old one").isEqualTo(5);
    assertThat(happened.get(happened.size() - 1)).startsWith("container-started core-1/docker web");
  }
}
