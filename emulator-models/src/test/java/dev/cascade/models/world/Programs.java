package dev.cascade.models.world;

import dev.cascade.engine.Entry;
import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Program;
import dev.cascade.models.machine.Storage;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Programs started by nobody but their host's boot: no init system, no containers. */
public final class Programs {
  private Programs() {}

  /** A program on hosts {@code <name>-1} and on, at the process {@code <name>}. */
  public static Entry entry(
      String name, int hosts, Disk.Lifetime storage, Function<Boot, Program> program) {
    return Entry.of(
        name,
        hosts,
        placement -> {
          placement.template(
              "host",
              HostSpec.cores(1),
              boot -> boot.start(name, spec(storage, program.apply(boot))));
          placement.serves("host", name);
          placement.replicas("host");
        });
  }

  /** Where such an entry's programs are. */
  public static List<Address> addresses(String name, int hosts) {
    return IntStream.rangeClosed(1, hosts).mapToObj(i -> address(name, i)).toList();
  }

  /** Where one of them is. */
  public static Address address(String name, int number) {
    return Address.of(name + "-" + number, name);
  }

  /** A process that is a program, with a storage of this life. */
  public static ProcessSpec<WireMessage> spec(Disk.Lifetime storage, Program program) {
    return ProcessSpec.of(env -> program.main(env, new PlainExec(env, storage)));
  }

  private static final class PlainExec implements Exec, Storage {
    private final Env<WireMessage> env;
    private final Disk disk;
    private final String folder;

    PlainExec(Env<WireMessage> env, Disk.Lifetime lifetime) {
      this.env = env;
      this.disk = env.disk(lifetime);
      this.folder = env.self().process() + "/";
    }

    @Override
    public Storage storage() {
      return this;
    }

    @Override
    public void log(String line) {
      env.metrics().counter("log_lines_total").increment();
    }

    @Override
    public void exit(int code) {
      env.event("exited", "code", Integer.toString(code));
      env.control().kill(env.self().process());
    }

    @Override
    public Optional<String> read(String file) {
      return disk.read(folder + file, String.class);
    }

    @Override
    public void write(String file, String text) {
      disk.write(folder + file, text);
    }

    @Override
    public void delete(String file) {
      disk.delete(folder + file);
    }

    @Override
    public List<String> files() {
      return disk.files().stream()
          .filter(file -> file.startsWith(folder))
          .map(file -> file.substring(folder.length()))
          .toList();
    }
  }
}
