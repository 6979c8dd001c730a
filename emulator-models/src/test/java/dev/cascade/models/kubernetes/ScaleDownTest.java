package dev.cascade.models.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a machine is given back. */
class ScaleDownTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final NodeGroup.Description GROUP =
      new NodeGroup.Description(3, 1, 10, 2, List.of());

  private final ScaleDown scaleDown = new ScaleDown(AutoscalerConfig.of("workers"));

  private Optional<String> candidate(ClusterViews cluster, long minutes) {
    return scaleDown.candidate(cluster.view(), "workers", GROUP, minutes * MINUTE);
  }

  @Test
  void aNodeGoesAfterTenMinutesWithoutNeed() {
    ClusterViews cluster = ClusterViews.of().node("a").bound(1.2, "a").node("b").bound(0.8, "b");

    assertThat(candidate(cluster, 20)).isEmpty();
    assertThat(candidate(cluster, 29)).isEmpty();
    assertThat(candidate(cluster, 30)).contains("b");
  }

  @Test
  void itStaysWhileItsPodsFitNowhereElse() {
    ClusterViews cluster = ClusterViews.of().node("a").bound(1.3, "a").node("b").bound(0.8, "b");

    assertThat(candidate(cluster, 20)).isEmpty();
    assertThat(candidate(cluster, 60)).isEmpty();
  }

  @Test
  void needInBetweenStartsTheClockAgain() {
    ClusterViews unneeded = ClusterViews.of().node("a").node("b").bound(2, "b");
    ClusterViews needed = ClusterViews.of().node("a").bound(1, "a").node("b").bound(2, "b");

    assertThat(candidate(unneeded, 20)).isEmpty();
    assertThat(candidate(needed, 25)).isEmpty();
    assertThat(candidate(unneeded, 31)).isEmpty();
    assertThat(candidate(unneeded, 41)).contains("a");
  }

  @Test
  void nothingGoesSoonAfterTheClusterGrewOrWhilePodsWait() {
    ClusterViews unneeded = ClusterViews.of().node("a").node("b").bound(2, "b");
    ClusterViews waiting = ClusterViews.of().node("a").node("b").bound(2, "b").pending(1, 3);
    scaleDown.grown(25 * MINUTE);

    assertThat(candidate(unneeded, 20)).isEmpty();
    assertThat(candidate(unneeded, 34)).isEmpty();
    assertThat(candidate(waiting, 36)).isEmpty();
    assertThat(candidate(unneeded, 36)).contains("a");
  }

  @Test
  void theGroupKeepsItsMinimum() {
    NodeGroup.Description least = new NodeGroup.Description(1, 1, 10, 2, List.of());
    ClusterView view = ClusterViews.of().node("a").view();

    assertThat(scaleDown.candidate(view, "workers", least, 20 * MINUTE)).isEmpty();
    assertThat(scaleDown.candidate(view, "workers", least, 60 * MINUTE)).isEmpty();
  }
}
