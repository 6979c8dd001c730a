package dev.cascade.models.spartan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.sparta.CommitPolicy;
import dev.cascade.models.sparta.Recovery;
import dev.cascade.models.sparta.SpartaConfig;
import dev.cascade.models.sparta.SpartaModel;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * All instances of a cluster restart empty, so that each knows less than its clients. What its
 * handlers do then is the only thing that differs.
 */
class TightLoopScenarioTest {
  private static final Duration UNIT = Duration.ofSeconds(1);
  private static final int CLIENTS = 12;

  /** Four commits each: clients know of versions that joining alone does not reach. */
  private static final int MOVES = 20;

  /**
   * Sessions for each client at worst, of their attempts the share that failed, and of an
   * allocator's 16 cores the share in use, at most.
   */
  private record Outcome(double sessionsEach, double failed, double utilization) {}

  private static SpartaConfig config(Recovery recovery) {
    SpartaConfig all = SpartaConfig.of(UNIT, CommitPolicy.LAST_WRITER_WINS, "shops");
    return new SpartaConfig(
        all.services(),
        all.unit(),
        all.work(),
        all.settleGap(),
        all.stages(),
        all.replicationDelay(),
        all.sessionTtl(),
        all.tick(),
        all.handlers(),
        all.queue(),
        all.handlerCpu(),
        all.snapshotCpu(),
        all.commitCpu(),
        all.commit(),
        recovery,
        all.settled(),
        all.log(),
        all.cores());
  }

  private static Outcome restart(Recovery recovery) {
    try (TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry("sparta", new SpartaModel(), config(recovery), 3),
            TestWorld.entry(
                "shops",
                new SpartanModel(),
                SpartanConfig.of(UNIT, OnOlder.EVICT, 3, "sparta", "shops"),
                CLIENTS))) {
      for (int move = 0; move < MOVES; move++) {
        world
            .engine()
            .command(
                Address.of("shops-1", SpartanModel.CLIENT),
                new Spartan.Reconnect(null, null),
                Duration.ZERO);
        world.runFor(UNIT.multipliedBy(10));
      }
      long attempts = world.count("spartan_session_attempts_total");
      forEachInstance(world.engine()::crashProcess);
      world.runFor(UNIT);
      forEachInstance(world.engine()::startProcess);
      double most = 0;
      double busiest = 0;
      for (int second = 0; second < 60; second++) {
        world.runFor(Duration.ofSeconds(1));
        most = Math.max(most, world.gauge("sparta_sessions") / CLIENTS);
        busiest = Math.max(busiest, world.gaugeOf("sparta-1", "sparta_cpu_utilization"));
      }
      return new Outcome(
          most,
          (double) world.count("spartan_session_attempts_failed_total")
              / (world.count("spartan_session_attempts_total") - attempts),
          busiest);
    }
  }

  private static void forEachInstance(Consumer<Address> what) {
    for (int i = 1; i <= 3; i++) {
      what.accept(Address.of("sparta-" + i, SpartaModel.PROCESS));
    }
  }

  /**
   * A handler in the loop does not answer within the client's 10 s, so that the client asks another
   * instance up to 1 s later and leaves a session behind, which lives for 30 s: after 22 s each has
   * at least two. Each loop uses a core of its own, and each of an instance's four clients has one.
   */
  @Test
  void aTightLoopMultipliesSessionsAndUsesACoreForEach() {
    Outcome loop = restart(Recovery.TIGHT_LOOP);
    assertThat(loop.sessionsEach()).isGreaterThanOrEqualTo(2);
    assertThat(loop.failed()).isGreaterThan(0.5);
    assertThat(loop.utilization()).isBetween(4 / 16.0, 1.0);
  }

  /**
   * Five retries are over in 5 s, half of the client's time-out: who is told closes its session.
   */
  @Test
  void retriesThatEndDoNot() {
    Outcome retries = restart(Recovery.RETRY);
    assertThat(retries.sessionsEach()).isLessThanOrEqualTo(1.2);
    assertThat(retries.utilization()).isLessThan(4 / 16.0);
    assertThat(restart(Recovery.NONE).sessionsEach()).isLessThanOrEqualTo(1.2);
  }
}
