package dev.cascade.models.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.RecordedEvent;
import dev.cascade.models.consul.ConsulCall;
import dev.cascade.models.consul.ConsulConfig;
import dev.cascade.models.consul.ConsulReply;
import dev.cascade.models.consul.ConsulServer;
import dev.cascade.models.world.Asker;
import dev.cascade.models.world.Programs;
import dev.cascade.models.world.TestWorld;
import dev.cascade.network.HostSet;
import dev.cascade.network.LinkFault;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Outcome;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Raft's promises under crashes and cuts drawn from the seed, with disks that stay: no two leaders
 * in one term, and nothing lost that was confirmed. Consul's servers with the multiplier 1 are the
 * vehicle, as their elections take seconds.
 */
class RaftSafetyScenarioTest {
  private static final int MEMBERS = 5;
  private static final Address[] SERVERS =
      Programs.addresses("consul", MEMBERS).toArray(Address[]::new);

  /** Faults of each run. */
  private static final int STEPS = 25;

  private static final ConsulConfig QUICK =
      new ConsulConfig(
          1, Duration.ofSeconds(7), 1000, 20, Duration.ofNanos(100_000), Duration.ofMillis(2));

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noTermHasTwoLeadersAndNothingConfirmedIsLost(long seed) {
    Asker asker = new Asker();
    RandomStream random = RandomStream.of(seed).fork("faults");
    Map<String, Integer> puts = new TreeMap<>();
    try (TestWorld world =
        TestWorld.start(
            seed,
            Programs.entry(
                "consul",
                MEMBERS,
                Disk.Lifetime.MACHINE,
                boot -> ConsulServer.program("consul", QUICK, boot.addresses("consul"))),
            asker.entry())) {
      for (int step = 0; step < STEPS; step++) {
        world.runFor(Duration.ofMillis(500 + random.nextInt(4_000)));
        doHarm(world, random);
        String key = "key-" + step;
        Address server = SERVERS[random.nextInt(MEMBERS)];
        puts.put(
            key,
            asker.ask(
                world, server, Duration.ofSeconds(9), to -> new ConsulCall.Put(key, key, to)));
      }

      world.engine().liftLinkFaults("");
      for (Address server : SERVERS) {
        if (!world.engine().isRunning(server)) {
          world.engine().startProcess(server);
        }
      }
      world.runFor(Duration.ofSeconds(20)); // some elections of at most 2 s each

      Set<String> terms = new TreeSet<>();
      for (RecordedEvent event : world.engine().takeEvents()) {
        if (event.name().equals("raft-leader-elected")) {
          assertThat(terms.add(event.fields().get("term"))).as("%s", event).isTrue();
        }
      }
      assertThat(terms).hasSizeGreaterThan(1); // or the faults were none
      int confirmed = 0;
      for (Map.Entry<String, Integer> put : puts.entrySet()) {
        if (asker.answer(put.getValue()) instanceof Outcome.Reply reply
            && reply.message().equals(new ConsulReply.Done())) {
          confirmed++;
          Outcome found =
              asker.askNow(
                  world,
                  SERVERS[0],
                  Duration.ofMillis(500),
                  to -> new ConsulCall.Get(put.getKey(), to));
          assertThat(Asker.message(found)).isEqualTo(new ConsulReply.Value(put.getKey()));
        }
      }
      assertThat(confirmed).isPositive(); // or nothing was promised
    }
  }

  /** Crashes one, lets one come back, cuts some off, or heals all cuts. */
  private static void doHarm(TestWorld world, RandomStream random) {
    Address server = SERVERS[random.nextInt(MEMBERS)];
    boolean runs = world.engine().isRunning(server);
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        if (runs) {
          world.engine().crashProcess(server);
        } else {
          world.engine().startProcess(server);
        }
      }
      case 2 -> {
        if (!runs) {
          world.engine().startProcess(server);
        }
      }
      case 3 -> {
        Address other = SERVERS[random.nextInt(MEMBERS)];
        HostSet some = new HostSet.Named(new TreeSet<>(Set.of(server.host())));
        HostSet rest =
            random.nextInt(2) == 0
                ? new HostSet.Entry("consul")
                : new HostSet.Named(new TreeSet<>(Set.of(other.host())));
        String name = "cut-" + server.host();
        world.engine().applyLinkFault(name, new LinkFault(some, rest, new LinkFault.Swallow()));
        if (random.nextInt(2) == 0) { // else it still hears, and is not heard
          world
              .engine()
              .applyLinkFault(name + "-back", new LinkFault(rest, some, new LinkFault.Swallow()));
        }
      }
      default -> world.engine().liftLinkFaults("cut-");
    }
  }
}
