package dev.cascade.models.spartan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.engine.EngineSettings;
import dev.cascade.engine.Entry;
import dev.cascade.models.sparta.CommitPolicy;
import dev.cascade.models.sparta.SpartaConfig;
import dev.cascade.models.sparta.SpartaModel;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often two services that change their sessions roll a version back, against a calculation of
 * the same rules. Many clusters of two services each run side by side, and each is tried again and
 * again; clients keep what they know, so that nothing follows from a rollback.
 */
class RollbackRateScenarioTest {
  private static final Duration UNIT = Duration.ofSeconds(1);
  private static final int CLUSTERS = 40;

  /** 99 % of a standard normal lie within so many deviations. */
  private static final double Z99 = 2.576;

  private static TestWorld world(long seed, CommitPolicy commit) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < CLUSTERS; i++) {
      entries.add(
          TestWorld.entry(
              "sparta" + i, new SpartaModel(), SpartaConfig.of(UNIT, commit, "pair" + i), 3));
      entries.add(
          TestWorld.entry(
              "pair" + i,
              new SpartanModel(),
              SpartanConfig.of(UNIT, OnOlder.KEEP, 0, "sparta" + i, "pair" + i),
              2));
    }
    return TestWorld.start(
        new EngineSettings(seed, 1, TestWorld.WITHOUT_RETRANSMITS, false),
        entries.toArray(Entry[]::new));
  }

  /** How many of the tries rolled back, in each of which two sessions move so far apart. */
  private static int rollbacks(CommitPolicy commit, double apart, int rounds) {
    int rollbacks = 0;
    try (TestWorld world = world(1, commit)) {
      world.runFor(UNIT);
      for (int round = 0; round < rounds; round++) {
        long[] before = new long[CLUSTERS];
        for (int i = 0; i < CLUSTERS; i++) {
          before[i] = decreases(world, i);
          for (int service = 0; service < 2; service++) {
            world
                .engine()
                .command(
                    Address.of("pair" + i + "-" + (service + 1), SpartanModel.CLIENT),
                    new Spartan.Reconnect(null, null),
                    Duration.ofNanos(Math.round(service * apart * UNIT.toNanos())));
          }
        }
        // What follows from a move is over after a unit and four workers: 15 leaves enough.
        world.runFor(UNIT.multipliedBy(15 + (long) Math.ceil(apart)));
        for (int i = 0; i < CLUSTERS; i++) {
          rollbacks += decreases(world, i) > before[i] ? 1 : 0;
        }
      }
      assertThat(world.count("sparta_commits_total")).isGreaterThan(4L * CLUSTERS * rounds);
    }
    return rollbacks;
  }

  private static long decreases(TestWorld world, int cluster) {
    return world.count("sparta_version_decreases_total", "cluster=\"sparta" + cluster + "\"");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.75, 1.5, 2.5})
  void theRateFollowsTheOverlapAsCalculatedWithoutTheEmulator(double apart) {
    int tries = 20 * CLUSTERS;
    int calculations = 100_000;
    double expected = Overlap.rate(apart, calculations, 1);

    double seen = (double) rollbacks(CommitPolicy.LAST_WRITER_WINS, apart, 20) / tries;

    double deviation = Math.sqrt(expected * (1 - expected) * (1.0 / tries + 1.0 / calculations));
    assertThat(seen).isCloseTo(expected, within(Z99 * deviation));
  }

  /**
   * One is done with when the other begins: 15 units are beyond five workers' 99.9th percentile.
   */
  @Test
  void withoutOverlapNothingRollsBack() {
    assertThat(Overlap.rate(15, 10_000, 1)).isZero();
    assertThat(rollbacks(CommitPolicy.LAST_WRITER_WINS, 15, 5)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMPARE_AND_SET", "SINGLE_WRITER"})
  void fixedCommitsNeverRollBack(CommitPolicy commit) {
    assertThat(rollbacks(commit, 0, 25)).isZero(); // of 1,000
  }
}
