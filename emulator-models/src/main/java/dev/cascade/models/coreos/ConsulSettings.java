package dev.cascade.models.coreos;

import dev.cascade.models.consul.ConsulCall;
import dev.cascade.models.consul.ConsulReply;
import dev.cascade.models.docker.Settings;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A key of Consul, asked of one server after the other. */
final class ConsulSettings implements Settings, KeyValueWriter {
  /** Until the next server is asked; each holds a call for 7 s while nobody leads. */
  private static final Duration PATIENCE = Duration.ofSeconds(9);

  private final List<Address> servers;
  private final String key;

  ConsulSettings(List<Address> servers, String key) {
    this.servers = List.copyOf(servers);
    this.key = key;
  }

  @Override
  public void read(Env<WireMessage> env, Consumer<Boolean> then) {
    ask(env, then, 0);
  }

  private void ask(Env<WireMessage> env, Consumer<Boolean> then, int server) {
    env.request(
        servers.get(server),
        to -> new ConsulCall.Get(key, to),
        PATIENCE,
        outcome -> new Read(() -> answered(env, then, server, outcome)));
  }

  private void answered(Env<WireMessage> env, Consumer<Boolean> then, int server, Outcome outcome) {
    if (outcome instanceof Outcome.Reply reply) {
      then.accept(reply.message() instanceof ConsulReply.Value);
    } else if (server + 1 < servers.size()) {
      ask(env, then, server + 1);
    } else {
      then.accept(false);
    }
  }

  @Override
  public void put(
      Env<WireMessage> env,
      String name,
      String value,
      Function<Outcome, ? extends WireMessage> whenDone) {
    env.request(servers.get(0), to -> new ConsulCall.Put(name, value, to), PATIENCE, whenDone);
  }
}
