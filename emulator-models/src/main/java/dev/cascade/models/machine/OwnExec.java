package dev.cascade.models.machine;

import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.WireMessage;
import java.util.List;
import java.util.Optional;

/**
 * For a program that nobody looks after: its files are on the machine's disk, what it writes goes
 * nowhere, and its end interests nobody.
 */
public final class OwnExec implements Exec, Storage {
  private final Env<WireMessage> env;

  /** For the program of this process. */
  public OwnExec(Env<WireMessage> env) {
    this.env = env;
  }

  @Override
  public Storage storage() {
    return this;
  }

  @Override
  public void log(String line) {
    // It goes into a file of its own, which nobody reads.
  }

  @Override
  public void exit(int code) {
    env.control().kill(env.self().process());
  }

  private Disk disk() {
    return env.disk(Disk.Lifetime.MACHINE);
  }

  private String path(String file) {
    return env.self().process() + "/" + file;
  }

  @Override
  public Optional<String> read(String file) {
    return disk().read(path(file), String.class);
  }

  @Override
  public void write(String file, String text) {
    disk().write(path(file), text);
  }

  @Override
  public void delete(String file) {
    disk().delete(path(file));
  }

  @Override
  public List<String> files() {
    String directory = path("");
    return disk().files().stream()
        .filter(file -> file.startsWith(directory))
        .map(file -> file.substring(directory.length()))
        .toList();
  }
}
