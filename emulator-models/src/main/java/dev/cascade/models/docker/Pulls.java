package dev.cascade.models.docker;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The images that a daemon pulls: several clients that want one, wait for the same pull. */
final class Pulls {
  /** After which an answer of a registry does not come any more: a guess. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final Env<WireMessage> env;
  private final DockerConfig config;
  private final Function<String, Address> registries;
  private final TreeMap<String, Pull> open = new TreeMap<>();

  Pulls(Env<WireMessage> env, DockerConfig config, Function<String, Address> registries) {
    this.env = env;
    this.config = config;
    this.registries = registries;
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
        TIMEOUT,
        outcome -> new Dockerd.Later(() -> manifest(image, begun, outcome)));
  }

  private void manifest(String image, Pull pull, Outcome outcome) {
    if (outcome instanceof Outcome.Reply reply
        && reply.message() instanceof RegistryReply.Manifest manifest) {
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
        TIMEOUT,
        outcome -> new Dockerd.Later(() -> got(image, pull, layer, tries, outcome)));
  }

  private void got(String image, Pull pull, int layer, int tries, Outcome outcome) {
    if (open.get(image) != pull) {
      return; // another layer has failed
    }
    if (!(outcome instanceof Outcome.Reply)) {
      if (tries < config.layerTries()) {
        layer(image, pull, layer, tries + 1);
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

  private void end(String image, Pull pull, boolean got) {
    open.remove(image);
    pull.waiting.forEach(then -> then.accept(got));
  }
}
