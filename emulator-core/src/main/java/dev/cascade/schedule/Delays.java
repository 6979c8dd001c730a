package dev.cascade.schedule;

import dev.cascade.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which messages take longer than drawn, and by how much of what their links allow: a few, drawn
 * from all in the order of their sending (after delay-bounded scheduling, Emmi, Qadeer and
 * Rakamarić, POPL 2011).
 */
public final class Delays {
  private final Map<Long, Double> chosen = new LinkedHashMap<>();
  private long sent;

  /**
   * Draws them.
   *
   * @param random for this schedule alone
   */
  public Delays(Schedule schedule, RandomStream random) {
    for (int i = 0; i < schedule.depth(); i++) {
      chosen.put((long) random.nextInt(schedule.steps()), 1 - random.nextDouble());
    }
  }

  /**
   * When the next message arrives.
   *
   * @param drawnNanos when it would
   * @param latestNanos when it must
   */
  public long arrivalNanos(long drawnNanos, long latestNanos) {
    Double share = chosen.get(sent++);
    return share == null || latestNanos <= drawnNanos
        ? drawnNanos
        : drawnNanos + Math.round((latestNanos - drawnNanos) * share);
  }
}
