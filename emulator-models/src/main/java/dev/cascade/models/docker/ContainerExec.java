package dev.cascade.models.docker;

import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Storage;
import dev.cascade.models.systemd.DiskStorage;
import dev.cascade.models.systemd.IdleLog;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;

/** What a daemon does for the program in a container. */
final class ContainerExec implements Exec {
  private final Env<WireMessage> env;
  private final Container container;
  private final Address daemon;
  private boolean ended;

  private ContainerExec(Env<WireMessage> env, Container container, Address daemon) {
    this.env = env;
    this.container = container;
    this.daemon = daemon;
  }

  /** Where the files of a container are, in its daemon's directory. */
  static String files(String name) {
    return "files/" + name + "/";
  }

  /** The process that a container is on its host; its name is the container's. */
  static ProcessSpec<WireMessage> spec(Container container, Image image, Address daemon) {
    return ProcessSpec.of(
        env -> {
          ContainerExec exec = new ContainerExec(env, container, daemon);
          Duration idleLine = image.idleLine();
          if (idleLine != null) {
            env.spawn("log", IdleLog.spec(idleLine, exec::log));
          }
          return image.program().apply(container.name()).main(env, exec);
        });
  }

  @Override
  public Storage storage() {
    return new DiskStorage(
        env.disk(Disk.Lifetime.MACHINE),
        container.volume()
            ? "volumes/" + container.name() + "/"
            : Dockerd.PROCESS + "/" + files(container.name()));
  }

  @Override
  public void log(String line) {
    if (!ended) {
      env.send(daemon, new Wire.Written(container.name(), container.life(), line));
    }
  }

  @Override
  public void exit(int code) {
    if (!ended) {
      ended = true;
      env.send(daemon, new Wire.Ended(container.name(), container.life(), code));
      env.control().kill(container.name());
    }
  }
}
