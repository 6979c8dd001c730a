package dev.cascade.cli;

import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A model with a leak: it greets its peers in the order of their identity hashes. */
public final class LeakyModel implements Model<LeakyModel.Config> {
  /** Nothing to be set up. */
  public record Config() {}

  /** What members say. */
  sealed interface Talk extends WireMessage permits Greeting, GreetAll {}

  record Greeting(Address from) implements Talk {}

  record GreetAll() implements Talk {}

  /** A peer without equals: hash tables go by its identity. */
  private static final class Peer {
    private final Address address;

    Peer(Address address) {
      this.address = address;
    }
  }

  @Override
  public String name() {
    return "leaky";
  }

  @Override
  public String summary() {
    return "Greets its peers in the order of their identity hashes.";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public void place(Placement<Config> placement) {
    placement.template(
        "host",
        HostSpec.cores(1),
        boot ->
            boot.start("member", ProcessSpec.<Talk>of(env -> member(env, peers(boot, placement)))));
    placement.serves("host", "member");
    placement.replicas("host");
  }

  private static List<Address> peers(Boot boot, Placement<Config> placement) {
    return boot.addresses(placement.entry());
  }

  private static Behavior<Talk> member(Env<Talk> env, List<Address> addresses) {
    Set<Peer> peers = new HashSet<>();
    addresses.forEach(address -> peers.add(new Peer(address)));
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerWithFixedDelay(new GreetAll(), Duration.ofSeconds(7));
          return Behaviors.receive(Talk.class)
              .onMessage(
                  GreetAll.class,
                  greet -> {
                    peers.forEach(peer -> env.send(peer.address, new Greeting(env.self())));
                    return Behaviors.same();
                  })
              .onMessage(Greeting.class, greeting -> Behaviors.same())
              .build();
        });
  }
}
