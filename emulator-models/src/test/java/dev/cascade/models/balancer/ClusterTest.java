package dev.cascade.models.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The panic threshold, as a table. */
class ClusterTest {
  /** Counted one by one, it is what counting all of them says. */
  @Test
  void countFollowsEachHost() {
    Cluster cluster = new Cluster(0.5);
    List<UpstreamHost> hosts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      hosts.add(new UpstreamHost(Address.of("host-" + i, "server"), null, true));
      cluster.add(hosts.get(i));
    }
    for (int step = 0; step < 200; step++) {
      UpstreamHost host = hosts.get(step * 7 % 5);
      host.checkedHealthy = step * 11 % 3 == 0;
      cluster.review(host);
      if (step == 120) {
        cluster.remove(hosts.remove(4).address);
        hosts.add(new UpstreamHost(Address.of("host-9", "server"), null, false));
        cluster.add(hosts.get(4));
      }

      long well = hosts.stream().filter(UpstreamHost::isHealthy).count();
      assertThat(cluster.healthy()).isEqualTo((int) well);
      assertThat(cluster.isPanic()).isEqualTo(well < 2.5);
      assertThat(cluster.eligible()).hasSize(well < 2.5 ? 5 : (int) well);
    }
    assertThat(cluster.review(hosts.get(0))).as("nothing has changed").isFalse();
  }

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

    assertThat(cluster.eligible()).hasSize(asked);
    assertThat(cluster.isPanic()).isEqualTo(panic);
    assertThat(cluster.healthy()).isEqualTo(healthy);
  }
}
