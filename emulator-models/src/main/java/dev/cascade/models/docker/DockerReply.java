package dev.cascade.models.docker;

import dev.cascade.node.WireMessage;
import java.util.List;

/** What a Docker daemon answers. */
public sealed interface DockerReply extends WireMessage {
  /** It is done. */
  record Done() implements DockerReply {}

  /** The container has ended. */
  record Exited(int code) implements DockerReply {}

  /** Containers by name, with their states. */
  record Containers(List<String> names) implements DockerReply {
    public Containers {
      names = List.copyOf(names);
    }
  }

  /**
   * It was not done.
   *
   * @param status as in HTTP: 404 no such container or image, 409 the name is taken or it runs, 500
   *     the registry did not give it
   */
  record Failed(int status) implements DockerReply {}
}
