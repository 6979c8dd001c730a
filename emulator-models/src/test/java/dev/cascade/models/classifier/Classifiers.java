package dev.cascade.models.classifier;

import dev.cascade.models.files.WriteBy;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;

/** Classifiers for tests. */
final class Classifiers {
  private Classifiers() {}

  /** Caches, wrong and right load balancers, and workers, so many of each. */
  static ClassifierConfig config(int each) {
    return new ClassifierConfig(
        "/etc/enc.yaml",
        "core",
        List.of(
            ClassifierConfig.Group.of("cache", each, "cache", false),
            ClassifierConfig.Group.of("lb-core", each, "core", true),
            ClassifierConfig.Group.of("lb-ingest", each, "ingest", true),
            ClassifierConfig.Group.of("worker", each, "worker", false)),
        List.of(
            new ClassifierConfig.Service("ingestion", "ingest"),
            new ClassifierConfig.Service("website", "core")),
        10,
        7,
        DurationDistribution.exponential(Duration.ofSeconds(20)),
        true,
        true,
        WriteBy.IN_PLACE);
  }

  /** The same with other locks, another way to write and other jobs. */
  static ClassifierConfig with(
      boolean lockWrites, boolean lockReads, WriteBy by, int writers, Duration every) {
    ClassifierConfig base = config(9);
    return new ClassifierConfig(
        base.path(),
        base.defaultProfile(),
        base.nodes(),
        base.services(),
        base.classes(),
        writers,
        DurationDistribution.exponential(every),
        lockWrites,
        lockReads,
        by);
  }
}
