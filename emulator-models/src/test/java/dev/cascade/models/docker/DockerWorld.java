package dev.cascade.models.docker;

import dev.cascade.engine.Entry;
import dev.cascade.models.machine.Program;
import dev.cascade.models.machine.UnitCall;
import dev.cascade.models.systemd.DiskStorage;
import dev.cascade.models.systemd.Journal;
import dev.cascade.models.systemd.Journald;
import dev.cascade.models.systemd.JournaldConfig;
import dev.cascade.models.systemd.Restart;
import dev.cascade.models.systemd.StartLimit;
import dev.cascade.models.systemd.Systemctl;
import dev.cascade.models.systemd.Systemd;
import dev.cascade.models.systemd.UnitFile;
import dev.cascade.models.world.Asker;
import dev.cascade.models.world.Programs;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Ratio;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A machine {@code m-1} with journald and docker under systemd, a registry {@code hub-1}, and a
 * client who asks the daemon. The daemon is quiet: it logs its calls and nothing else.
 */
final class DockerWorld implements AutoCloseable {
  static final Address DOCKER = Address.of("m-1", Dockerd.PROCESS);
  static final Address HUB = Programs.address("hub", 1);

  private static final Address SOCKET = Dockerd.socket("m-1");
  private static final Address SYSTEMD = Address.of("m-1", UnitCall.PROCESS);

  /** Longer than any call here takes, a pull of many layers apart. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What is on the machine, and on its shelf. */
  static final class Parts {
    DockerSettings docker = new DockerSettings();
    Program hub = (env, exec) -> Behaviors.ignore();
    final List<UnitFile> units = new ArrayList<>();
    final TreeMap<String, Program> images = new TreeMap<>();
    final List<String> there = new ArrayList<>();

    /** An image that is on the machine. */
    Parts image(String name, Program program) {
      images.put(name, program);
      there.add(name);
      return this;
    }

    /** An image that only the registry has. */
    Parts remote(String name, Program program) {
      images.put(name, program);
      return this;
    }

    Parts hub(Program registry) {
      hub = registry;
      return this;
    }

    Parts docker(DockerSettings settings) {
      docker = settings;
      return this;
    }

    /** A unit of a container, {@code docker run --rm --name web web}; its process is web.run. */
    Parts run(String name, Restart restart) {
      units.add(
          UnitFile.of(
                  name, DockerRun.program(new DockerRun.Run(name, name, false, docker.removeBy)))
              .process(name + ".run", name)
              .restart(restart, UnitFile.RESTART_SEC, StartLimit.DEFAULT));
      return this;
    }

    DockerWorld start() {
      return new DockerWorld(this);
    }
  }

  private final Asker asker = new Asker();
  private final TestWorld world;

  private DockerWorld(Parts parts) {
    world =
        TestWorld.start(
            1,
            machine(parts),
            Programs.entry("hub", 1, Disk.Lifetime.MACHINE, boot -> parts.hub),
            asker.entry());
    runFor(parts.docker.load.plusSeconds(1));
  }

  private static Entry machine(Parts parts) {
    return Entry.of(
        "m",
        1,
        placement -> {
          placement.template(
              "host",
              HostSpec.cores(2),
              boot -> boot.start(UnitCall.PROCESS, systemd(parts, new Journal())));
          placement.replicas("host");
        });
  }

  private static ProcessSpec<WireMessage> systemd(Parts parts, Journal journal) {
    List<UnitFile> files = new ArrayList<>(parts.units);
    JournaldConfig quiet = new JournaldConfig(Duration.ofNanos(25_000), false, new Ratio(0));
    files.add(UnitFile.of(Journald.PROCESS, Journald.program(journal, quiet)));
    files.add(
        UnitFile.of(
                Dockerd.PROCESS,
                Dockerd.program(
                    parts.docker.config(),
                    name -> new Image(container -> parts.images.get(name), HUB, null)))
            .restart(Restart.ON_FAILURE, UnitFile.RESTART_SEC, StartLimit.DEFAULT)
            .logs(UnitFile.Language.GO_BEFORE_1_6, null)
            .socket(DockerCall.SOCKET));
    List<String> enabled = new ArrayList<>(List.of(Journald.PROCESS, Dockerd.PROCESS));
    parts.units.forEach(unit -> enabled.add(unit.name()));
    ProcessSpec<WireMessage> spec = Systemd.spec(journal, files, enabled);
    return ProcessSpec.of(
        (Env<WireMessage> env) -> {
          DiskStorage disk =
              new DiskStorage(env.disk(Disk.Lifetime.MACHINE), Dockerd.PROCESS + "/");
          parts.there.forEach(image -> disk.write(Dockerd.image(image), ""));
          return spec.behavior().apply(env);
        });
  }

  /** Runs on. */
  void runFor(Duration time) {
    world.runFor(time);
  }

  TestWorld world() {
    return world;
  }

  /** Asks soon, and tells the number of the question. */
  int ask(Function<ReplyTo, DockerCall> call) {
    return ask(PATIENCE.multipliedBy(100), call);
  }

  private int ask(Duration patience, Function<ReplyTo, DockerCall> call) {
    return asker.ask(world, SOCKET, patience, call);
  }

  /** Whether there is an answer to a question. */
  boolean hasAnswer(int question) {
    return asker.hasAnswer(question);
  }

  /** How a question ended. */
  Outcome outcome(int question) {
    return asker.answer(question);
  }

  /** What was answered to a question. */
  WireMessage answer(int question) {
    return Asker.message(asker.answer(question));
  }

  /** Asks, and waits for the answer. */
  WireMessage call(Function<ReplyTo, DockerCall> call) {
    int question = ask(PATIENCE, call);
    runFor(PATIENCE.plusSeconds(1));
    return answer(question);
  }

  /** Makes a container of the image of its name, and starts it. */
  void begin(String name) {
    call(to -> new DockerCall.Create(name, name, false, false, to));
    call(to -> new DockerCall.Start(name, to));
  }

  /** A person's {@code systemctl}. */
  void systemctl(BiFunction<String, ReplyTo, UnitCall> call, String unit) {
    asker.ask(world, SYSTEMD, PATIENCE, to -> call.apply(unit, to));
  }

  /** The fix: all standard outputs are broken from now on. */
  void restartJournal() {
    systemctl(Systemctl.RestartUnit::new, Journald.PROCESS);
    runFor(Duration.ofMillis(10));
  }

  /** A fault ends a process of the machine. */
  void crash(String process) {
    world.engine().crashProcess(Address.of("m-1", process));
  }

  boolean isRunning(String process) {
    return world.engine().isRunning(Address.of("m-1", process));
  }

  /** Containers that do this: created, running, exited. */
  double containers(String state) {
    return world.gauge("docker_containers", "state=\"" + state + "\"");
  }

  @Override
  public void close() {
    world.close();
  }
}
