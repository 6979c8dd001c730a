package dev.cascade.models.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.Entry;
import dev.cascade.models.etcd.EtcdConfig;
import dev.cascade.models.etcd.EtcdMember;
import dev.cascade.models.machine.Terminate;
import dev.cascade.models.machine.UnitCall;
import dev.cascade.models.machine.UnitReply;
import dev.cascade.models.world.Programs;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** Machines with a fleetd and something that takes units in the init system's place. */
class FleetScenarioTest {
  private static final List<Address> ETCD = Programs.addresses("etcd", 3);
  private static final Address FLEETCTL = Programs.address("fleetctl", 1);

  /** An election in etcd takes 4.2 s at most; the fourth try to register comes after 7 s. */
  private static final Duration STARTED = Duration.ofSeconds(12);

  /** A watch tells engine and agents of what changed, or they look after 2 s and 5 s. */
  private static final Duration DONE = Duration.ofSeconds(8);

  /** Tries to register come 1, 3, 7, 15, 31 and 63 s after the start, and take 1 s at most each. */
  private static final Duration LAST_TRY = Duration.ofSeconds(63 + 6);

  private static final Duration TTL = FleetConfig.DEFAULT.agentTtl();

  /**
   * A key was set half its life ago at most; etcd's leader looks every 500 ms, the engine every 2
   * s, the agent that gets the unit every 5 s.
   */
  private static final Duration MOVED = TTL.plusMillis(500).plusSeconds(2 + 5 + 1);

  /** What runs where, and how often it was started, by unit. */
  private final SortedMap<String, TreeSet<String>> running = new TreeMap<>();

  private final List<String> starts = new ArrayList<>();

  private Behavior<WireMessage> init(Env<WireMessage> env) {
    TreeSet<String> units = new TreeSet<>();
    running.put(env.host().name(), units);
    return Behaviors.receiveMessage(
        message -> {
          if (message instanceof UnitCall.StartUnit start) {
            units.add(start.unit());
            starts.add(start.unit());
          } else if (message instanceof UnitCall.StopUnit stop) {
            units.remove(stop.unit());
          }
          if (message instanceof UnitCall call) {
            env.reply(call.replyTo(), new UnitReply.Queued());
          }
          return Behaviors.same();
        });
  }

  private TestWorld world(long seed, int machines) {
    return world(seed, machines, true);
  }

  private TestWorld world(long seed, int machines, boolean takesOver) {
    Entry hosts =
        Entry.of(
            "m",
            machines,
            placement -> {
              placement.template(
                  "host",
                  HostSpec.cores(1),
                  boot -> {
                    boot.start(UnitCall.PROCESS, ProcessSpec.<WireMessage>of(this::init));
                    boot.start(
                        "fleetd",
                        Programs.spec(
                            Disk.Lifetime.MACHINE,
                            Fleetd.program(FleetConfig.DEFAULT, ETCD, new TreeMap<>(), takesOver)));
                  });
              placement.replicas("host");
            });
    TestWorld world =
        TestWorld.start(
            seed,
            hosts,
            Programs.entry(
                "etcd",
                3,
                Disk.Lifetime.MACHINE,
                boot -> EtcdMember.program("etcd", EtcdConfig.DEFAULT, ETCD)),
            Programs.entry(
                "fleetctl", 1, Disk.Lifetime.MACHINE, boot -> Fleetctl.program(List.of(), ETCD)));
    world.runFor(STARTED);
    return world;
  }

  private static void submit(TestWorld world, FleetUnit... units) {
    world.engine().command(FLEETCTL, new Fleetctl.Submit(List.of(units)), Duration.ZERO);
    world.runFor(DONE);
  }

  private static FleetUnit[] units(String... names) {
    return List.of(names).stream().map(FleetUnit::of).toArray(FleetUnit[]::new);
  }

  private static Address fleetd(int machine) {
    return Address.of("m-" + machine, "fleetd");
  }

  private List<String> on(int machine) {
    return List.copyOf(running.getOrDefault("m-" + machine, new TreeSet<>()));
  }

  private List<String> everywhere() {
    return running.values().stream().flatMap(TreeSet::stream).sorted().toList();
  }

  /** Machines whose fleetd runs and has the engine's lease, by number. */
  private static List<Integer> leaders(TestWorld world) {
    return IntStream.rangeClosed(1, 3)
        .filter(machine -> world.engine().isRunning(fleetd(machine)))
        .filter(machine -> world.gaugeOf("m-" + machine, "fleet_engine_leader") == 1)
        .boxed()
        .toList();
  }

  @Test
  void unitsSpreadOverTheMachinesInTheOrderOfTheirIds() {
    try (TestWorld world = world(1, 4)) {
      assertThat(world.gauge("fleet_engine_leader")).isEqualTo(1);

      submit(world, units("a", "b", "c", "d", "e", "f"));

      // What is submitted is seen one by one, and each finds the machines as the one before left.
      assertThat(on(1)).containsExactly("a", "e");
      assertThat(on(2)).containsExactly("b", "f");
      assertThat(on(3)).containsExactly("c");
      assertThat(on(4)).containsExactly("d");
      assertThat(starts).hasSize(6);
    }
  }

  @Test
  void unitsOfAMachineWhoseKeyDiesMoveWithinTheBoundAndNoneBefore() {
    try (TestWorld world = world(2, 3)) {
      submit(world, units("a", "b", "c"));

      world.engine().crashProcess(fleetd(1));
      world.runFor(TTL.dividedBy(2).minusSeconds(1)); // its last heartbeat is 15 s old at most
      assertThat(world.count("fleet_unschedules_total")).isZero();
      world.runFor(MOVED.minus(TTL.dividedBy(2).minusSeconds(1)));

      assertThat(world.count("fleet_unschedules_total", "reason=\"machine-gone\"")).isEqualTo(1);
      assertThat(on(2)).containsExactly("a", "b");
      // Nobody is there to stop it on the old machine until its fleetd is back.
      assertThat(on(1)).containsExactly("a");

      world.engine().startProcess(fleetd(1));
      world.runFor(DONE);
      assertThat(on(1)).isEmpty();
      assertThat(on(2)).containsExactly("a", "b");
    }
  }

  @Test
  void aUnitThatFailsStaysWhereItIsAndFleetDoesNothing() {
    try (TestWorld world = world(3, 3)) {
      submit(world, units("a", "b", "c"));

      running.get("m-2").remove("b"); // it has failed; the init system gave up
      world.runFor(Duration.ofMinutes(3));

      assertThat(world.count("fleet_unschedules_total")).isZero();
      assertThat(starts).containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  void aFleetdThatIsBackInTimeMovesNothingAndStartsAgainWhatHadFailed() {
    try (TestWorld world = world(4, 3)) {
      submit(world, units("a", "b", "c"));
      running.get("m-2").remove("b");

      world.engine().crashProcess(fleetd(2));
      world.runFor(Duration.ofSeconds(10));
      world.engine().startProcess(fleetd(2));
      world.runFor(DONE);

      assertThat(world.count("fleet_unschedules_total")).isZero();
      assertThat(on(2)).containsExactly("b");
    }
  }

  /** What moved units in the incident, as fleetd's restart was quicker than its key's death. */
  @Test
  void aFleetdThatMayNotTakeOverItsOldKeyLosesItsUnitsHoweverSoonItIsBack() {
    try (TestWorld world = world(9, 3, false)) {
      // Their first tries came too late for them and not for etcd: it had to elect a leader.
      world.runFor(LAST_TRY);
      submit(world, units("a", "b", "c"));
      assertThat(on(2)).containsExactly("b");

      world.engine().crashProcess(fleetd(2));
      world.engine().startProcess(fleetd(2));
      world.runFor(LAST_TRY.plus(DONE));

      assertThat(world.count("fleet_unschedules_total", "reason=\"machine-gone\"")).isEqualTo(1);
      assertThat(everywhere()).containsExactly("a", "b", "c");
      assertThat(on(2)).isEmpty();
      assertThat(world.count("fleet_registrations_total", "result=\"failed\"")).isPositive();
    }
  }

  @Test
  void aFleetdThatIsToldToStopGivesItsUnitsAwayAtOnce() {
    try (TestWorld world = world(5, 3)) {
      submit(world, units("a", "b", "c"));

      world.engine().command(fleetd(3), new Terminate(), Duration.ZERO);
      world.runFor(DONE);

      assertThat(world.engine().isRunning(fleetd(3))).isFalse();
      assertThat(on(3)).isEmpty();
      assertThat(on(1)).containsExactly("a", "c");
    }
  }

  @Test
  void theEngineOfAMachineThatDiesIsFollowedByAnotherWithinItsLease() {
    try (TestWorld world = world(6, 3)) {
      List<Integer> leaders = leaders(world);
      assertThat(leaders).hasSize(1);

      world.engine().crashProcess(fleetd(leaders.get(0)));
      // The lease lives 10 s, etcd looks every 500 ms, the others every 2 s.
      world.runFor(Duration.ofMillis(10_000 + 500 + 2_000 + 500));
      assertThat(leaders(world)).hasSize(1).doesNotContainAnyElementsOf(leaders);
      submit(world, units("a"));

      assertThat(starts).containsExactly("a");
    }
  }

  @Test
  void aGlobalUnitRunsOnEveryMachineAndAStoppedOneNowhere() {
    try (TestWorld world = world(7, 3)) {
      submit(world, FleetUnit.of("agent").everywhere(), FleetUnit.of("a"));
      assertThat(everywhere()).containsExactly("a", "agent", "agent", "agent");

      world
          .engine()
          .command(FLEETCTL, new Fleetctl.SetTarget(List.of("agent", "a"), false), Duration.ZERO);
      world.runFor(DONE);
      assertThat(everywhere()).isEmpty();

      world.engine().command(FLEETCTL, new Fleetctl.SetTarget(List.of("a"), true), Duration.ZERO);
      world.runFor(DONE);
      assertThat(everywhere()).containsExactly("a");
    }
  }

  /** All keys die at once when etcd is back; who registers first may get everything. */
  @Test
  void anOutageOfEtcdStopsNothingAndAfterItEachUnitRunsOnce() {
    try (TestWorld world = world(8, 4)) {
      submit(world, units("a", "b", "c", "d", "e", "f"));

      world.engine().crashProcess(ETCD.get(0));
      world.engine().crashProcess(ETCD.get(1));
      world.runFor(TTL.multipliedBy(3));
      assertThat(everywhere()).containsExactly("a", "b", "c", "d", "e", "f");
      assertThat(world.count("fleet_registrations_total", "result=\"failed\"")).isPositive();

      world.engine().startProcess(ETCD.get(0));
      world.engine().startProcess(ETCD.get(1));
      // The longest wait before another try to register, an election, then as usual.
      world.runFor(Duration.ofSeconds(60).plus(STARTED).plus(DONE));
      assertThat(everywhere()).containsExactly("a", "b", "c", "d", "e", "f");
      assertThat(world.gauge("fleet_units_launched")).isEqualTo(6);
    }
  }
}
