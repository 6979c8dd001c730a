package dev.cascade.models.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.models.world.Asker;
import dev.cascade.models.world.Programs;
import dev.cascade.models.world.TestWorld;
import dev.cascade.network.HostSet;
import dev.cascade.network.LinkFault;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three Consul servers with Consul's default clocks: who leads, and what becomes of their keys. */
class ConsulScenarioTest {
  private static final List<Address> SERVERS = Programs.addresses("consul", 3);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * A follower stands 5 to 10 s after it last heard the leader. If another heard it later, by up to
   * the second that heartbeats are apart, that one may still say no, and stands itself 10 s after
   * its own last heartbeat; the first stands again after 5 to 10 s more. What comes on top is round
   * trips.
   */
  private static final Duration ELECTED = Duration.ofSeconds(21);

  /**
   * Three greetings of a second tell that all are new; then it is as after the loss of a leader.
   */
  private static final Duration STARTED = ELECTED.plusSeconds(3);

  /** A leader that hears nobody steps down after its lease, 2.5 s. */
  private static final Duration STEPPED_DOWN = Duration.ofSeconds(3);

  /** One heartbeat (1 s) tells that a log is behind; the entries follow at once. */
  private static final Duration CAUGHT_UP = Duration.ofSeconds(3);

  private final Asker asker = new Asker();

  private TestWorld world(long seed, Disk.Lifetime disk, ConsulConfig config) {
    return TestWorld.start(
        seed,
        Programs.entry("consul", 3, disk, boot -> ConsulServer.program("consul", config, SERVERS)),
        asker.entry());
  }

  private static Address leader(TestWorld world) {
    List<Address> leaders = new ArrayList<>();
    for (Address server : SERVERS) {
      if (world.engine().isRunning(server) && world.gaugeOf(server.host(), "raft_leader") == 1) {
        leaders.add(server);
      }
    }
    assertThat(leaders).hasSize(1);
    return leaders.get(0);
  }

  private void put(TestWorld world, Address server, String key) {
    Outcome outcome =
        asker.askNow(world, server, TIMEOUT, to -> new ConsulCall.Put(key, "value", to));
    assertThat(Asker.message(outcome)).isEqualTo(new ConsulReply.Done());
  }

  private Object get(TestWorld world, Address server, String key) {
    return Asker.message(asker.askNow(world, server, TIMEOUT, to -> new ConsulCall.Get(key, to)));
  }

  private static void crash(TestWorld world, Address... servers) {
    for (Address server : servers) {
      world.engine().crashProcess(server);
    }
  }

  private static void restart(TestWorld world, Address... servers) {
    for (Address server : servers) {
      assertThat(world.engine().startProcess(server)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anotherLeadsWithinTwoTimeoutsOfALeadersCrash(long seed) {
    try (TestWorld world = world(seed, Disk.Lifetime.MACHINE, ConsulConfig.DEFAULT)) {
      world.runFor(STARTED);
      Address first = leader(world);

      crash(world, first);
      world.runFor(Duration.ofSeconds(4)); // nobody stands before 5 s less a heartbeat have passed
      assertThat(world.count("raft_elections_won_total")).isEqualTo(1);
      world.runFor(ELECTED.minusSeconds(4));

      assertThat(leader(world)).isNotEqualTo(first);
    }
  }

  @Test
  void anyServerTakesAWriteAndAllHaveItSoonAfter() {
    try (TestWorld world = world(1, Disk.Lifetime.MACHINE, ConsulConfig.DEFAULT)) {
      world.runFor(STARTED);

      for (Address server : SERVERS) {
        put(world, server, "key of " + server);
      }

      assertThat(world.gauge("consul_kv_keys")).isEqualTo(9);
      for (Address server : SERVERS) {
        assertThat(get(world, server, "key of consul-1/consul"))
            .isEqualTo(new ConsulReply.Value("value"));
        assertThat(get(world, server, "nothing")).isEqualTo(new ConsulReply.NoSuchKey());
      }
      assertThat(world.count("consul_calls_total", "status=\"200\"")).isEqualTo(6);
      assertThat(world.count("consul_calls_total", "status=\"404\"")).isEqualTo(3);
    }
  }

  /** The cause of H2.5 (4), and its control: what matters is that they are down together. */
  @Test
  void keysOutliveEveryDiskIfOneIsLostAtATimeAndNoneIfAllAreLostTogether() {
    try (TestWorld world = world(2, Disk.Lifetime.CONTAINER, ConsulConfig.DEFAULT)) {
      world.runFor(STARTED);
      put(world, SERVERS.get(0), "registry/storage");

      for (Address server : SERVERS) {
        crash(world, server);
        world.runFor(ELECTED); // if it was the leader
        restart(world, server);
        world.runFor(CAUGHT_UP);
        assertThat(world.gaugeOf(server.host(), "consul_kv_keys")).isEqualTo(1);
      }
      assertThat(get(world, SERVERS.get(0), "registry/storage"))
          .isEqualTo(new ConsulReply.Value("value"));

      crash(world, SERVERS.toArray(Address[]::new));
      restart(world, SERVERS.toArray(Address[]::new));
      world.runFor(STARTED);
      assertThat(get(world, SERVERS.get(0), "registry/storage"))
          .isEqualTo(new ConsulReply.NoSuchKey());
    }
  }

  @Test
  void keysOutliveACrashOfAllWhoseDisksStay() {
    try (TestWorld world = world(3, Disk.Lifetime.MACHINE, ConsulConfig.DEFAULT)) {
      world.runFor(STARTED);
      put(world, SERVERS.get(0), "registry/storage");

      crash(world, SERVERS.toArray(Address[]::new));
      world.runFor(Duration.ofMinutes(1));
      restart(world, SERVERS.toArray(Address[]::new));
      world.runFor(STARTED);

      assertThat(get(world, SERVERS.get(1), "registry/storage"))
          .isEqualTo(new ConsulReply.Value("value"));
    }
  }

  @Test
  void serversWithEmptyDisksWaitUntilAllAreThere() {
    try (TestWorld world = world(4, Disk.Lifetime.CONTAINER, ConsulConfig.DEFAULT)) {
      crash(world, SERVERS.get(2));
      world.runFor(STARTED.multipliedBy(3));
      assertThat(world.count("raft_candidacies_total")).isZero();

      restart(world, SERVERS.get(2));
      world.runFor(STARTED);
      leader(world);
    }
  }

  @Test
  void oneThatLagsBehindTheLogGetsTheSnapshot() {
    ConsulConfig config =
        new ConsulConfig(
            5, Duration.ofSeconds(7), 1000, 10, Duration.ofNanos(100_000), Duration.ofMillis(2));
    try (TestWorld world = world(5, Disk.Lifetime.CONTAINER, config)) {
      world.runFor(STARTED);
      for (int i = 0; i < 25; i++) {
        String key = "key-" + i;
        asker.ask(world, SERVERS.get(0), TIMEOUT, to -> new ConsulCall.Put(key, "value", to));
      }
      world.runFor(TIMEOUT);
      assertThat(world.count("raft_snapshots_restored_total")).isZero();

      crash(world, SERVERS.get(1));
      world.runFor(ELECTED);
      restart(world, SERVERS.get(1));
      world.runFor(CAUGHT_UP);

      assertThat(world.count("raft_snapshots_restored_total")).isEqualTo(1);
      assertThat(world.gaugeOf(SERVERS.get(1).host(), "consul_kv_keys")).isEqualTo(25);
    }
  }

  @Test
  void withoutALeaderACallIsHeldForSevenSecondsThenFails() {
    try (TestWorld world = world(6, Disk.Lifetime.MACHINE, ConsulConfig.DEFAULT)) {
      world.runFor(STARTED);
      crash(world, SERVERS.get(1), SERVERS.get(2));
      world.runFor(STEPPED_DOWN);

      int question = asker.ask(world, SERVERS.get(0), TIMEOUT, to -> new ConsulCall.Get("key", to));
      world.runFor(Duration.ofMillis(6_900));
      assertThatThrownBy(() -> asker.answer(question)).isInstanceOf(AssertionError.class);
      world.runFor(Duration.ofMillis(200));

      assertThat(Asker.message(asker.answer(question)))
          .isEqualTo(new ConsulReply.Failed("no cluster leader"));
    }
  }

  @Test
  void aCallThatIsHeldIsAnsweredByTheNextLeader() {
    ConsulConfig quick =
        new ConsulConfig(
            1, Duration.ofSeconds(7), 10, 16_384, Duration.ofNanos(100_000), Duration.ofMillis(2));
    try (TestWorld world = world(7, Disk.Lifetime.MACHINE, quick)) {
      world.runFor(STARTED);
      Address first = leader(world);
      Address other = SERVERS.get(first.equals(SERVERS.get(0)) ? 1 : 0);

      crash(world, first);

      put(world, other, "key"); // 2.1 s without a leader are shorter than 7 s
    }
  }

  @Test
  void moreOpenCallsThanThereIsRoomForAreRefusedAndCounted() {
    ConsulConfig narrow =
        new ConsulConfig(
            5, Duration.ofSeconds(7), 2, 16_384, Duration.ofNanos(100_000), Duration.ofMillis(2));
    try (TestWorld world = world(8, Disk.Lifetime.MACHINE, narrow)) {
      world.runFor(STARTED);
      crash(world, SERVERS.get(1), SERVERS.get(2));
      world.runFor(STEPPED_DOWN);

      List<Integer> questions = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        questions.add(
            asker.ask(world, SERVERS.get(0), TIMEOUT, to -> new ConsulCall.Get("key", to)));
      }
      world.runFor(TIMEOUT);

      assertThat(questions.stream().map(asker::answer).filter(Outcome.Refused.class::isInstance))
          .hasSize(1);
      assertThat(world.count("consul_calls_total", "status=\"refused\"")).isEqualTo(1);
    }
  }

  @Test
  void aLeaderThatIsCutOffConfirmsNothingAndItsEntryIsLost() {
    try (TestWorld world = world(9, Disk.Lifetime.MACHINE, ConsulConfig.DEFAULT)) {
      world.runFor(STARTED);
      Address old = leader(world);
      List<Address> others = SERVERS.stream().filter(server -> !server.equals(old)).toList();
      HostSet here = new HostSet.Named(Set.of(old.host()));
      HostSet there = new HostSet.Entry("consul");

      world.engine().applyLinkFault("to", new LinkFault(here, there, new LinkFault.Swallow()));
      world.engine().applyLinkFault("from", new LinkFault(there, here, new LinkFault.Swallow()));
      Outcome outcome =
          asker.askNow(world, old, TIMEOUT, to -> new ConsulCall.Put("key", "lost", to));
      assertThat(Asker.message(outcome))
          .isEqualTo(new ConsulReply.Failed("leadership lost while committing"));
      world.runFor(ELECTED);
      put(world, others.get(0), "other");

      world.engine().liftLinkFaults("");
      world.runFor(ELECTED);
      assertThat(get(world, old, "key")).isEqualTo(new ConsulReply.NoSuchKey());
      assertThat(get(world, old, "other")).isEqualTo(new ConsulReply.Value("value"));
      assertThat(world.gauge("consul_kv_keys")).isEqualTo(3);
    }
  }

  /**
   * Without the rule that a follower keeps a leader that it hears, it would depose one each 5 s.
   */
  @Test
  void oneThatHearsNobodyButIsHeardDeposesNoLeader() {
    try (TestWorld world = world(10, Disk.Lifetime.MACHINE, ConsulConfig.DEFAULT)) {
      world.runFor(STARTED);
      Address first = leader(world);
      Address deaf = SERVERS.get(first.equals(SERVERS.get(0)) ? 1 : 0);
      HostSet here = new HostSet.Named(Set.of(deaf.host()));

      world
          .engine()
          .applyLinkFault(
              "deaf", new LinkFault(new HostSet.Entry("consul"), here, new LinkFault.Swallow()));
      world.runFor(Duration.ofMinutes(2));

      assertThat(world.count("raft_candidacies_total")).isGreaterThan(10);
      assertThat(world.count("raft_elections_won_total")).isEqualTo(1);
      assertThat(leader(world)).isEqualTo(first);
    }
  }
}
