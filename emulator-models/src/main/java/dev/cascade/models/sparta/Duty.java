package dev.cascade.models.sparta;

/**
 * The work on one service, at the instance that does it. One worker at a time is at it: what is
 * noticed meanwhile is worked on when that one is done. The stages of a move follow each other.
 */
final class Duty {
  private long session = -1;
  private Wire.Presence presence = Wire.Presence.GONE;
  private long disconnectedNanos;
  private boolean moved; // the session is another one than that last worked on
  private boolean running;
  private boolean dirty;
  private long noticed;

  /** The work on a service that has long been done; its client has its first session. */
  static Duty settled() {
    Duty duty = new Duty();
    duty.session = 0;
    duty.presence = Wire.Presence.CONNECTED;
    return duty;
  }

  /**
   * Takes in what is known of the service's client.
   *
   * @return whether there is something to work on that was not known before
   */
  boolean notice(long itsSession, Wire.Presence newPresence, long nowNanos) {
    boolean overtaken = itsSession < session;
    boolean nothingNew = itsSession == session && newPresence.compareTo(presence) <= 0;
    if (overtaken || nothingNew) {
      return false;
    }
    moved |= itsSession > session;
    session = itsSession;
    presence = newPresence;
    disconnectedNanos = nowNanos;
    noticed++;
    dirty = true;
    return true;
  }

  /** The session of a client that lost its connection for so long, which is now over; else -1. */
  long over(long nowNanos, long ttlNanos) {
    return presence == Wire.Presence.DISCONNECTED && nowNanos - disconnectedNanos >= ttlNanos
        ? session
        : -1;
  }

  boolean mayStart() {
    return dirty && !running;
  }

  /** A worker starts, and works out this share. */
  Share start(Share base, int stages) {
    running = true;
    dirty = false;
    boolean begins = moved;
    moved = false;
    return switch (presence) {
      case GONE -> Share.NONE;
      case DISCONNECTED -> base.owned() ? new Share(true, 0) : Share.NONE;
      case CONNECTED -> {
        if (!base.owned()) {
          yield new Share(true, stages); // a service that joins has no load to be moved
        }
        yield new Share(true, begins ? Math.min(1, stages) : Math.min(base.stage() + 1, stages));
      }
    };
  }

  /** The worker is done. */
  void done() {
    running = false;
  }

  /** Whether another stage follows for this share. */
  boolean settles(Share committed, int stages) {
    return !dirty
        && presence == Wire.Presence.CONNECTED
        && committed.owned()
        && committed.stage() < stages;
  }

  /** How often something was noticed; a stage that was planned before the last time is void. */
  long noticed() {
    return noticed;
  }

  /** The next stage is to be worked out. */
  void again() {
    dirty = true;
  }
}
