package dev.cascade.models.docker;

import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Program;
import dev.cascade.models.machine.Terminate;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The daemon: what it knows of containers is on the disk, what it knows of clients dies with it.
 *
 * <pre>
 *   –         create   created    unless the name is taken
 *   created   start    running
 *   running   ends, is killed, or is found by a daemon that has just started   exited
 *   exited    start    running
 *   any       remove   –          running only by force
 * </pre>
 */
public final class Dockerd extends AbstractBehavior<WireMessage> {
  /** Its unit and its process. */
  public static final String PROCESS = "docker";

  /** The exit status of a container that was killed. */
  static final int KILLED = 137;

  /** Between two looks for containers that a fault has ended; others tell it at once. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private enum Load implements WireMessage {
    INSTANCE
  }

  private enum LookDue implements WireMessage {
    INSTANCE
  }

  /** Something that one of its threads has finished. */
  record Later(Runnable then) implements WireMessage {}

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final Exec exec;
  private final DockerConfig config;
  private final Function<String, Image> images;
  private final Containers containers;
  private final Pulls pulls;
  private final DockerLog log;

  private final TreeMap<String, List<ReplyTo>> attached = new TreeMap<>();
  private final TreeSet<String> missing = new TreeSet<>();

  private Dockerd(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      Exec exec,
      DockerConfig config,
      Function<String, Image> images) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.exec = exec;
    this.config = config;
    this.images = images;
    this.containers = new Containers(exec.storage());
    this.pulls =
        new Pulls(env, timers, config, name -> images.apply(name).registry(), containers::hasImage);
    this.log = new DockerLog(env);
    env.costs(this::cost);
    env.context().getSelf().tell(Load.INSTANCE); // what comes now, waits until that is done
  }

  /**
   * The program.
   *
   * @param images what names of images stand for
   */
  public static Program program(DockerConfig config, Function<String, Image> images) {
    return new Program() {
      @Override
      public Behavior<WireMessage> main(Env<WireMessage> env, Exec exec) {
        return Behaviors.withTimers(timers -> new Dockerd(env, timers, exec, config, images));
      }

      @Override
      public boolean catchesTerm() {
        return true;
      }
    };
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Load.class, load -> onLoad())
        .onMessage(LookDue.class, due -> onLookDue())
        .onMessage(DockerCall.class, this::onCall)
        .onMessage(Wire.Written.class, this::onWritten)
        .onMessage(Wire.Ended.class, this::onEnded)
        .onMessage(Later.class, this::onLater)
        .onMessage(Terminate.class, terminate -> onTerminate())
        .build();
  }

  private Cost cost(WireMessage message) {
    if (message instanceof Load) {
      return Cost.hold(
          config.load().plus(config.loadContainer().multipliedBy(containers.all().size())));
    } else if (message instanceof DockerCall.Create) {
      return Cost.hold(config.create());
    } else if (message instanceof DockerCall.Start) {
      return Cost.hold(config.run());
    } else if (message instanceof DockerCall.Remove remove
        && containers.get(remove.name()) != null) {
      return Cost.hold(config.remove());
    } else if (message instanceof DockerCall) {
      return Cost.work(config.call());
    } else if (message instanceof Wire.Written written) {
      int readers = attached.getOrDefault(written.name(), List.of()).size();
      return Cost.work(config.line().plus(config.stream().multipliedBy(readers)));
    }
    return Cost.FREE;
  }

  /** Without live-restore what it finds running is killed: it cannot be attached to again. */
  private Behavior<WireMessage> onLoad() {
    for (Container container : containers.all()) {
      if (container.isRunning()
          && !(config.liveRestore() && env.control().isRunning(container.name()))) {
        env.control().kill(container.name());
        exited(container, KILLED);
      }
    }
    log.count(containers);
    timers.startSingleTimer(LookDue.INSTANCE, LOOK);
    return this;
  }

  /**
   * One that has ended by itself has told so before it was gone: whoever is missing in two looks,
   * never will.
   */
  private Behavior<WireMessage> onLookDue() {
    for (Container container : containers.all()) {
      boolean isGone = container.isRunning() && !env.control().isRunning(container.name());
      if (!isGone) {
        missing.remove(container.name());
      } else if (!missing.add(container.name())) {
        exited(container, KILLED);
        log.count(containers);
      }
    }
    timers.startSingleTimer(LookDue.INSTANCE, LOOK);
    return this;
  }

  // ---- calls

  private Behavior<WireMessage> onCall(DockerCall call) {
    String kind = DockerLog.kind(call);
    exec.log(kind); // before it is handled; it may be the last thing that the daemon does
    int status = 200;
    if (call instanceof DockerCall.Create create) {
      status = create(create);
    } else if (call instanceof DockerCall.Start start) {
      status = start(start.name());
    } else if (call instanceof DockerCall.Attach attach) {
      status = attach(attach);
      if (status != 404) {
        log.called(kind, status);
        return this; // answered when the container ends
      }
    } else if (call instanceof DockerCall.Kill kill) {
      status = kill(kill.name());
    } else if (call instanceof DockerCall.Remove remove) {
      status = remove(remove);
    } else if (call instanceof DockerCall.Pull pull) {
      pull(pull);
      return this;
    } else if (call instanceof DockerCall.ListContainers list) {
      List<String> names = containers.all().stream().map(Container::name).toList();
      env.reply(list.replyTo(), new DockerReply.Containers(names));
      log.called(kind, status);
      return this;
    }
    answer(call, kind, status);
    return this;
  }

  private void answer(DockerCall call, String kind, int status) {
    log.called(kind, status);
    log.count(containers);
    env.reply(
        call.replyTo(), status == 200 ? new DockerReply.Done() : new DockerReply.Failed(status));
  }

  private int create(DockerCall.Create create) {
    Container taken = containers.get(create.name());
    if (taken != null) {
      log.conflict(taken);
      return 409;
    }
    if (!containers.hasImage(create.image())) {
      return 404;
    }
    containers.put(Container.created(create, containers.nextLife()));
    return 200;
  }

  private int start(String name) {
    Container container = containers.get(name);
    if (container == null) {
      return 404;
    }
    if (container.isRunning()) {
      return 409;
    }
    containers.put(container.running());
    env.control()
        .start(name, ContainerExec.spec(container, images.apply(container.image()), env.self()));
    log.started(container);
    return 200;
  }

  private int attach(DockerCall.Attach attach) {
    Container container = containers.get(attach.name());
    if (container == null) {
      return 404;
    }
    if (container.state() == Container.State.EXITED) {
      env.reply(attach.replyTo(), new DockerReply.Exited(container.code()));
      return 200;
    }
    List<ReplyTo> clients = attached.computeIfAbsent(attach.name(), name -> new ArrayList<>());
    if (clients.size() >= config.streams()) {
      env.refuse(attach, "too-many-streams");
      return 503;
    }
    clients.add(attach.replyTo());
    return 200;
  }

  private int kill(String name) {
    Container container = containers.get(name);
    if (container == null) {
      return 404;
    }
    if (container.isRunning()) {
      env.control().kill(name);
      exited(container, KILLED);
    }
    return 200;
  }

  private int remove(DockerCall.Remove remove) {
    Container container = containers.get(remove.name());
    if (container == null) {
      return 404;
    }
    if (container.isRunning() && !remove.force()) {
      return 409;
    }
    kill(remove.name());
    forget(remove.name());
    return 200;
  }

  /** Unless it is gone already, as one that the daemon removes by itself. */
  private void forget(String name) {
    if (containers.get(name) != null) {
      containers.remove(name);
      env.event("container-removed", "container", name);
    }
  }

  private void pull(DockerCall.Pull pull) {
    pulls.pull(
        pull.name(),
        got -> {
          if (got) {
            containers.pulled(pull.name());
          }
          log.pulled(pull.name(), got);
          answer(pull, DockerLog.kind(pull), got ? 200 : 500);
        });
  }

  private Behavior<WireMessage> onLater(Later later) {
    later.then().run();
    return this;
  }

  // ---- containers

  private Behavior<WireMessage> onWritten(Wire.Written written) {
    Container container = containers.get(written.name());
    List<ReplyTo> clients = attached.get(written.name());
    if (container != null && clients != null && container.life() == written.life()) {
      clients.removeIf(this::isGone);
      for (ReplyTo client : clients) {
        env.send(client.client(), new Wire.Output(written.line()));
      }
    }
    return this;
  }

  /** A write to a client of this host that has ended breaks; of others nothing is known. */
  private boolean isGone(ReplyTo client) {
    Address process = client.client();
    return process.host().equals(env.host().name()) && !env.control().isRunning(process.process());
  }

  private Behavior<WireMessage> onEnded(Wire.Ended ended) {
    Container container = containers.get(ended.name());
    if (container != null && container.life() == ended.life() && container.isRunning()) {
      exited(container, ended.code());
      log.count(containers);
    }
    return this;
  }

  private void exited(Container container, int code) {
    missing.remove(container.name());
    Container exited = container.exited(code);
    containers.put(exited);
    log.exited(exited);
    List<ReplyTo> clients = attached.remove(container.name());
    if (clients != null) {
      clients.forEach(client -> env.reply(client, new DockerReply.Exited(code)));
    }
    if (container.autoRemove()) {
      forget(container.name());
    }
  }

  private Behavior<WireMessage> onTerminate() {
    for (Container container : containers.all()) {
      if (container.isRunning() && !config.liveRestore()) {
        kill(container.name());
      }
    }
    exec.exit(0);
    return this;
  }

  /** The file, in the daemon's directory, that says that an image is there. */
  public static String image(String name) {
    return Containers.image(name);
  }

  /** The address at which clients of a host ask for it. */
  static Address socket(String host) {
    return Address.of(host, DockerCall.SOCKET);
  }
}
