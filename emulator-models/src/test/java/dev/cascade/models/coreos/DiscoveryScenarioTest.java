package dev.cascade.models.coreos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.etcd.EtcdCall;
import dev.cascade.models.etcd.EtcdConfig;
import dev.cascade.models.etcd.EtcdMember;
import dev.cascade.models.etcd.EtcdReply;
import dev.cascade.models.frontend.Backends;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.models.world.Asker;
import dev.cascade.models.world.Programs;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Applications say in etcd where they are, and what dies is forgotten when its key does. */
class DiscoveryScenarioTest {
  private static final List<Address> ETCD = Programs.addresses("etcd", 1);

  /** As CoreOS's sidekicks: a key that lives 60 s, written every 45 s. */
  private static final ApplicationConfig CONFIG =
      new ApplicationConfig(Duration.ofMillis(2), Duration.ofSeconds(60), Duration.ofSeconds(45));

  private static final Duration LITTLE = Duration.ofMillis(20); // round trips of 2 ms

  private final Asker asker = new Asker();

  private TestWorld world() {
    return TestWorld.start(
        1,
        Programs.entry(
            "etcd",
            1,
            Disk.Lifetime.MACHINE,
            boot -> EtcdMember.program("etcd", EtcdConfig.DEFAULT, ETCD)),
        Programs.entry(
            "shop",
            2,
            Disk.Lifetime.MACHINE,
            boot -> Application.program(CONFIG, ETCD, Backends.key("shop", boot.host().name()))),
        asker.entry());
  }

  private TreeSet<String> announced(TestWorld world) {
    int question =
        asker.ask(
            world,
            ETCD.get(0),
            Duration.ofSeconds(1),
            to -> new EtcdCall.Get(Backends.PREFIX, true, to));
    world.runFor(LITTLE);
    EtcdReply.Nodes nodes = (EtcdReply.Nodes) Asker.message(asker.answer(question));
    TreeSet<String> values = new TreeSet<>();
    nodes.nodes().values().forEach(node -> values.add(node.value()));
    return values;
  }

  @Test
  void aKeyOutlivesItsApplicationByItsTimeToLiveAtMost() {
    try (TestWorld world = world()) {
      world.runFor(Duration.ofMinutes(5));
      assertThat(announced(world)).containsExactly("shop-1/shop", "shop-2/shop");

      world.engine().crashProcess(Programs.address("shop", 1));
      world.runFor(CONFIG.ttl().minus(CONFIG.announceEvery()).minusSeconds(1));
      assertThat(announced(world)).as("its key is 45 s old at most").hasSize(2);

      // etcd looks for dead keys every 500 ms.
      world.runFor(CONFIG.announceEvery().plusSeconds(1).plusMillis(600));
      assertThat(announced(world)).containsExactly("shop-2/shop");

      world.engine().startProcess(Programs.address("shop", 1));
      world.runFor(LITTLE);
      assertThat(announced(world)).as("at once when it is back").hasSize(2);
    }
  }

  @Test
  void anApplicationServesWhateverBecomesOfEtcd() {
    try (TestWorld world = world()) {
      world.engine().crashProcess(ETCD.get(0));
      world.runFor(Duration.ofMinutes(5));
      int question =
          asker.ask(
              world,
              Programs.address("shop", 1),
              Duration.ofSeconds(1),
              to -> new HttpRequest("/shop", to));
      world.runFor(LITTLE);

      assertThat(Asker.message(asker.answer(question))).isEqualTo(HttpResponse.OK);
    }
  }
}
