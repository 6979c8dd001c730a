package dev.cascade.models.coreos;

import dev.cascade.models.docker.DockerCall;
import dev.cascade.models.machine.UnitCall;
import dev.cascade.models.machine.UnitReply;
import dev.cascade.models.machine.UnitState;
import dev.cascade.models.systemd.DiskStorage;
import dev.cascade.models.systemd.Journald;
import dev.cascade.models.systemd.Systemctl;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Somebody's shell on a machine: runs one command after the other. */
final class Console extends AbstractBehavior<WireMessage> {
  static final String PROCESS = "console";

  /** What is typed, one after the other. */
  record Type(List<Command> commands) implements WireMessage {
    Type {
      commands = List.copyOf(commands);
    }
  }

  private record Done(Command command, Outcome outcome) implements WireMessage {}

  /** After which a command that does not come back is interrupted: a guess. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String PROVISIONED = "provisioned";

  /** Commands that may wait; more than anybody types. */
  private static final int LINES = 1_000;

  private final Env<WireMessage> env;
  private final KeyValueWriter keyValues;
  private final Function<String, ProcessSpec<WireMessage>> fleetctl;
  private final ArrayDeque<Command> waiting = new ArrayDeque<>();
  private boolean busy;
  private int launches;

  private Console(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      List<Provision> provision,
      KeyValueWriter keyValues,
      Function<String, ProcessSpec<WireMessage>> fleetctl) {
    super(env.context());
    this.env = env;
    this.fleetctl = fleetctl;
    this.keyValues = keyValues;
    Disk disk = env.disk(Disk.Lifetime.MACHINE);
    if (disk.read(PROVISIONED, String.class).isEmpty()) {
      disk.write(PROVISIONED, "");
      for (Provision each : provision) {
        timers.startSingleTimer(each, new Type(each.parsed()), each.after());
      }
    }
  }

  /**
   * A console.
   *
   * @param provision what is typed after the first boot
   * @param fleetctl submits and starts the units whose names begin so
   */
  static ProcessSpec<WireMessage> spec(
      List<Provision> provision,
      KeyValueWriter keyValues,
      Function<String, ProcessSpec<WireMessage>> fleetctl) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> new Console(env, timers, provision, keyValues, fleetctl)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Type.class, this::onType)
        .onMessage(Done.class, this::onDone)
        .build();
  }

  private Behavior<WireMessage> onType(Type type) {
    for (Command command : type.commands()) {
      if (waiting.size() >= LINES) {
        env.dropped(type, "console");
      } else {
        waiting.addLast(command);
      }
    }
    next();
    return this;
  }

  private void next() {
    while (!busy && !waiting.isEmpty()) {
      Command command = waiting.removeFirst();
      switch (command.verb()) {
        case DELETE_JOURNALS ->
            new DiskStorage(env.disk(Disk.Lifetime.MACHINE), Journald.PROCESS + "/")
                .delete(Journald.OLD_JOURNALS);
        case START -> ask(command, to -> new UnitCall.StartUnit(command.object(), to));
        case STOP -> ask(command, to -> new UnitCall.StopUnit(command.object(), to));
        case RESTART -> ask(command, to -> new Systemctl.RestartUnit(command.object(), to));
        case RESET_FAILED -> ask(command, to -> new Systemctl.ResetFailed(command.object(), to));
        case RESTART_FAILED -> ask(command, UnitCall.ListUnits::new);
        case REMOVE_CONTAINER ->
            request(
                command,
                DockerCall.SOCKET,
                to -> new DockerCall.Remove(command.object(), true, to));
        case LIST_CONTAINERS -> request(command, DockerCall.SOCKET, DockerCall.ListContainers::new);
        case LAUNCH -> env.spawn("fleetctl-" + ++launches, fleetctl.apply(command.object()));
        case PUT -> {
          busy = true;
          keyValues.put(
              env, command.object(), command.value(), outcome -> new Done(command, outcome));
        }
      }
    }
  }

  private void ask(Command command, Function<ReplyTo, ? extends UnitCall> call) {
    request(command, UnitCall.PROCESS, call);
  }

  private void request(
      Command command, String process, Function<ReplyTo, ? extends WireRequest> call) {
    busy = true;
    env.request(
        Address.of(env.host().name(), process),
        call,
        PATIENCE,
        outcome -> new Done(command, outcome));
  }

  private Behavior<WireMessage> onDone(Done done) {
    busy = false;
    if (done.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof UnitReply.Units units) {
      restartFailed(done.command().object(), units);
    }
    next();
    return this;
  }

  private void restartFailed(String prefix, UnitReply.Units units) {
    List<Command> commands = new ArrayList<>();
    units
        .states()
        .forEach(
            (unit, state) -> {
              if (state == UnitState.FAILED && unit.startsWith(prefix)) {
                commands.add(new Command(Command.Verb.RESET_FAILED, unit, ""));
                commands.add(new Command(Command.Verb.START, unit, ""));
              }
            });
    for (int i = commands.size() - 1; i >= 0; i--) {
      waiting.addFirst(commands.get(i));
    }
  }
}
