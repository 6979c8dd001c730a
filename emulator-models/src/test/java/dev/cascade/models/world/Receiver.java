package dev.cascade.models.world;

import dev.cascade.engine.Entry;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Servers that are well, sick or silent as a test says, and that note what reaches them. */
public final class Receiver {
  /** How all of them take requests. */
  public enum Mood {
    /** They answer 200. */
    WELL,
    /** They answer 503. */
    SICK,
    /** They let connections fall. */
    SILENT
  }

  /**
   * A request that came.
   *
   * @param host whom to
   * @param path what for
   * @param seconds when
   */
  public record Arrival(String host, String path, double seconds) {}

  private record Be(Mood mood) implements WireMessage {}

  private static final String PROCESS = "receiver";

  private final String name;
  private final List<Arrival> arrivals = new ArrayList<>();

  /** Servers that will be hosts {@code <name>-1} and on. */
  public Receiver(String name) {
    this.name = name;
  }

  /** Their place in the world; at first all are well. */
  public Entry entry(int hosts) {
    return Entry.of(
        name,
        hosts,
        placement -> {
          placement.template(
              "host",
              HostSpec.cores(1),
              boot ->
                  boot.start(
                      PROCESS, ProcessSpec.<WireMessage>of(env -> behavior(env, Mood.WELL))));
          placement.serves("host", PROCESS);
          placement.replicas("host");
        });
  }

  private Behavior<WireMessage> behavior(Env<WireMessage> env, Mood mood) {
    return Behaviors.receiveMessage(
        message -> {
          if (message instanceof Be be) {
            return behavior(env, be.mood());
          } else if (message instanceof HttpRequest request) {
            arrivals.add(new Arrival(env.host().name(), request.path(), env.nowNanos() / 1e9));
            switch (mood) {
              case WELL -> env.reply(request.replyTo(), HttpResponse.OK);
              case SICK -> env.reply(request.replyTo(), HttpResponse.SERVICE_UNAVAILABLE);
              case SILENT -> env.discard(request, "silent");
            }
          }
          return Behaviors.same();
        });
  }

  /** Where one of them is. */
  public Address address(int number) {
    return Address.of(name + "-" + number, PROCESS);
  }

  /** One of them takes requests so from now on. */
  public void become(TestWorld world, int number, Mood mood) {
    world.engine().command(address(number), new Be(mood), Duration.ZERO);
  }

  /** What has come, in the order of time. */
  public List<Arrival> arrivals() {
    return arrivals;
  }

  /** What has come for a path. */
  public List<Arrival> arrivals(String path) {
    return arrivals.stream().filter(arrival -> arrival.path().equals(path)).toList();
  }
}
