package dev.cascade.models.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many machines the autoscaler asks for. */
class ScaleUpTest {
  private static NodeGroup.Description group(int desired, int max) {
    return new NodeGroup.Description(desired, 0, max, 2, List.of());
  }

  private static AutoscalerConfig config(int nodesMin, int nodesMax) {
    return new AutoscalerConfig(
        "workers",
        Duration.ofSeconds(10),
        nodesMin,
        nodesMax,
        false,
        0.5,
        Duration.ofMinutes(10),
        Duration.ofMinutes(10));
  }

  private static int desired(ClusterViews cluster, AutoscalerConfig config, int now, int max) {
    return new ScaleUp(cluster.view(), config).desired("workers", group(now, max));
  }

  @Test
  void podsThatWaitAndFitNowhereNeedMachines() {
    AutoscalerConfig config = config(0, 1000);

    assertThat(desired(ClusterViews.of().node("a"), config, 1, 100)).isEqualTo(1);
    assertThat(desired(ClusterViews.of().node("a").pending(2, 1), config, 1, 100)).isEqualTo(1);
    assertThat(desired(ClusterViews.of().node("a").pending(6, 1), config, 1, 100)).isEqualTo(3);
    assertThat(desired(ClusterViews.of().node("a").pending(1, 3), config, 1, 100)).isEqualTo(1);
  }

  @Test
  void machinesOnTheirWayAreCountedAsRoom() {
    ClusterViews cluster = ClusterViews.of().node("a").bound(2, "a").pending(4, 1);

    assertThat(desired(cluster, config(0, 1000), 3, 100)).isEqualTo(3);
    assertThat(desired(cluster, config(0, 1000), 2, 100)).isEqualTo(3);
  }

  @Test
  void otherGroupsNodesAreRoomButNotOfThisGroup() {
    ClusterViews cluster = ClusterViews.of().node("i", "ingress", true).pending(4, 1);

    assertThat(desired(cluster, config(0, 1000), 0, 100)).isEqualTo(1);
  }

  @Test
  void boundsHold() {
    ClusterViews cluster = ClusterViews.of().node("a").bound(2, "a").pending(20, 1);

    assertThat(desired(cluster, config(0, 1000), 1, 5)).isEqualTo(5);
    assertThat(desired(cluster, config(0, 4), 1, 100)).isEqualTo(4);
    assertThat(desired(ClusterViews.of().node("a"), config(3, 1000), 1, 100)).isEqualTo(3);
    assertThat(desired(ClusterViews.of().node("a"), config(3, 1000), 3, 100)).isEqualTo(3);
  }
}
