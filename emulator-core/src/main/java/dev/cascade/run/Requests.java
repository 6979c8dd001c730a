package dev.cascade.run;

import dev.cascade.engine.Engine;
import dev.cascade.engine.RequestSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests that a run writes down: so many of each stretch of time that all of it is shown, and
 * the others are counted.
 */
final class Requests {
  /** All together; about 4 MB. */
  static final int MAX = 20_000;

  private final Engine engine;
  private final long ticks;
  private final List<RequestSpan> kept = new ArrayList<>();
  private long leftOut;
  private long ticksDone;

  /** Of a run with so many ticks. */
  Requests(Engine engine, long ticks) {
    this.engine = engine;
    this.ticks = Math.max(1, ticks);
    makeRoom();
  }

  /** All shards rest at a tick. What one tick leaves of its room is the next one's. */
  void tick() {
    leftOut += engine.takeRequests(kept);
    ticksDone++;
    makeRoom();
  }

  private void makeRoom() {
    long upToNow = MAX * Math.min(ticks, ticksDone + 1) / ticks;
    engine.keepRequests((int) (upToNow - kept.size()));
  }

  /** What was written down. */
  RunResult.Requests result() {
    return new RunResult.Requests(kept, leftOut);
  }
}
