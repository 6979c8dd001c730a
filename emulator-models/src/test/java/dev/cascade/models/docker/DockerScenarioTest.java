package dev.cascade.models.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.machine.Program;
import dev.cascade.models.machine.UnitCall;
import dev.cascade.models.systemd.Restart;
import dev.cascade.node.Outcome;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a daemon does with containers and their names, whatever killed whom (components B1-B4). */
class DockerScenarioTest {
  /** Faults' victims are noticed at the second look, each a second after the one before. */
  private static final Duration NOTICED = Duration.ofMillis(2_100);

  /** systemd's two looks and its pause of 100 ms, then 2 s and 100 ms for each container. */
  private static final Duration BACK = NOTICED.plusMillis(100 + 2_000 + 3 * 100);

  private enum Due implements WireMessage {
    INSTANCE
  }

  private final List<String> starts = new ArrayList<>();

  private Program idles() {
    return (env, exec) -> {
      starts.add(env.self().process());
      return Behaviors.ignore();
    };
  }

  private static Program endsAfter(Duration time, int code) {
    return (env, exec) ->
        Behaviors.withTimers(
            timers -> {
              timers.startSingleTimer(Due.INSTANCE, time);
              return Behaviors.receive(WireMessage.class)
                  .onMessage(
                      Due.class,
                      due -> {
                        exec.exit(code);
                        return Behaviors.same();
                      })
                  .build();
            });
  }

  private static Program writes(int lines) {
    return (env, exec) -> {
      for (int i = 0; i < lines; i++) {
        exec.log("line");
      }
      return Behaviors.ignore();
    };
  }

  private static WireMessage create(DockerWorld world, String name) {
    return world.call(to -> new DockerCall.Create(name, name, false, false, to));
  }

  private static WireMessage remove(DockerWorld world, String name, boolean force) {
    return world.call(to -> new DockerCall.Remove(name, force, to));
  }

  // ---- names

  @Test
  void aNameIsTakenFromCreateToRemove() {
    try (DockerWorld world = new DockerWorld.Parts().image("web", idles()).start()) {
      assertThat(create(world, "web")).isEqualTo(new DockerReply.Done());
      assertThat(create(world, "web")).isEqualTo(new DockerReply.Failed(409));
      assertThat(world.world().count("docker_name_conflicts_total")).isEqualTo(1);

      world.call(to -> new DockerCall.Start("web", to));
      assertThat(remove(world, "web", false)).isEqualTo(new DockerReply.Failed(409)); // it runs
      assertThat(remove(world, "web", true)).isEqualTo(new DockerReply.Done());
      assertThat(world.isRunning("web")).isFalse();
      assertThat(create(world, "web")).isEqualTo(new DockerReply.Done());
    }
  }

  /** Whoever crashes it: the next daemon kills what it finds, and frees no name (B7). */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUncleanDeathLeavesNamesThatARemovalFrees(boolean force) {
    try (DockerWorld world = new DockerWorld.Parts().image("web", idles()).start()) {
      world.begin("web");
      world.crash(Dockerd.PROCESS);
      assertThat(world.isRunning("web")).as("until there is another daemon").isTrue();

      world.runFor(BACK);
      assertThat(world.isRunning("web")).isFalse();
      assertThat(world.containers("exited")).isEqualTo(1);
      assertThat(world.call(to -> new DockerCall.Attach("web", to)))
          .isEqualTo(new DockerReply.Exited(137));
      assertThat(create(world, "web")).isEqualTo(new DockerReply.Failed(409));

      assertThat(remove(world, "web", force)).isEqualTo(new DockerReply.Done());
      assertThat(create(world, "web")).isEqualTo(new DockerReply.Done());
    }
  }

  @Test
  void aContainersFilesGoWithItsNameAndAVolumeStays() {
    List<String> found = new ArrayList<>();
    Program remembers =
        (env, exec) -> {
          found.add(exec.storage().read("key").orElse("nothing"));
          exec.storage().write("key", "value");
          return Behaviors.ignore();
        };
    try (DockerWorld world =
        new DockerWorld.Parts().image("plain", remembers).image("kept", remembers).start()) {
      for (int life = 0; life < 2; life++) {
        world.begin("plain");
        remove(world, "plain", true);
        world.call(to -> new DockerCall.Create("kept", "kept", true, false, to));
        world.call(to -> new DockerCall.Start("kept", to));
        remove(world, "kept", true);
      }

      assertThat(found).containsExactly("nothing", "nothing", "nothing", "value");
    }
  }

  // ---- docker run --rm

  /** Whoever does it, the name is free when its user has heard of the end. */
  @ParameterizedTest
  @EnumSource(DockerConfig.RemoveBy.class)
  void aContainerThatEndsLeavesNoNameAndItsClientEndsAsItDid(DockerConfig.RemoveBy who) {
    try (DockerWorld world =
        new DockerWorld.Parts()
            .docker(new DockerSettings().removeBy(who))
            .image("job", endsAfter(Duration.ofSeconds(5), 3))
            .run("job", Restart.NO)
            .start()) {
      world.runFor(Duration.ofSeconds(10));

      assertThat(world.world().count("systemd_unit_exits_total", "code=\"3\"")).isEqualTo(1);
      assertThat(world.call(DockerCall.ListContainers::new))
          .isEqualTo(new DockerReply.Containers(List.of()));
    }
  }

  /** Nobody has told the daemon to remove it, and nobody will: each try ends with 125 (B2, B4). */
  @ParameterizedTest
  @EnumSource(DockerConfig.RemoveBy.class)
  void aClientThatIsKilledLeavesAContainerThatRunsAndANameThatIsTaken(DockerConfig.RemoveBy who) {
    try (DockerWorld world =
        new DockerWorld.Parts()
            .docker(new DockerSettings().removeBy(who))
            .image("web", idles())
            .run("web", Restart.ALWAYS)
            .start()) {
      world.crash("web.run");
      world.runFor(Duration.ofMinutes(1));

      // The first of the five starts in ten seconds was the one of the client that was killed.
      assertThat(world.world().count("systemd_unit_exits_total", "code=\"125\"")).isEqualTo(4);
      assertThat(create(world, "web")).isEqualTo(new DockerReply.Failed(409));
      assertThat(world.isRunning("web")).isTrue();
      assertThat(starts).hasSize(1);
      assertThat(world.world().gauge("systemd_units", "unit=\"web\"", "state=\"failed\""))
          .isEqualTo(1);
    }
  }

  /** Its removal waits at the socket, and so starts the next daemon, which then carries it out. */
  @Test
  void aClientThatOutlivesTheDaemonFreesTheNameAtTheNextOne() {
    try (DockerWorld world =
        new DockerWorld.Parts().image("web", idles()).run("web", Restart.ALWAYS).start()) {
      world.crash(Dockerd.PROCESS);
      world.runFor(BACK.plusSeconds(2)); // 200 ms to remove, 100 ms, twice 250 ms to run it again

      assertThat(world.world().count("docker_container_exits_total", "code=\"137\"")).isEqualTo(1);
      assertThat(world.world().count("docker_name_conflicts_total")).isZero();
      assertThat(starts).containsExactly("web", "web");
    }
  }

  @Test
  void anImageThatNobodyHasIsAnErrorOfTheDaemon() {
    try (DockerWorld world =
        new DockerWorld.Parts().remote("web", idles()).run("web", Restart.NO).start()) {
      world.world().engine().crashProcess(DockerWorld.HUB);
      world.runFor(Duration.ofSeconds(1));

      assertThat(world.world().count("systemd_unit_exits_total", "code=\"125\"")).isEqualTo(1);
      assertThat(starts).isEmpty();
    }
  }

  // ---- faults, and other daemons

  /** dockerd is told of the end of its children, as a parent is. */
  @Test
  void aContainerThatAFaultKillsHasEnded() {
    try (DockerWorld world =
        new DockerWorld.Parts().image("web", idles()).run("web", Restart.NO).start()) {
      world.crash("web");
      world.runFor(NOTICED.plusSeconds(1));

      assertThat(world.world().count("docker_container_exits_total", "code=\"137\"")).isEqualTo(1);
      assertThat(world.world().count("systemd_unit_exits_total", "code=\"137\"")).isEqualTo(1);
      assertThat(world.call(DockerCall.ListContainers::new))
          .isEqualTo(new DockerReply.Containers(List.of()));
    }
  }

  /** What ends by itself is never taken for killed, however busy its daemon is. */
  @Test
  void aBusyDaemonStillLearnsHowAContainerHasEnded() {
    try (DockerWorld world =
        new DockerWorld.Parts()
            .image("web", idles())
            .image("job", endsAfter(Duration.ofSeconds(1), 3))
            .start()) {
      world.begin("job");
      remove(world, "job", true);
      world.ask(to -> new DockerCall.Create("job", "job", false, false, to));
      world.runFor(Duration.ofMillis(10));
      world.ask(to -> new DockerCall.Start("job", to));
      world.runFor(Duration.ofMillis(10));
      for (int i = 0; i < 40; i++) { // ten seconds of work, in which the container ends
        String name = "web-" + i;
        world.ask(to -> new DockerCall.Create(name, "web", false, false, to));
      }
      world.runFor(Duration.ofSeconds(15));

      assertThat(world.world().count("docker_container_exits_total", "code=\"3\"")).isEqualTo(2);
      assertThat(world.world().count("docker_container_exits_total", "code=\"137\"")).isZero();
    }
  }

  @Test
  void withLiveRestoreWhatRunsRunsOnAndWhatEndedMeanwhileHasEnded() {
    try (DockerWorld world =
        new DockerWorld.Parts()
            .docker(new DockerSettings().liveRestore())
            .image("web", idles())
            .image("job", endsAfter(Duration.ofSeconds(60), 0))
            .start()) {
      world.begin("web");
      world.begin("job");
      world.systemctl(UnitCall.StopUnit::new, Dockerd.PROCESS);
      world.runFor(Duration.ofMinutes(2));
      assertThat(world.isRunning(Dockerd.PROCESS)).isFalse();
      assertThat(world.isRunning("web")).isTrue();

      world.systemctl(UnitCall.StartUnit::new, Dockerd.PROCESS);
      world.runFor(BACK);
      assertThat(world.containers("running")).isEqualTo(1);
      assertThat(world.containers("exited")).isEqualTo(1);
      assertThat(starts).containsExactly("web");
      assertThat(remove(world, "web", true)).isEqualTo(new DockerReply.Done());
      assertThat(world.isRunning("web")).as("the next daemon has taken it over").isFalse();
    }
  }

  @Test
  void withoutLiveRestoreAnOrderlyStopEndsAllContainers() {
    try (DockerWorld world =
        new DockerWorld.Parts().image("web", idles()).image("db", idles()).start()) {
      world.begin("web");
      world.begin("db");
      world.systemctl(UnitCall.StopUnit::new, Dockerd.PROCESS);
      world.runFor(Duration.ofSeconds(1));

      assertThat(world.isRunning("web")).isFalse();
      assertThat(world.isRunning("db")).isFalse();
      assertThat(world.world().count("docker_container_exits_total", "code=\"137\"")).isEqualTo(2);
    }
  }

  // ---- the journal

  /**
   * A daemon that nobody asks logs nothing here; each {@code docker ps} is one line. Nine are
   * borne, and the tenth is the last thing that it does: its client sees the connection break (B3).
   */
  @Test
  void theTenthCallAfterARestartOfJournaldKillsTheDaemon() {
    try (DockerWorld world = new DockerWorld.Parts().image("web", idles()).start()) {
      world.begin("web");
      world.restartJournal();
      for (int call = 1; call <= 9; call++) {
        assertThat(world.call(DockerCall.ListContainers::new))
            .isEqualTo(new DockerReply.Containers(List.of("web")));
      }
      world.runFor(Duration.ofHours(1));
      assertThat(world.isRunning(Dockerd.PROCESS)).isTrue();

      int tenth = world.ask(DockerCall.ListContainers::new);
      world.runFor(Duration.ofSeconds(1));
      assertThat(world.outcome(tenth)).isInstanceOf(Outcome.Reset.class);
      assertThat(world.isRunning(Dockerd.PROCESS)).isFalse();
      assertThat(world.world().count("journal_lines_lost_total", "unit=\"docker\"")).isEqualTo(10);
      assertThat(world.world().count("systemd_unit_exits_total", "code=\"141\"")).isEqualTo(1);
    }
  }

  /**
   * SIGPIPE is a clean end, so that on-failure does not start it; the next connection does. It is
   * answered when the daemon has loaded: 2 s, and 100 ms for each container.
   */
  @Test
  void aDeadDaemonIsStartedByTheNextCallWhichWaits() {
    try (DockerWorld world =
        new DockerWorld.Parts().image("web", idles()).image("db", idles()).start()) {
      world.begin("web");
      world.begin("db");
      world.restartJournal();
      for (int call = 1; call <= 10; call++) {
        world.ask(DockerCall.ListContainers::new);
      }
      world.runFor(Duration.ofHours(1));
      assertThat(world.isRunning(Dockerd.PROCESS)).isFalse();
      assertThat(world.isRunning("web")).as("nobody has come to kill it").isTrue();

      int question = world.ask(DockerCall.ListContainers::new);
      world.runFor(Duration.ofMillis(2_190));
      assertThat(world.hasAnswer(question)).isFalse();
      world.runFor(Duration.ofMillis(30));
      assertThat(world.answer(question))
          .isEqualTo(new DockerReply.Containers(List.of("db", "web")));
      assertThat(world.containers("exited")).isEqualTo(2);
    }
  }

  // ---- load

  /**
   * Twenty lines of 100 ms each are two seconds of work for a daemon that does one thing after the
   * other; a client that reads them costs 50 ms more each.
   */
  @ParameterizedTest
  @CsvSource({"0, 2000", "1, 3000", "2, 4000"})
  void linesAndThoseWhoReadThemKeepTheDaemonFromAnswering(int readers, int millis) {
    DockerSettings slow = new DockerSettings().line(Duration.ofMillis(100), Duration.ofMillis(50));
    try (DockerWorld world =
        new DockerWorld.Parts().docker(slow).image("talker", writes(20)).start()) {
      create(world, "talker");
      for (int i = 0; i < readers; i++) {
        world.ask(to -> new DockerCall.Attach("talker", to));
      }
      world.runFor(Duration.ofSeconds(1));
      int start = world.ask(to -> new DockerCall.Start("talker", to));
      world.runFor(Duration.ofMillis(260));
      assertThat(world.hasAnswer(start)).isTrue();

      int list = world.ask(DockerCall.ListContainers::new);
      world.runFor(Duration.ofMillis(millis - 20));
      assertThat(world.hasAnswer(list)).isFalse();
      world.runFor(Duration.ofMillis(40));
      assertThat(world.hasAnswer(list)).isTrue();
    }
  }

  @Test
  void clientsThatAreAttachedAreBounded() {
    try (DockerWorld world =
        new DockerWorld.Parts()
            .docker(new DockerSettings().streams(2))
            .image("web", idles())
            .start()) {
      world.begin("web");
      List<Integer> clients = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        clients.add(world.ask(to -> new DockerCall.Attach("web", to)));
      }
      world.runFor(Duration.ofSeconds(1));

      assertThat(clients).map(world::hasAnswer).containsExactly(false, false, true);
      assertThat(world.outcome(clients.get(2))).isInstanceOf(Outcome.Refused.class);
      assertThat(world.world().count("docker_api_calls_total", "status=\"503\"")).isEqualTo(1);
    }
  }
}
