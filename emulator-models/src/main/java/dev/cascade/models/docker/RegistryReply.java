package dev.cascade.models.docker;

import dev.cascade.node.WireMessage;

/** What a registry answers. */
sealed interface RegistryReply extends WireMessage {
  /**
   * The image's list of layers.
   *
   * @param layers how many
   */
  record Manifest(int layers) implements RegistryReply {
    private static final int BYTES = 2_000; // JSON with a digest for each layer: a guess

    @Override
    public int sizeBytes() {
      return BYTES;
    }
  }

  /** The contents of a layer; how long it takes to send them, is in what the request costs. */
  record Layer() implements RegistryReply {}
}
