package dev.cascade.cli;

import dev.cascade.node.HostSpec;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A model with a turn that takes a minute: nothing but force ends a run then. */
public final class DozingModel implements Model<DozingModel.Config> {
  /**
   * How to tell that it dozes.
   *
   * @param marker a file that it makes before
   */
  public record Config(String marker) {}

  record Doze() implements WireMessage {}

  @Override
  public String name() {
    return "dozing";
  }

  @Override
  public String summary() {
    return "Takes a minute for a turn.";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public void place(Placement<Config> placement) {
    Path marker = Path.of(placement.config().marker());
    placement.template(
        "host",
        HostSpec.cores(1),
        boot ->
            boot.start(
                "main",
                ProcessSpec.<Doze>of(
                    env ->
                        Behaviors.withTimers(
                            timers -> {
                              timers.startSingleTimer(new Doze(), Duration.ofSeconds(1));
                              return Behaviors.receive(Doze.class)
                                  .onMessage(Doze.class, doze -> doze(marker))
                                  .build();
                            }))));
    placement.replicas("host");
  }

  private static org.apache.pekko.actor.typed.Behavior<Doze> doze(Path marker) {
    try {
      Files.createFile(marker);
      Thread.sleep(Duration.ofMinutes(1).toMillis());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException woken) {
      Thread.currentThread().interrupt();
    }
    return Behaviors.same();
  }
}
