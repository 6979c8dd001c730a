package dev.cascade.cli;

import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A model with a bug: at its third tick it fails. */
public final class FaultyModel implements Model<FaultyModel.Config> {
  /** Nothing to be set up. */
  public record Config() {}

  record Tick() implements WireMessage {}

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public String summary() {
    return "Fails at its third tick.";
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
        boot -> boot.start("worker", ProcessSpec.<Tick>of(FaultyModel::worker)));
    placement.replicas("host");
  }

  private static Behavior<Tick> worker(Env<Tick> env) {
    int[] ticks = new int[1];
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerAtFixedRate(new Tick(), Duration.ofSeconds(1));
          return Behaviors.receive(Tick.class)
              .onMessage(
                  Tick.class,
                  tick -> {
                    if (++ticks[0] == 3) {
                      throw new IllegalStateException("third time unlucky");
                    }
                    return Behaviors.same();
                  })
              .build();
        });
  }
}
