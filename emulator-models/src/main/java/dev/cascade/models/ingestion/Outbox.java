package dev.cascade.models.ingestion;

import dev.cascade.models.http.Ending;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.Purpose;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a client has not got rid of yet: one batch after the other, in order; one that fails is
 * tried again after a wait that doubles. What is older than the buffer allows is dropped.
 *
 * @param <C> what the client understands
 */
final class Outbox<C> {
  /** A batch on its way. */
  static final class Batch {
    private final String path;
    private final int points;
    private final long madeNanos;
    private boolean late;

    /**
     * A new one.
     *
     * @param path that it is sent to
     * @param points in it
     */
    Batch(String path, int points, long madeNanos) {
      this.path = path;
      this.points = points;
      this.madeNanos = madeNanos;
    }

    String path() {
      return path;
    }

    int points() {
      return points;
    }
  }

  /** What becomes of batches, told in a turn of the client. */
  interface Fate {
    /** Acknowledged at its first attempt, as were all before it. */
    void onTime(Batch batch);

    /** Not so: it failed, or waits behind one that did. Told as soon as it is known. */
    void late(Batch batch);

    /** A late one was acknowledged after all. */
    void caughtUp(Batch batch);

    /** Given up. */
    void dropped(Batch batch);
  }

  /** Batches of a client that wait at most, so that no buffer is without a bound. */
  private static final int MAX_WAITING = 10_000;

  private final Env<C> env;
  private final Address target;
  private final Patience patience;
  private final Function<Runnable, C> later;
  private final Consumer<Duration> wakeAfter;
  private final Fate fate;

  private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
  private @Nullable Batch sending;
  private int failures;

  /**
   * An empty one.
   *
   * @param later a message of the client's on which it runs what is in it
   * @param wakeAfter has {@link #wake} called after so long
   */
  Outbox(
      Env<C> env,
      Address target,
      Patience patience,
      Function<Runnable, C> later,
      Consumer<Duration> wakeAfter,
      Fate fate) {
    this.env = env;
    this.target = target;
    this.patience = patience;
    this.later = later;
    this.wakeAfter = wakeAfter;
    this.fate = fate;
  }

  void add(Batch batch) {
    dropOld();
    if (failures > 0) {
      late(batch);
    }
    waiting.addLast(batch);
    if (waiting.size() > MAX_WAITING) {
      drop(waiting.removeFirst(), "buffer-full");
    }
    if (failures == 0) {
      wake();
    }
  }

  private void send(Batch batch) {
    sending = batch;
    env.request(
        failures == 0 ? Purpose.REQUEST : Purpose.RETRY,
        target,
        to -> new HttpRequest(batch.path(), to),
        patience.timeout(),
        outcome -> later.apply(() -> ended(batch, outcome)));
  }

  private void ended(Batch batch, Outcome outcome) {
    sending = null;
    if (Ending.of(outcome) == Ending.SUCCESS) {
      failures = 0;
      if (batch.late) {
        fate.caughtUp(batch);
      } else {
        fate.onTime(batch);
      }
      wake();
    } else {
      failures++;
      waiting.addFirst(batch);
      waiting.forEach(this::late);
      wakeAfter.accept(patience.waitAfter(failures));
    }
  }

  private void late(Batch batch) {
    if (!batch.late) {
      batch.late = true;
      fate.late(batch);
    }
  }

  /** It is time to try again. */
  void wake() {
    dropOld();
    if (sending == null && !waiting.isEmpty()) {
      send(waiting.removeFirst());
    } else if (sending == null) {
      failures = 0;
    }
  }

  private void dropOld() {
    long oldest = env.nowNanos() - patience.buffer().toNanos();
    while (!waiting.isEmpty() && waiting.getFirst().madeNanos < oldest) {
      drop(waiting.removeFirst(), "too-old");
    }
  }

  private void drop(Batch batch, String reason) {
    env.dropped(batch, reason);
    fate.dropped(batch);
  }
}
