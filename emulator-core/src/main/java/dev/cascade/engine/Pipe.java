package dev.cascade.engine;

import dev.cascade.time.Event;
import java.util.function.Consumer;

/**
 * What sends messages one after the other, each byte taking its time: a network interface, or one
 * direction of a link. The bytes that are left when the rate changes go at the new one.
 */
final class Pipe {
  /** A message that would take longer than this (a century) never leaves. */
  private static final double FAR_NANOS = 3e18;

  private final HostRuntime host;
  private final Consumer<Message> out;
  private final Ring waiting = new Ring(); // the head included
  private double bytesPerSecond;
  private long waitingBytes;
  private double headLeft;
  private long headSinceNanos;

  private final Event headSent =
      new Event() {
        @Override
        public void fire() {
          host.enter();
          sendHead();
        }
      };

  /**
   * A pipe with nothing in it.
   *
   * @param out takes a message when its last byte has left
   */
  Pipe(HostRuntime host, double bytesPerSecond, Consumer<Message> out) {
    this.host = host;
    this.bytesPerSecond = bytesPerSecond;
    this.out = out;
  }

  /**
   * Takes a message in, or sends it on at once if there is nothing to wait for.
   *
   * @return false if more than this waits already
   */
  boolean offer(Message message, long bufferBytes) {
    if (waiting.size() == 0 && bytesPerSecond == Double.POSITIVE_INFINITY) {
      out.accept(message);
      return true;
    }
    if (backlogBytes() > bufferBytes) {
      return false;
    }
    waiting.add(message);
    waitingBytes += message.sizeBytes();
    if (waiting.size() == 1) {
      begin();
    }
    return true;
  }

  /** Bytes that have not left yet. */
  private double backlogBytes() {
    return waiting.size() == 0 ? 0 : waitingBytes - (headBytes() - headLeftNow());
  }

  private int headBytes() {
    Message head = waiting.peek();
    return head == null ? 0 : head.sizeBytes();
  }

  private double headLeftNow() {
    if (bytesPerSecond == Double.POSITIVE_INFINITY) {
      return 0; // it leaves in this very instant
    }
    double sent = (host.nowNanos() - headSinceNanos) / 1e9 * bytesPerSecond;
    return Math.max(0, headLeft - sent);
  }

  private void begin() {
    headLeft = headBytes();
    headSinceNanos = host.nowNanos();
    schedule();
  }

  private void schedule() {
    double nanos = Math.min(FAR_NANOS, Math.ceil(headLeft / bytesPerSecond * 1e9));
    host.wakeAt(headSent, headSinceNanos + (long) nanos);
  }

  private void sendHead() {
    Message head = waiting.poll();
    if (head == null) {
      return;
    }
    waitingBytes -= head.sizeBytes();
    if (waiting.size() > 0) {
      begin();
    }
    out.accept(head);
  }

  /** From now on so many bytes leave in a second. */
  void rate(double newBytesPerSecond) {
    if (newBytesPerSecond == bytesPerSecond) {
      return;
    }
    if (waiting.size() > 0) {
      headLeft = headLeftNow();
      headSinceNanos = host.nowNanos();
    }
    bytesPerSecond = newBytesPerSecond;
    if (waiting.size() > 0) {
      schedule();
    }
  }

  boolean isEmpty() {
    return waiting.size() == 0;
  }

  /** Messages that have not left yet. */
  int size() {
    return waiting.size();
  }

  /** Power is gone: loses all that has not left. */
  int clear() {
    host.forget(headSent);
    int lost = waiting.size();
    while (waiting.size() > 0) {
      waiting.poll();
    }
    waitingBytes = 0;
    return lost;
  }
}
