package dev.cascade.models.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.machine.UnitCall;
import dev.cascade.models.systemd.UnitFile.Language;
import dev.cascade.models.systemd.UnitFile.Step;
import dev.cascade.models.world.TestWorld;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which units come back, by themselves or at all (components B3, B4). */
class SystemdScenarioTest {
  private static final StartLimit NO_LIMIT = new StartLimit(0, Duration.ofSeconds(10));

  private static UnitFile talker(Language language, Restart restart) {
    return UnitFile.of("talker", InitModel.writesEverySecond())
        .logs(language, null)
        .restart(restart, UnitFile.RESTART_SEC, StartLimit.DEFAULT);
  }

  private static void restartJournal(TestWorld world) {
    InitModel.type(world, Systemctl.RestartUnit::new, Journald.PROCESS);
  }

  /** Go before 1.6 bears nine broken writes; SIGPIPE at the tenth is a clean end. */
  @ParameterizedTest
  @CsvSource({"NO, 1", "ON_FAILURE, 1", "ALWAYS, 2"})
  void aGoProgramDiesAtItsTenthBrokenWrite(Restart restart, int starts) {
    try (TestWorld world = InitModel.world(talker(Language.GO_BEFORE_1_6, restart))) {
      world.runFor(Duration.ofMillis(10_500)); // ten lines
      restartJournal(world);
      world.runFor(Duration.ofSeconds(9));
      assertThat(world.count("journal_lines_lost_total")).isEqualTo(9);
      assertThat(world.count("systemd_unit_exits_total")).isZero();

      world.runFor(Duration.ofSeconds(1));
      assertThat(world.count("systemd_unit_exits_total", "code=\"141\"")).isEqualTo(1);

      // A new process has a new standard output; nobody else lost a line.
      world.runFor(Duration.ofMinutes(1));
      assertThat(world.count("journal_lines_lost_total")).isEqualTo(10);
      assertThat(world.count("systemd_unit_starts_total", "unit=\"talker\"")).isEqualTo(starts);
      assertThat(world.gauge("systemd_units", "state=\"failed\"")).isZero();
    }
  }

  @Test
  void aProgramThatIgnoresSigpipeLivesOnAndIsNotHeard() {
    try (TestWorld world = InitModel.world(talker(Language.IGNORES_SIGPIPE, Restart.NO))) {
      world.runFor(Duration.ofMillis(10_500));
      restartJournal(world);
      world.runFor(Duration.ofSeconds(30));

      assertThat(world.count("systemd_unit_exits_total")).isZero();
      assertThat(world.count("journal_lines_lost_total")).isEqualTo(30);
      assertThat(world.count("journald_lines_total")).isEqualTo(10);
    }
  }

  /** Five starts in ten seconds, 100 ms apart; then it stays failed until somebody resets it. */
  @Test
  void aUnitThatFailsFastIsGivenUp() {
    UnitFile broken =
        UnitFile.of("broken", InitModel.endsAfter(Duration.ofMillis(300), 1))
            .restart(Restart.ALWAYS, UnitFile.RESTART_SEC, StartLimit.DEFAULT);
    try (TestWorld world = InitModel.world(broken)) {
      world.runFor(Duration.ofHours(1));
      assertThat(world.count("systemd_unit_starts_total", "unit=\"broken\"")).isEqualTo(5);
      assertThat(world.gauge("systemd_units", "state=\"failed\"")).isEqualTo(1);

      InitModel.type(world, Systemctl.ResetFailed::new, "broken");
      InitModel.type(world, UnitCall.StartUnit::new, "broken");
      world.runFor(Duration.ofMinutes(1));
      assertThat(world.count("systemd_unit_starts_total", "unit=\"broken\"")).isEqualTo(10);
    }
  }

  /** The limit counts starts by hand, too: the fifth in ten seconds is the last. */
  @Test
  void startsByHandCount() {
    UnitFile unit =
        UnitFile.of("unit", InitModel.endsAfter(Duration.ofMillis(300), 0))
            .restart(Restart.NO, UnitFile.RESTART_SEC, StartLimit.DEFAULT);
    try (TestWorld world = InitModel.world(unit)) {
      for (int i = 0; i < 6; i++) {
        world.runFor(Duration.ofSeconds(1));
        InitModel.type(world, UnitCall.StartUnit::new, "unit");
      }
      world.runFor(Duration.ofSeconds(1));

      assertThat(world.count("systemd_unit_starts_total", "unit=\"unit\"")).isEqualTo(5);
      assertThat(world.count("systemd_unit_failures_total", "reason=\"start-limit\"")).isPositive();
    }
  }

  /** In an hour a unit that lives 300 ms and waits 20 s starts 178 times: 3,600 / 20.3, and one. */
  @Test
  void aUnitThatWaitsLongBetweenStartsNeverFails() {
    UnitFile broken =
        UnitFile.of("broken", InitModel.endsAfter(Duration.ofMillis(300), 1))
            .restart(Restart.ALWAYS, Duration.ofSeconds(20), NO_LIMIT);
    try (TestWorld world = InitModel.world(broken)) {
      world.runFor(Duration.ofHours(1));
      assertThat(world.count("systemd_unit_starts_total", "unit=\"broken\"")).isEqualTo(178);
      assertThat(world.gauge("systemd_units", "state=\"failed\"")).isZero();
    }
  }

  /** What requires another goes down with it, and its Restart= does not bring it back. */
  @Test
  void whatRequiresAUnitThatEndsStaysDown() {
    UnitFile below =
        UnitFile.of("below", InitModel.endsAfter(Duration.ofSeconds(10), 1))
            .restart(Restart.ALWAYS, UnitFile.RESTART_SEC, StartLimit.DEFAULT);
    UnitFile above =
        UnitFile.of("above", InitModel.idles())
            .requires(List.of("below"))
            .restart(Restart.ALWAYS, UnitFile.RESTART_SEC, StartLimit.DEFAULT);
    try (TestWorld world = InitModel.world(above, below)) {
      world.runFor(Duration.ofSeconds(9));
      assertThat(world.gauge("systemd_units", "unit=\"above\"", "state=\"active\"")).isEqualTo(1);

      world.runFor(Duration.ofSeconds(10));
      assertThat(world.gauge("systemd_units", "unit=\"below\"", "state=\"active\"")).isEqualTo(1);
      assertThat(world.gauge("systemd_units", "unit=\"above\"")).isZero();
      assertThat(world.count("systemd_unit_starts_total", "unit=\"above\"")).isEqualTo(1);
    }
  }

  /** A step that fails fails the start, unless it may. */
  @ParameterizedTest
  @CsvSource({"true, 1", "false, 0"})
  void stepsBeforeTheStartMayFailOnlyIfTheUnitSaysSo(boolean mayFail, int starts) {
    UnitFile unit =
        UnitFile.of("unit", InitModel.idles())
            .before(
                List.of(new Step("pre", InitModel.endsAfter(Duration.ofMillis(1), 1), mayFail)));
    try (TestWorld world = InitModel.world(unit)) {
      world.runFor(Duration.ofMinutes(1));
      assertThat(world.count("systemd_unit_starts_total", "unit=\"unit\"")).isEqualTo(starts);
    }
  }

  /** Its jobs are over when what they wait for is given up: none is left on its way up for ever. */
  @Test
  void whatWaitsForAUnitThatIsGivenUpIsGivenUpToo() {
    UnitFile below =
        UnitFile.of("below", InitModel.idles())
            .before(List.of(new Step("pre", InitModel.endsAfter(Duration.ofMillis(300), 1), false)))
            .restart(Restart.ALWAYS, UnitFile.RESTART_SEC, StartLimit.DEFAULT);
    UnitFile above = UnitFile.of("above", InitModel.idles()).requires(List.of("below"));
    try (TestWorld world = InitModel.world(below, above)) {
      world.runFor(Duration.ofSeconds(1));
      assertThat(world.gauge("systemd_units", "unit=\"above\"", "state=\"activating\""))
          .isEqualTo(1);

      world.runFor(Duration.ofMinutes(1));
      assertThat(world.gauge("systemd_units", "unit=\"below\"", "state=\"failed\"")).isEqualTo(1);
      assertThat(world.gauge("systemd_units", "unit=\"above\"")).as("inactive").isZero();
      assertThat(
              world.count("systemd_unit_failures_total", "unit=\"above\"", "reason=\"dependency\""))
          .isEqualTo(1);
    }
  }

  /** The second is not looked for before it has been asked for. */
  @Test
  void whatRequiresTwoUnitsWaitsForBoth() {
    UnitFile quick = UnitFile.of("a-quick", InitModel.idles());
    UnitFile slow =
        UnitFile.of("b-slow", InitModel.idles())
            .before(List.of(new Step("pre", InitModel.endsAfter(Duration.ofSeconds(5), 0), false)));
    UnitFile above = UnitFile.of("above", InitModel.idles()).requires(List.of("a-quick", "b-slow"));
    try (TestWorld world = InitModel.world(above, quick, slow)) {
      world.runFor(Duration.ofSeconds(4));
      assertThat(world.count("systemd_unit_starts_total", "unit=\"above\"")).isZero();
      world.runFor(Duration.ofSeconds(2));
      assertThat(world.gauge("systemd_units", "unit=\"above\"", "state=\"active\"")).isEqualTo(1);
      assertThat(world.count("systemd_unit_failures_total")).isZero();
    }
  }

  /** Requires= hands a restart on, though not the end of what is required. */
  @Test
  void whatRequiresAUnitIsRestartedWithIt() {
    UnitFile below = UnitFile.of("below", InitModel.idles());
    UnitFile above = UnitFile.of("above", InitModel.idles()).requires(List.of("below"));
    try (TestWorld world = InitModel.world(below, above)) {
      InitModel.type(world, Systemctl.RestartUnit::new, "below");
      world.runFor(Duration.ofSeconds(1));

      assertThat(world.count("systemd_unit_starts_total", "unit=\"above\"")).isEqualTo(2);
      assertThat(world.gauge("systemd_units", "unit=\"above\"", "state=\"active\"")).isEqualTo(1);
    }
  }

  /** Faults tell nobody; two looks a second apart do. A step's process is looked for as well. */
  @Test
  void aProcessThatAFaultEndsIsStartedAgain() {
    UnitFile unit =
        UnitFile.of("unit", InitModel.idles())
            .before(List.of(new Step("pre", InitModel.endsAfter(Duration.ofSeconds(5), 0), false)))
            .restart(Restart.ON_FAILURE, UnitFile.RESTART_SEC, StartLimit.DEFAULT);
    try (TestWorld world = InitModel.world(unit)) {
      InitModel.crash(world, "unit-pre");
      world.runFor(Duration.ofMillis(2_000 + 100 + 5_000 + 10));
      assertThat(world.count("systemd_step_failures_total")).isEqualTo(1);
      assertThat(world.gauge("systemd_units", "unit=\"unit\"", "state=\"active\"")).isEqualTo(1);

      InitModel.crash(world, "unit");
      world.runFor(Duration.ofMillis(2_000 + 100 + 5_000 + 10));
      assertThat(world.count("systemd_unit_exits_total", "code=\"137\"")).isEqualTo(1);
      assertThat(world.gauge("systemd_units", "unit=\"unit\"", "state=\"active\"")).isEqualTo(1);
    }
  }

  /** Ninety seconds after SIGTERM comes SIGKILL; a start that is asked for meanwhile waits. */
  @ParameterizedTest
  @CsvSource({"30, 30", "600, 90"})
  void aUnitThatIsToldToStopHasNinetySeconds(int needs, int gets) {
    UnitFile unit = UnitFile.of("unit", InitModel.ignoresTermFor(Duration.ofSeconds(needs)));
    try (TestWorld world = InitModel.world(unit)) {
      world.runFor(Duration.ofSeconds(1));
      InitModel.type(world, UnitCall.StopUnit::new, "unit");
      world.runFor(Duration.ofSeconds(1));
      InitModel.type(world, UnitCall.StartUnit::new, "unit");
      world.runFor(Duration.ofSeconds(gets - 2));
      assertThat(world.gauge("systemd_units", "unit=\"unit\"", "state=\"deactivating\""))
          .isEqualTo(1);
      world.runFor(Duration.ofSeconds(2));
      assertThat(world.gauge("systemd_units", "unit=\"unit\"", "state=\"active\"")).isEqualTo(1);
      assertThat(world.count("systemd_unit_exits_total")).as("it was asked").isZero();
    }
  }
}
