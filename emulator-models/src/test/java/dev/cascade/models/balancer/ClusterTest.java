package dev.cascade.models.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The panic threshold, as a table. */
class ClusterTest {
  @ParameterizedTest
  @CsvSource({
    "4, 4, 0.5, 4, false",
    "4, 2, 0.5, 2, false", // exactly the half is enough
    "4, 1, 0.5, 4, true",
    "4, 0, 0.5, 4, true",
    "4, 0, 0.0, 0, false", // switched off: nobody is asked
    "4, 3, 1.0, 4, true",
    "0, 0, 0.5, 0, false"
  })
  void belowTheThresholdAllAreAsked(
      int hosts, int healthy, double threshold, int asked, boolean panic) {
    Cluster cluster = new Cluster(threshold);
    for (int i = 0; i < hosts; i++) {
      cluster.add(new UpstreamHost(Address.of("host-" + i, "server"), null, i < healthy));
    }

    cluster.review();

    assertThat(cluster.eligible()).hasSize(asked);
    assertThat(cluster.isPanic()).isEqualTo(panic);
    assertThat(cluster.healthy()).isEqualTo(healthy);
  }
}
