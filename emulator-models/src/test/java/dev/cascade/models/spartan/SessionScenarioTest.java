package dev.cascade.models.spartan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.sparta.CommitPolicy;
import dev.cascade.models.sparta.SpartaConfig;
import dev.cascade.models.sparta.SpartaModel;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sessions, and what becomes of services that have none. */
class SessionScenarioTest {
  private static final Duration UNIT = Duration.ofSeconds(1);

  private static TestWorld world(int services, double perSecond) {
    return TestWorld.start(
        1,
        TestWorld.entry(
            "sparta",
            new SpartaModel(),
            SpartaConfig.of(UNIT, CommitPolicy.LAST_WRITER_WINS, "shops"),
            3),
        TestWorld.entry(
            "shops",
            new SpartanModel(),
            SpartanConfig.of(UNIT, OnOlder.EVICT, 2, "sparta", "shops"),
            services),
        TestWorld.entry("users", new LoadModel(), LoadConfig.atRate("shops", "/", perSecond), 1));
  }

  private static void reconnect(TestWorld world, int service) {
    world
        .engine()
        .command(
            Address.of("shops-" + service, SpartanModel.CLIENT),
            new Spartan.Reconnect(null, null),
            Duration.ZERO);
  }

  /**
   * As in eleven years of service: of 200 at most 2 % may roll back, and none does. They are 60
   * units apart, which are ten minutes at the default pace; six are more than a move needs.
   */
  @Test
  void aSingleReconnectIsBenign() {
    try (TestWorld world = world(3, 0.01)) {
      world.runFor(Duration.ofMinutes(1));
      for (int round = 0; round < 200; round++) {
        reconnect(world, 1 + round % 3);
        world.runFor(UNIT.multipliedBy(60));
      }

      assertThat(world.count("sparta_sessions_opened_total")).isEqualTo(203);
      // The loss, the next session and two more stages.
      assertThat(world.count("sparta_commits_total")).isEqualTo(4 * 200);
      assertThat(world.count("sparta_version_decreases_total")).isZero();
      assertThat(world.count("spartan_evictions_total")).isZero();
      assertThat(world.count("spartan_requests_dropped_total")).isZero();
    }
  }

  /**
   * A service whose instance dies finds another one: it is given up at the next ping, within 10 s,
   * and one unit later it has a session. It stays in the ring meanwhile.
   */
  @Test
  void clientsOfAnInstanceThatDiesGoToAnother() {
    try (TestWorld world = world(9, 0.01)) {
      world.runFor(Duration.ofMinutes(1));
      assertThat(world.gauge("sparta_sessions")).isEqualTo(9);
      world.engine().crashProcess(Address.of("sparta-1", SpartaModel.PROCESS));
      world.runFor(Duration.ofSeconds(12));

      assertThat(
              world.gaugeOf("sparta-2", "sparta_sessions")
                  + world.gaugeOf("sparta-3", "sparta_sessions"))
          .isEqualTo(9);
      assertThat(world.count("spartan_sessions_lost_total", "reason=\"reset\"")).isEqualTo(3);
    }
  }

  /** A session whose client is silent ends after 30 s and up to a tick of 2 s. */
  @Test
  void aServiceThatIsSilentLosesItsSessionAndItsBuckets() {
    try (TestWorld world = world(3, 0.01)) {
      world.runFor(Duration.ofMinutes(1));
      world.engine().pauseProcess(Address.of("shops-1", SpartanModel.PROCESS), true);
      world.runFor(Duration.ofSeconds(20));
      assertThat(world.gauge("sparta_sessions")).isEqualTo(3);

      world.runFor(Duration.ofSeconds(22)); // it was heard up to 10 s before the pause
      assertThat(world.gauge("sparta_sessions")).isEqualTo(2);
      assertThat(world.count("sparta_sessions_expired_total")).isEqualTo(1);

      world.engine().pauseProcess(Address.of("shops-1", SpartanModel.PROCESS), false);
      world.runFor(Duration.ofSeconds(30));
      assertThat(world.count("spartan_evictions_total", "reason=\"silence\"")).isEqualTo(1);
      assertThat(world.gauge("sparta_sessions")).isEqualTo(3);
      assertThat(world.gauge("spartan_allocated")).isEqualTo(3);
    }
  }

  /** What a service that has left the ring is asked is dropped, all of it. */
  @Test
  void aServiceWithoutAnAllocationDropsAllThatIsItsOwn() {
    try (TestWorld world = world(1, 10)) {
      world.runFor(Duration.ofMinutes(1));
      assertThat(world.count("spartan_requests_dropped_total")).isZero();
      world.engine().crashHost("sparta-1");
      world.engine().crashHost("sparta-2");
      world.engine().crashHost("sparta-3");
      world.runFor(Duration.ofMinutes(1)); // 30 s after it last heard of them it leaves the ring
      long done = world.count("spartan_requests_total");
      long dropped = world.count("spartan_requests_dropped_total");

      world.runFor(Duration.ofMinutes(1));
      assertThat(world.count("spartan_requests_total")).isEqualTo(done);
      assertThat(world.count("spartan_requests_dropped_total")).isGreaterThan(dropped + 400);
    }
  }
}
