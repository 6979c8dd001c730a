package dev.cascade.engine;

import dev.cascade.random.RandomStream;
import dev.cascade.time.Event;
import dev.cascade.time.EventQueue;
import java.util.ArrayDeque;

/** What {@link LocalWorld} does, as calls from the same event queue. */
final class BareLocal {
  private final EventQueue queue = new EventQueue();
  private long nowNanos;
  private long sequence;
  private final ArrayDeque<Ball> balls = new ArrayDeque<>();
  private long handled;

  long run(long untilNanos) {
    while (queue.nextTimeNanos() < untilNanos) {
      Event event = queue.poll();
      nowNanos = event.timeNanos();
      event.fire();
      for (Ball ball = balls.poll(); ball != null; ball = balls.poll()) {
        handled++;
        ball.to().take(ball.left());
      }
    }
    return handled;
  }

  private void schedule(Event event, long afterNanos) {
    event.key(nowNanos + afterNanos, sequence, 1, sequence++);
    queue.add(event);
  }

  /** Pairs that every microsecond send a ball to and fro: whoever has it hands it on in a line. */
  static BareLocal pingPong(int pairs, int volley) {
    BareLocal loop = new BareLocal();
    for (int i = 0; i < pairs; i++) {
      loop.schedule(loop.new Serve(volley / 2), LocalWorld.STEP.toNanos());
    }
    return loop;
  }

  private interface Player {
    void take(int left);
  }

  private record Ball(Player to, int left) {}

  private final class Serve extends Event implements Player {
    private final Player pong = left -> balls.add(new Ball(this, left - 1));
    private final int first;

    Serve(int first) {
      this.first = first;
    }

    @Override
    public void fire() {
      handled++;
      schedule(this, LocalWorld.STEP.toNanos());
      balls.add(new Ball(pong, first));
    }

    @Override
    public void take(int left) {
      if (left > 0) {
        balls.add(new Ball(pong, left));
      }
    }
  }

  /** Time-outs that are restarted every millisecond. */
  static BareLocal timers(int hosts) {
    BareLocal loop = new BareLocal();
    for (int i = 0; i < hosts; i++) {
      loop.schedule(loop.new Beat(), 1_000_000);
    }
    return loop;
  }

  private final class Beat extends Event {
    private Event timeout = new Timeout();

    @Override
    public void fire() {
      handled++;
      schedule(this, 1_000_000);
      queue.remove(timeout);
      timeout = new Timeout();
      schedule(timeout, 1_000_000_000);
    }
  }

  private final class Timeout extends Event {
    @Override
    public void fire() {
      handled++;
    }
  }

  /** M/M/1/10. */
  static BareLocal queues(int hosts) {
    BareLocal loop = new BareLocal();
    for (int i = 0; i < hosts; i++) {
      loop.schedule(loop.new Door(RandomStream.of(i)), 1);
    }
    return loop;
  }

  private final class Door extends Event {
    private final RandomStream random;
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private boolean busy;
    private final Event done =
        new Event() {
          @Override
          public void fire() {
            handled++;
            Long next = waiting.poll();
            busy = next != null;
            if (next != null) {
              schedule(this, next);
            }
          }
        };

    Door(RandomStream random) {
      this.random = random;
    }

    @Override
    public void fire() {
      handled++;
      long work = 1 + Math.round(random.nextExponential() * 900_000);
      if (!busy) {
        busy = true;
        schedule(done, work);
      } else if (waiting.size() < 9) {
        waiting.add(work);
      }
      schedule(this, Math.round(random.nextExponential() * 1_000_000));
    }
  }
}
