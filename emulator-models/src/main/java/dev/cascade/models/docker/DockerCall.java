package dev.cascade.models.docker;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;

/** What clients ask of a Docker daemon. */
public sealed interface DockerCall extends WireRequest {
  /** The socket at which it is asked, on its own host. */
  String SOCKET = "docker.socket";

  /** The container or image that it is about; empty if it is about none. */
  String name();

  @Override
  default String subject() {
    return name();
  }

  /**
   * Make a container of an image that is there; its name is taken from then on.
   *
   * @param volume whether its files are in a volume, which outlives it
   * @param autoRemove whether the daemon removes it when it has ended
   */
  record Create(String name, String image, boolean volume, boolean autoRemove, ReplyTo replyTo)
      implements DockerCall {}

  /** Start it. */
  record Start(String name, ReplyTo replyTo) implements DockerCall {}

  /** Send me what it writes, and answer when it has ended. */
  record Attach(String name, ReplyTo replyTo) implements DockerCall {}

  /** End it. */
  record Kill(String name, ReplyTo replyTo) implements DockerCall {}

  /**
   * Remove it with its files, so that its name is free.
   *
   * @param force even if it runs
   */
  record Remove(String name, boolean force, ReplyTo replyTo) implements DockerCall {}

  /** Have the image here. */
  record Pull(String name, ReplyTo replyTo) implements DockerCall {}

  /** Which containers are there? */
  record ListContainers(ReplyTo replyTo) implements DockerCall {
    @Override
    public String name() {
      return "";
    }
  }
}
