package dev.cascade.models.load;

import java.util.ArrayList;
import java.util.List;

/**
 * When virtual users come and go: those with the highest numbers last, and first. As k6 has it,
 * there are n when the line from stage to stage has reached n.
 */
final class UserSchedule {
  /**
   * A user comes or goes.
   *
   * @param nanos after the start
   * @param user its number among all hosts' users
   */
  record Step(long nanos, int user, boolean comes) {}

  private UserSchedule() {}

  /** All steps in their order; those of the first users stand at the start. */
  static List<Step> steps(int start, List<Stage> stages) {
    List<Step> steps = new ArrayList<>();
    for (int user = 0; user < start; user++) {
      steps.add(new Step(0, user, true));
    }
    int users = start;
    long begin = 0;
    for (Stage stage : stages) {
      int target = (int) stage.target().level();
      int changes = Math.abs(target - users);
      double each = changes == 0 ? 0 : (double) stage.duration().toNanos() / changes;
      for (int i = 1; i <= changes; i++) {
        long nanos = begin + Math.round(each * i);
        steps.add(
            target > users
                ? new Step(nanos, users + i - 1, true)
                : new Step(nanos, users - i, false));
      }
      users = target;
      begin += stage.duration().toNanos();
    }
    return steps;
  }
}
