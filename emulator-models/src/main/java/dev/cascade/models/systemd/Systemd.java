package dev.cascade.models.systemd;

import dev.cascade.models.machine.Program;
import dev.cascade.models.machine.Terminate;
import dev.cascade.models.machine.UnitCall;
import dev.cascade.models.machine.UnitReply;
import dev.cascade.models.machine.UnitState;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The init system of a machine.
 *
 * <pre>
 *   inactive, failed   start       activating       if the limit allows it; else failed
 *   activating         steps done  active
 *   activating, active end         auto-restart     as Restart= says; else inactive or failed
 *   auto-restart       RestartSec  activating       if the limit allows it; else failed
 *   active             stop        deactivating     until its process has ended; then inactive
 *   failed             reset       inactive
 * </pre>
 */
public final class Systemd extends AbstractBehavior<WireMessage> {
  private record RestartDue(String unit, long life) implements WireMessage {}

  private record StopTimedOut(String unit, long life) implements WireMessage {}

  private enum LookDue implements WireMessage {
    INSTANCE
  }

  /** systemd's DefaultTimeoutStopSec; then it sends SIGKILL. */
  static final Duration STOP_TIMEOUT = Duration.ofSeconds(90);

  /** Between two looks for processes that a fault has ended; others tell it at once. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final Journal journal;
  private final UnitLog log;

  private final TreeMap<String, Unit> units = new TreeMap<>();
  private long lives;

  private Systemd(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      Journal journal,
      List<UnitFile> files,
      List<String> enabled) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.journal = journal;
    this.log = new UnitLog(env);
    for (UnitFile file : files) {
      units.put(file.name(), new Unit(file));
      if (file.socket() != null) {
        env.control().start(file.socket(), Socket.spec(file));
      }
    }
    timers.startTimerWithFixedDelay(LookDue.INSTANCE, LOOK);
    enabled.forEach(name -> start(unit(name)));
  }

  /**
   * An init system as the process {@link UnitCall#PROCESS}.
   *
   * @param journal that of the machine
   * @param files all units that the machine has files of
   * @param enabled those that are started as it boots, in this order
   */
  public static ProcessSpec<WireMessage> spec(
      Journal journal, List<UnitFile> files, List<String> enabled) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Systemd(env, timers, journal, files, enabled)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(UnitCall.class, this::onUnitCall)
        .onMessage(Wire.Ended.class, this::onEnded)
        .onMessage(Wire.Activate.class, this::onActivate)
        .onMessage(RestartDue.class, this::onRestartDue)
        .onMessage(StopTimedOut.class, this::onStopTimedOut)
        .onMessage(LookDue.class, due -> onLookDue())
        .build();
  }

  private Unit unit(String name) {
    Unit unit = units.get(name);
    if (unit == null) {
      throw new IllegalStateException(
          "There is no unit (" + name + "). Maybe one of " + units.keySet() + "?");
    }
    return unit;
  }

  // ---- what it is asked

  private Behavior<WireMessage> onUnitCall(UnitCall call) {
    if (call instanceof UnitCall.ListUnits) {
      TreeMap<String, UnitState> states = new TreeMap<>();
      units.forEach((name, unit) -> states.put(name, unit.state));
      env.reply(call.replyTo(), new UnitReply.Units(states));
      return this;
    }
    Unit unit = units.get(call.unit());
    if (unit == null) {
      env.reply(call.replyTo(), new UnitReply.NotFound());
      return this;
    }
    env.reply(call.replyTo(), new UnitReply.Queued());
    if (call instanceof UnitCall.StartUnit) {
      start(unit);
    } else if (call instanceof UnitCall.StopUnit) {
      stop(unit);
    } else if (call instanceof Systemctl.RestartUnit) {
      restart(unit);
    } else if (call instanceof Systemctl.ResetFailed) {
      unit.starts.forget();
      if (unit.is(UnitState.FAILED)) {
        become(unit, UnitState.INACTIVE);
      }
    }
    return this;
  }

  /** What requires it is restarted with it (systemd.unit(5), Requires=). */
  private void restart(Unit unit) {
    List<Unit> withIt = dependents(unit).stream().filter(Unit::isUp).toList();
    stop(unit);
    start(unit);
    withIt.forEach(this::start);
  }

  private Behavior<WireMessage> onActivate(Wire.Activate activate) {
    Unit unit = unit(activate.unit());
    unit.awaited = true;
    if (unit.is(UnitState.ACTIVE) && !env.control().isRunning(unit.file.process())) {
      ended(unit, Exit.KILL); // else its end would have been told before whoever noticed it came
    } else if (unit.is(UnitState.ACTIVE)) {
      activated(unit, true);
    } else if (unit.is(UnitState.FAILED)) {
      activated(unit, false);
    } else {
      start(unit);
    }
    return this;
  }

  private void activated(Unit unit, boolean runs) {
    String socket = unit.file.socket();
    if (unit.awaited && socket != null) {
      unit.awaited = false;
      env.send(Address.of(env.host().name(), socket), new Wire.Activated(runs));
    }
  }

  // ---- start

  private void start(Unit unit) {
    switch (unit.state) {
      case ACTIVE, ACTIVATING -> {
        // It is on its way.
      }
      case DEACTIVATING -> unit.startsAgain = true;
      case INACTIVE, FAILED, AUTO_RESTART -> begin(unit);
    }
  }

  private void begin(Unit unit) {
    timers.cancel(restartKey(unit));
    if (!unit.starts.admit(env.nowNanos())) {
      log.failed(unit, "start-limit");
      become(unit, UnitState.FAILED);
      activated(unit, false);
      return;
    }
    unit.life = ++lives;
    unit.step = 0;
    unit.waits = false; // until all that it requires has been asked for, nobody's news matter
    become(unit, UnitState.ACTIVATING);
    for (String required : unit.file.requires()) {
      start(unit(required));
    }
    unit.waits = true;
    goOn(unit);
  }

  /** Starts the next process of a unit on its way up, when what it requires is up. */
  private void goOn(Unit unit) {
    for (String required : unit.file.requires()) {
      Unit other = unit(required);
      if (!other.is(UnitState.ACTIVE)) {
        if (!other.isUp() && !other.startsAgain) {
          unit.waits = false;
          log.failed(unit, "dependency");
          become(unit, UnitState.INACTIVE);
        }
        return;
      }
    }
    unit.waits = false;
    if (unit.step < unit.file.before().size()) {
      run(unit, unit.file.before().get(unit.step).program(), false);
      return;
    }
    run(unit, unit.file.main(), true);
    log.started(unit);
    become(unit, UnitState.ACTIVE);
    activated(unit, true);
    tellThoseWhoWait(unit);
  }

  /** What a unit on its way up requires is there now, or will not come. */
  private void tellThoseWhoWait(Unit unit) {
    for (Unit other : dependents(unit)) {
      if (other.is(UnitState.ACTIVATING) && other.waits) {
        goOn(other);
      }
    }
  }

  private void run(Unit unit, Program program, boolean main) {
    String process = unit.process();
    env.control()
        .start(process, UnitExec.spec(unit.file, program, process, unit.life, journal, main));
  }

  private List<Unit> dependents(Unit unit) {
    List<Unit> dependents = new ArrayList<>();
    for (Unit other : units.values()) {
      if (other.file.requires().contains(unit.file.name())) {
        dependents.add(other);
      }
    }
    return dependents;
  }

  private Behavior<WireMessage> onRestartDue(RestartDue due) {
    Unit unit = unit(due.unit());
    if (unit.is(UnitState.AUTO_RESTART) && unit.life == due.life()) {
      begin(unit);
    }
    return this;
  }

  // ---- stop

  private void stop(Unit unit) {
    unit.startsAgain = false;
    switch (unit.state) {
      case INACTIVE, FAILED, DEACTIVATING -> {
        // There is nothing to stop, or it stops already.
      }
      case AUTO_RESTART -> become(unit, UnitState.INACTIVE);
      case ACTIVATING -> {
        if (!unit.waits) {
          env.control().kill(unit.process());
        }
        become(unit, UnitState.INACTIVE);
      }
      case ACTIVE -> {
        become(unit, UnitState.DEACTIVATING);
        if (unit.file.main().catchesTerm()) {
          env.send(Address.of(env.host().name(), unit.file.process()), new Terminate());
          timers.startSingleTimer(
              "stop " + unit.file.name(),
              new StopTimedOut(unit.file.name(), unit.life),
              STOP_TIMEOUT);
        } else {
          env.control().kill(unit.file.process());
          stopped(unit);
        }
        stopDependents(unit);
      }
    }
  }

  private void stopDependents(Unit unit) {
    for (Unit dependent : dependents(unit)) {
      if (dependent.isUp() && !dependent.waits) {
        stop(dependent);
      }
    }
  }

  private Behavior<WireMessage> onStopTimedOut(StopTimedOut late) {
    Unit unit = unit(late.unit());
    if (unit.is(UnitState.DEACTIVATING) && unit.life == late.life()) {
      env.control().kill(unit.file.process());
      stopped(unit);
    }
    return this;
  }

  private void stopped(Unit unit) {
    timers.cancel("stop " + unit.file.name());
    log.stopped(unit);
    become(unit, UnitState.INACTIVE);
    if (unit.startsAgain) {
      unit.startsAgain = false;
      begin(unit);
    }
  }

  // ---- ends

  private Behavior<WireMessage> onEnded(Wire.Ended ended) {
    for (Unit unit : units.values()) {
      if (unit.life == ended.life() && unit.process().equals(ended.process())) {
        ended(unit, ended.exit());
        break;
      }
    }
    return this;
  }

  private void ended(Unit unit, Exit exit) {
    switch (unit.state) {
      case DEACTIVATING -> stopped(unit);
      case ACTIVATING -> stepEnded(unit, exit);
      case ACTIVE -> {
        log.ended(unit, exit);
        settle(unit, exit);
        stopDependents(unit);
      }
      case INACTIVE, FAILED, AUTO_RESTART -> {
        // It was killed, and this is the news of it.
      }
    }
  }

  private void stepEnded(Unit unit, Exit exit) {
    if (exit.code() == 0 || unit.file.before().get(unit.step).mayFail()) {
      unit.step++;
      goOn(unit);
    } else {
      log.stepFailed(unit, unit.file.before().get(unit.step).name());
      settle(unit, exit);
    }
  }

  /** What becomes of a unit whose process has ended. */
  private void settle(Unit unit, Exit exit) {
    if (unit.file.restart().after(exit)) {
      become(unit, UnitState.AUTO_RESTART);
      timers.startSingleTimer(
          restartKey(unit), new RestartDue(unit.file.name(), unit.life), unit.file.restartSec());
    } else if (exit.isClean()) {
      become(unit, UnitState.INACTIVE);
    } else {
      log.failed(unit, "exit-code");
      become(unit, UnitState.FAILED);
    }
    if (unit.awaited && !unit.isUp()) {
      start(unit); // a connection came between its end and now
    }
  }

  private static String restartKey(Unit unit) {
    return "restart " + unit.file.name();
  }

  /** One that ended by itself has told so: whoever is missing in two looks, never will. */
  private Behavior<WireMessage> onLookDue() {
    for (Unit unit : units.values()) {
      boolean runs =
          unit.is(UnitState.ACTIVE)
              || unit.is(UnitState.DEACTIVATING)
              || (unit.is(UnitState.ACTIVATING) && !unit.waits);
      boolean isGone = runs && !env.control().isRunning(unit.process());
      if (isGone && unit.missed == unit.life) {
        ended(unit, Exit.KILL);
      }
      unit.missed = isGone ? unit.life : 0;
    }
    return this;
  }

  private void become(Unit unit, UnitState state) {
    log.changed(unit, unit.state, state);
    unit.state = state;
    boolean isDown = state == UnitState.INACTIVE || state == UnitState.FAILED;
    if (isDown && !unit.startsAgain) {
      tellThoseWhoWait(unit);
    }
  }
}
