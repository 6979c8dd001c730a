package dev.cascade.models.docker;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;

/** What daemons ask of a registry. */
public sealed interface RegistryCall extends WireRequest {
  /** The image. */
  String image();

  @Override
  default String subject() {
    return image();
  }

  /** Of which layers is it made? */
  record GetManifest(String image, ReplyTo replyTo) implements RegistryCall {}

  /** One of them, please. */
  record GetLayer(String image, int layer, ReplyTo replyTo) implements RegistryCall {}
}
