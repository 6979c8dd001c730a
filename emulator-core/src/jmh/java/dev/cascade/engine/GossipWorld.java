package dev.cascade.engine;

import dev.cascade.network.LinkProfile;
import dev.cascade.network.NetworkPlan;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Hosts that pass rumours on: as many are under way as there are hosts, each takes half a
 * millisecond from host to host.
 */
final class GossipWorld {
  static final LinkProfile LINK = NetworkPlan.WITHIN_REGION;
  static final long SEED = 42;

  private GossipWorld() {}

  record Rumour(long value) implements WireMessage {}

  static Engine engine(int hosts, int shards) {
    List<Address> peers = new ArrayList<>();
    for (int i = 1; i <= hosts; i++) {
      peers.add(Address.of("node-" + i, "main"));
    }
    Entry nodes =
        Entry.of(
            "node",
            hosts,
            placement -> {
              placement.template(
                  "host",
                  HostSpec.cores(1),
                  boot ->
                      boot.start("main", ProcessSpec.<Rumour>of(env -> Gossip.begin(env, peers))));
              placement.replicas("host");
            });
    EngineSettings settings = new EngineSettings(SEED, shards, NetworkPlan.uniform(LINK), false);
    return new Engine(settings, List.of(nodes), shard -> host -> World.NoMetrics.INSTANCE);
  }

  /** Virtual time in which about so many messages are handled. */
  static long nanosFor(int messages, int hosts) {
    return LINK.latency().mean().toNanos() * messages / hosts;
  }

  /** A process that merges what it hears into its table and tells another. */
  private static final class Gossip {
    private final Env<Rumour> env;
    private final List<Address> peers;
    private final RandomStream random;
    private final GossipTable table = new GossipTable();

    private Gossip(Env<Rumour> env, List<Address> peers) {
      this.env = env;
      this.peers = peers;
      this.random = env.random("peers");
    }

    static Behavior<Rumour> begin(Env<Rumour> env, List<Address> peers) {
      Gossip gossip = new Gossip(env, peers);
      gossip.tell(gossip.random.nextLong());
      return Behaviors.receiveMessage(gossip::onRumour);
    }

    private Behavior<Rumour> onRumour(Rumour rumour) {
      tell(table.merge(rumour.value()));
      return Behaviors.same();
    }

    private void tell(long value) {
      env.send(random.pick(peers), new Rumour(value));
    }
  }
}
