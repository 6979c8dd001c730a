package dev.cascade.models.load;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which virtual users one host has: those who are there, and those who finish a request. */
final class VirtualUsers {
  private final ArrayDeque<UserSchedule.Step> steps = new ArrayDeque<>();
  private final BitSet wanted = new BitSet();
  private final BitSet present = new BitSet();

  /** Those that fall to a host: every n-th. */
  VirtualUsers(List<UserSchedule.Step> all, Share share) {
    for (UserSchedule.Step step : all) {
      if (step.user() % share.hosts() == share.host()) {
        steps.add(step);
      }
    }
  }

  /** The next time that one comes or goes; null if they stay. */
  UserSchedule.@Nullable Step next() {
    return steps.peek();
  }

  /**
   * Takes the next step.
   *
   * @return whether its user begins now; not one who goes, and not one who comes back before it has
   *     finished
   */
  boolean advance() {
    UserSchedule.Step step = steps.remove();
    wanted.set(step.user(), step.comes());
    if (!step.comes() || present.get(step.user())) {
      return false;
    }
    present.set(step.user());
    return true;
  }

  /** Whether a user goes on after a request, or after having thought; if not it is gone. */
  boolean goesOn(int user) {
    if (!wanted.get(user)) {
      present.clear(user);
    }
    return wanted.get(user);
  }

  /** Users who are there. */
  int present() {
    return present.cardinality();
  }
}
