package dev.cascade.models.systemd;

import dev.cascade.models.machine.UnitState;

/** A unit that is loaded: its state, and what is known of its processes. */
final class Unit {
  final UnitFile file;
  final Starts starts;
  UnitState state = UnitState.INACTIVE;

  /** The step before the start that runs; as many as there are once all are done. */
  int step;

  /** Which of the processes of this unit is meant; each has a number of its own. */
  long life;

  /** Which of its processes was gone at the last look, without a word; 0 if it was not. */
  long missed;

  /** It waits for what it requires. */
  boolean waits;

  /** Somebody wants it started when it has stopped. */
  boolean startsAgain;

  /** A connection waits at its socket. */
  boolean awaited;

  Unit(UnitFile file) {
    this.file = file;
    this.starts = new Starts(file.limit());
  }

  boolean is(UnitState other) {
    return state == other;
  }

  /** Whether it is on its way up, or there. */
  boolean isUp() {
    return state == UnitState.ACTIVE
        || state == UnitState.ACTIVATING
        || state == UnitState.AUTO_RESTART;
  }

  /** The name of the process that runs now, or would. */
  String process() {
    return state == UnitState.ACTIVATING && step < file.before().size()
        ? file.process() + "-" + file.before().get(step).name()
        : file.process();
  }
}
