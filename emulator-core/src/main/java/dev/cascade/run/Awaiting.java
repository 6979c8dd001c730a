package dev.cascade.run;

import dev.cascade.random.DurationText;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.EvaluatedCondition;

/**
 * Awaitility in emulated time: it asks in the test's own thread, and between two questions the
 * emulation goes on to its next tick instead of the clock on the wall. So nothing is waited for,
 * and the answer is the same on a slow machine.
 */
final class Awaiting implements ConditionEvaluationListener<Object> {
  private final Emulation emulation;
  private final String alias;
  private final Duration begun;
  private final Duration limit;
  private String lastSeen = "";

  private Awaiting(Emulation emulation, String alias, Duration limit) {
    this.emulation = emulation;
    this.alias = alias;
    this.begun = emulation.now();
    this.limit = limit;
  }

  static ConditionFactory within(Emulation emulation, String alias, Duration limit) {
    Awaiting awaiting = new Awaiting(emulation, alias, limit);
    return Awaitility.await(alias)
        .forever()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .conditionEvaluationListener(awaiting)
        .pollInterval((count, previous) -> awaiting.advance());
  }

  /** Lets emulated time pass; none on the wall clock needs to. */
  private Duration advance() {
    Duration now = emulation.now();
    if (now.compareTo(begun.plus(limit)) >= 0) {
      throw new ConditionTimeoutException(
          "%s: not within %s of emulated time, from %s to %s.%s"
              .formatted(
                  alias,
                  DurationText.format(limit),
                  DurationText.format(begun),
                  DurationText.format(now),
                  lastSeen));
    }
    if (emulation.isOver()) {
      throw new ConditionTimeoutException(
          "%s: not until the run was over at %s.%s"
              .formatted(alias, DurationText.format(now), lastSeen));
    }
    emulation.advanceToTick();
    return Duration.ZERO;
  }

  @Override
  public void conditionEvaluated(EvaluatedCondition<Object> condition) {
    lastSeen = " " + condition.getDescription();
  }
}
