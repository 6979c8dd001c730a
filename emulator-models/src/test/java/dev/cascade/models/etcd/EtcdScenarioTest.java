package dev.cascade.models.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.world.Asker;
import dev.cascade.models.world.Programs;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three members of etcd with its default clocks. */
class EtcdScenarioTest {
  private static final List<Address> MEMBERS = Programs.addresses("etcd", 3);
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration TTL = Duration.ofSeconds(30);

  /**
   * A follower stands 1 to 2 s after the leader's last heartbeat. One whose vote was refused, as
   * the other had heard later, stands again after 1 to 2 s more.
   */
  private static final Duration ELECTED = Duration.ofMillis(4_200);

  /** The leader looks every 500 ms, and the command takes some milliseconds. */
  private static final Duration EXPIRED = Duration.ofMillis(600);

  private final Asker asker = new Asker();

  private TestWorld world(long seed, EtcdConfig config) {
    TestWorld world =
        TestWorld.start(
            seed,
            Programs.entry(
                "etcd",
                3,
                Disk.Lifetime.MACHINE,
                boot -> EtcdMember.program("etcd", config, MEMBERS)),
            asker.entry());
    world.runFor(ELECTED);
    return world;
  }

  private TestWorld world(long seed) {
    return world(seed, EtcdConfig.DEFAULT);
  }

  private int put(
      TestWorld world, int member, String key, Duration ttl, EtcdCall.Condition condition) {
    return asker.ask(
        world,
        MEMBERS.get(member),
        Duration.ofSeconds(9),
        to -> new EtcdCall.Put(key, "value", ttl.toNanos(), condition, 0, to));
  }

  private void put(TestWorld world, String key, Duration ttl) {
    int question = put(world, 0, key, ttl, EtcdCall.Condition.NONE);
    world.runFor(SOON);
    assertThat(Asker.message(asker.answer(question))).isInstanceOf(EtcdReply.Written.class);
  }

  private EtcdReply get(TestWorld world, int member, String key) {
    int question =
        asker.ask(
            world,
            MEMBERS.get(member),
            Duration.ofSeconds(1),
            to -> new EtcdCall.Get(key, false, to));
    world.runFor(SOON);
    return (EtcdReply) Asker.message(asker.answer(question));
  }

  private int watch(TestWorld world, int member, String prefix, long after) {
    return asker.ask(
        world,
        MEMBERS.get(member),
        Duration.ofMinutes(2),
        to -> new EtcdCall.Watch(prefix, after, Duration.ofMinutes(1).toNanos(), to));
  }

  private static Address leader(TestWorld world) {
    return MEMBERS.stream()
        .filter(member -> world.engine().isRunning(member))
        .filter(member -> world.gaugeOf(member.host(), "raft_leader") == 1)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anotherLeadsSoonAfterALeadersCrash(long seed) {
    try (TestWorld world = world(seed)) {
      Address first = leader(world);

      world.engine().crashProcess(first);
      world.runFor(Duration.ofMillis(890)); // nobody stands before 1 s less a heartbeat has passed
      assertThat(world.count("raft_elections_won_total")).isEqualTo(1);
      world.runFor(ELECTED.minusMillis(890));

      assertThat(leader(world)).isNotEqualTo(first);
    }
  }

  @Test
  void aKeyDiesWhenItsTimeIsOverUnlessItIsSetAgain() {
    try (TestWorld world = world(1)) {
      put(world, "/short", TTL);
      put(world, "/again", TTL);
      put(world, "/long", Duration.ZERO);

      world.runFor(TTL.dividedBy(2));
      put(world, "/again", TTL);
      world.runFor(TTL.dividedBy(2).minus(SOON.multipliedBy(5)));
      assertThat(get(world, 2, "/short")).isInstanceOf(EtcdReply.Nodes.class);
      world.runFor(SOON.multipliedBy(4).plus(EXPIRED));

      assertThat(((EtcdReply.Failed) get(world, 2, "/short")).code())
          .isEqualTo(EtcdReply.NOT_FOUND);
      assertThat(world.gauge("etcd_keys")).isEqualTo(6); // two keys on each of three members
    }
  }

  /** So a cluster that was away for long comes back to find everybody dead. */
  @Test
  void noKeyDiesWhileNobodyLeadsAndAllThatAreDueDieWhenSomebodyDoes() {
    try (TestWorld world = world(2)) {
      put(world, "/a", TTL);
      put(world, "/b", TTL);
      world.engine().crashProcess(MEMBERS.get(1));
      world.engine().crashProcess(MEMBERS.get(2));

      world.runFor(TTL.multipliedBy(2));
      assertThat(get(world, 0, "/a")).isInstanceOf(EtcdReply.Nodes.class);

      world.engine().startProcess(MEMBERS.get(1));
      world.runFor(ELECTED.plus(EXPIRED));
      assertThat(get(world, 0, "/a")).isInstanceOf(EtcdReply.Failed.class);
      assertThat(get(world, 0, "/b")).isInstanceOf(EtcdReply.Failed.class);
    }
  }

  @Test
  void ofTwoWhoCreateAKeyOneWins() {
    try (TestWorld world = world(3)) {
      int one = put(world, 0, "/lease", TTL, EtcdCall.Condition.IS_NEW);
      int other = put(world, 1, "/lease", TTL, EtcdCall.Condition.IS_NEW);
      world.runFor(SOON);

      List<Object> answers =
          List.of(Asker.message(asker.answer(one)), Asker.message(asker.answer(other)));
      assertThat(answers).filteredOn(EtcdReply.Written.class::isInstance).hasSize(1);
      assertThat(answers)
          .filteredOn(EtcdReply.Failed.class::isInstance)
          .extracting(answer -> ((EtcdReply.Failed) answer).code())
          .containsExactly(EtcdReply.EXISTS);
    }
  }

  @Test
  void whoComparesWithAnOldIndexChangesNothing() {
    try (TestWorld world = world(4)) {
      put(world, "/lease", TTL);
      EtcdReply.Nodes first = (EtcdReply.Nodes) get(world, 0, "/lease");
      put(world, "/lease", TTL);

      Outcome outcome =
          asker.askNow(
              world,
              MEMBERS.get(1),
              Duration.ofSeconds(1),
              to -> new EtcdCall.Delete("/lease", first.index(), to));

      assertThat(((EtcdReply.Failed) Asker.message(outcome)).code())
          .isEqualTo(EtcdReply.COMPARE_FAILED);
      assertThat(get(world, 0, "/lease")).isInstanceOf(EtcdReply.Nodes.class);
    }
  }

  @Test
  void aWatchTellsOfTheNextChangeUnderItsPrefixOnAnyMember() {
    try (TestWorld world = world(5)) {
      put(world, "/job/a", Duration.ZERO);
      long known = get(world, 1, "/job/a").index();
      int watch = watch(world, 1, "/job/", known);
      int silent = watch(world, 2, "/other/", known);
      world.runFor(SOON);

      put(world, "/machines/a", Duration.ZERO);
      put(world, "/job/b", Duration.ZERO);

      assertThat(Asker.message(asker.answer(watch)))
          .isEqualTo(new EtcdReply.Changed(known + 2, "/job/b", "put"));
      world.runFor(Duration.ofMinutes(1));
      assertThat(Asker.message(asker.answer(silent)))
          .isEqualTo(new EtcdReply.NothingChanged(known + 2));
    }
  }

  @Test
  void watchesAreBoundedAndTheirHistoryIs() {
    EtcdConfig usual = EtcdConfig.DEFAULT;
    EtcdConfig small =
        new EtcdConfig(
            usual.heartbeatInterval(),
            usual.electionTimeout(),
            usual.snapshotCount(),
            usual.requestTimeout(),
            usual.expiryInterval(),
            3,
            1,
            usual.openCalls(),
            usual.messageCpu(),
            usual.sync());
    try (TestWorld world = world(6, small)) {
      for (int i = 0; i < 5; i++) {
        put(world, "/key-" + i, Duration.ZERO);
      }

      int late = watch(world, 0, "/", 1);
      int tooLate = watch(world, 0, "/key-0", 0);
      int inTime = watch(world, 0, "/", 2);
      int open = watch(world, 0, "/", 5);
      int oneTooMany = watch(world, 0, "/", 5);
      world.runFor(Duration.ofMinutes(1).plus(SOON));

      assertThat(((EtcdReply.Failed) Asker.message(asker.answer(late))).code())
          .isEqualTo(EtcdReply.INDEX_CLEARED);
      assertThat(((EtcdReply.Failed) Asker.message(asker.answer(tooLate))).code())
          .isEqualTo(EtcdReply.INDEX_CLEARED);
      assertThat(Asker.message(asker.answer(inTime)))
          .isEqualTo(new EtcdReply.Changed(3, "/key-2", "put"));
      assertThat(List.of(asker.answer(open), asker.answer(oneTooMany)))
          .filteredOn(Outcome.Refused.class::isInstance)
          .hasSize(1);
      assertThat(world.count("etcd_calls_total", "op=\"watch\"", "status=\"refused\""))
          .isEqualTo(1);
    }
  }

  @Test
  void withoutAMajorityWritesFailAndReadsAreOld() {
    try (TestWorld world = world(7)) {
      put(world, "/key", Duration.ZERO);
      world.engine().crashProcess(MEMBERS.get(1));
      world.engine().crashProcess(MEMBERS.get(2));
      world.runFor(Duration.ofSeconds(2)); // a leader's lease is 1 s

      int write = put(world, 0, "/key", Duration.ZERO, EtcdCall.Condition.NONE);
      assertThat(get(world, 0, "/key")).isInstanceOf(EtcdReply.Nodes.class);
      world.runFor(Duration.ofMillis(7_100));

      assertThat(((EtcdReply.Failed) Asker.message(asker.answer(write))).code())
          .isEqualTo(EtcdReply.TROUBLE);
    }
  }
}
