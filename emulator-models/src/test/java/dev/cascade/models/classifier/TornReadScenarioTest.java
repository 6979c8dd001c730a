package dev.cascade.models.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.files.DiskConfig;
import dev.cascade.models.files.WriteBy;
import dev.cascade.models.world.TestWorld;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Readers meet writers: with the lock, without it, and with a rename in its place. */
class TornReadScenarioTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Ten readers that read every 2 s beside ten writers that write every 2 s. */
  private static TestWorld world(boolean lockWrites, boolean lockReads, WriteBy by) {
    ClassifierHostConfig config =
        new ClassifierHostConfig(
            Classifiers.with(lockWrites, lockReads, by, 10, Duration.ofSeconds(2)),
            DiskConfig.DEFAULT,
            "ingestion",
            10,
            DurationDistribution.exponential(Duration.ofSeconds(2)));
    TestWorld world = TestWorld.start(1, TestWorld.entry("enc", new ClassifierModel(), config, 1));
    world.runFor(MINUTE.multipliedBy(5));
    return world;
  }

  private static long reads(TestWorld world, String result) {
    return world.count("classifier_reads_total", "result=\"" + result + "\"");
  }

  private static long torn(TestWorld world) {
    return reads(world, "unparsable") + reads(world, "harmless") + reads(world, "harmful");
  }

  /** The part of a file that is there while it is written may be anything. */
  @Test
  void withoutTheLockSomeReadingsAreTornAndSomeOfThemAreBelieved() {
    try (TestWorld world = world(true, false, WriteBy.IN_PLACE)) {
      assertThat(reads(world, "whole")).isGreaterThan(500);
      assertThat(reads(world, "unparsable")).isPositive();
      assertThat(reads(world, "harmful")).isPositive();
      assertThat(world.gauge("classifier_updates_lost")).isZero();
    }
  }

  @Test
  void withTheLockOnEveryPathNoneIs() {
    try (TestWorld world = world(true, true, WriteBy.IN_PLACE)) {
      assertThat(reads(world, "whole")).isGreaterThan(500);
      assertThat(torn(world)).isZero();
      assertThat(world.gauge("classifier_updates_lost")).isZero();
    }
  }

  @Test
  void aRenameLetsReadersSeeTheOldOrTheNew() {
    try (TestWorld world = world(true, false, WriteBy.RENAME)) {
      assertThat(reads(world, "whole")).isGreaterThan(500);
      assertThat(torn(world)).isZero();
    }
  }

  /** Two jobs that read the same revision write the same next one: one change is lost. */
  @Test
  void aRenameWithoutALockLosesChanges() {
    try (TestWorld world = world(false, false, WriteBy.RENAME)) {
      assertThat(torn(world)).isZero();
      assertThat(world.gauge("classifier_updates_lost")).isGreaterThan(10);
    }
  }
}
