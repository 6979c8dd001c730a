package dev.cascade.models.docker;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The images that a daemon pulls: several clients that want one, wait for the same pull. There are
 * as many pulls as names of images, and as many who wait as clients have a call open.
 */
final class Pulls {
  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final DockerConfig config;
  private final Function<String, Address> registries;
  private final Predicate<String> isThere;
  private final TreeMap<String, Pull> open = new TreeMap<>();

  /**
   * None yet.
   *
   * @param registries where an image comes from
   * @param isThere whether the machine has an image; its layers are not fetched again
   */
  Pulls(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      DockerConfig config,
      Function<String, Address> registries,
      Predicate<String> isThere) {
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.registries = registries;
    this.isThere = isThere;
  }

  private static final class Pull {
    final List<Consumer<Boolean>> waiting = new ArrayList<>();
    int next;
    int layers;
    int done;
  }

  /** Pulls an image; the consumer is told whether it came, in a later turn of the daemon. */
  void pull(String image, Consumer<Boolean> then) {
    Pull pull = open.get(image);
    if (pull != null) {
      pull.waiting.add(then);
      return;
    }
    Pull begun = new Pull();
    begun.waiting.add(then);
    open.put(image, begun);
    env.request(
        registries.apply(image),
        to -> new RegistryCall.GetManifest(image, to),
        config.pullTimeout(),
        outcome -> new Dockerd.Later(() -> manifest(image, begun, outcome)));
  }

  private void manifest(String image, Pull pull, Outcome outcome) {
    if (outcome instanceof Outcome.Reply reply
        && reply.message() instanceof RegistryReply.Manifest manifest) {
      if (isThere.test(image)) {
        end(image, pull, true); // it is up to date: images do not change here
        return;
      }
      pull.layers = manifest.layers();
      for (int i = 0; i < Math.min(config.layersAtOnce(), pull.layers); i++) {
        layer(image, pull, pull.next++, 1);
      }
    } else {
      end(image, pull, false);
    }
  }

  private void layer(String image, Pull pull, int layer, int tries) {
    env.request(
        registries.apply(image),
        to -> new RegistryCall.GetLayer(image, layer, to),
        config.pullTimeout(),
        outcome -> new Dockerd.Later(() -> got(image, pull, layer, tries, outcome)));
  }

  private void got(String image, Pull pull, int layer, int tries, Outcome outcome) {
    if (open.get(image) != pull) {
      return; // another layer has failed
    }
    if (!(outcome instanceof Outcome.Reply)) {
      if (tries < config.layerTries()) {
        timers.startSingleTimer(
            image + " " + layer,
            new Dockerd.Later(() -> again(image, pull, layer, tries + 1)),
            config.layerPause().multipliedBy(tries));
      } else {
        end(image, pull, false);
      }
      return;
    }
    pull.done++;
    if (pull.next < pull.layers) {
      layer(image, pull, pull.next++, 1);
    } else if (pull.done == pull.layers) {
      end(image, pull, true);
    }
  }

  private void again(String image, Pull pull, int layer, int tries) {
    if (open.get(image) == pull) { // else another layer has failed
      layer(image, pull, layer, tries);
    }
  }

  private void end(String image, Pull pull, boolean got) {
    open.remove(image);
    pull.waiting.forEach(then -> then.accept(got));
  }
}
