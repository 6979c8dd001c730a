package dev.cascade.models.alarms;

/** The alarm of one host. */
final class Alarm {
  private final int failuresToFire;
  private int failures;

  Alarm(int failuresToFire) {
    this.failuresToFire = failuresToFire;
  }

  boolean firing() {
    return failures >= failuresToFire;
  }

  /**
   * Takes in a check.
   *
   * @return whether the alarm has begun or ended with it
   */
  boolean checked(boolean succeeded) {
    boolean before = firing();
    failures = succeeded ? 0 : Math.min(failures + 1, failuresToFire);
    return firing() != before;
  }
}
