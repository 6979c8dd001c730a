package dev.cascade.engine;

import dev.cascade.node.ProcessSpec;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Messages that wait in a mailbox: one line, or several lanes of which the lowest goes first. */
final class Waiting {
  private final @Nullable ToIntFunction<Object> lane;
  private @Nullable Message first; // the oldest, where there is one lane: seldom do more wait
  private @Nullable Ring only; // those after it
  private Ring @Nullable [] lanes;
  private int size;

  Waiting(@Nullable ToIntFunction<Object> lane) {
    this.lane = lane;
  }

  int size() {
    return size;
  }

  void add(Message message) {
    if (size++ == 0 && lane == null) {
      first = message;
    } else {
      (lane == null ? line() : laneOf(message, lane)).add(message);
    }
  }

  private Ring line() {
    if (only == null) {
      only = new Ring();
    }
    return only;
  }

  /** The next message in turn. */
  @Nullable Message poll() {
    if (size == 0) {
      return null;
    }
    size--;
    if (lanes == null) {
      Message oldest = first;
      first = size == 0 ? null : line().poll();
      return oldest;
    }
    for (Ring ring : lanes) {
      Message message = ring.poll();
      if (message != null) {
        return message;
      }
    }
    throw new IllegalStateException("The lanes hold fewer messages than were counted.");
  }

  /** The oldest message of the last lane that holds one which may be dropped. */
  @Nullable Message pollOldest(Predicate<Message> droppable) {
    Message oldest = first;
    if (oldest != null && droppable.test(oldest)) {
      return poll();
    }
    Ring[] all = lanes == null ? new Ring[] {line()} : lanes;
    for (int i = all.length - 1; i >= 0; i--) {
      Message found = pollFirst(all[i], droppable);
      if (found != null) {
        size--;
        return found;
      }
    }
    return null;
  }

  private static @Nullable Message pollFirst(Ring ring, Predicate<Message> droppable) {
    Message found = null;
    for (int i = ring.size(); i > 0; i--) {
      Message message = ring.poll();
      if (message != null && found == null && droppable.test(message)) {
        found = message;
      } else if (message != null) {
        ring.add(message);
      }
    }
    return found;
  }

  private Ring laneOf(Message message, ToIntFunction<Object> function) {
    Ring[] all = lanes;
    if (all == null) {
      all = new Ring[ProcessSpec.LANES];
      for (int i = 0; i < all.length; i++) {
        all[i] = new Ring();
      }
      lanes = all;
    }
    return all[Math.max(0, Math.min(number(message, function), ProcessSpec.LANES - 1))];
  }

  private static int number(Message message, ToIntFunction<Object> function) {
    if (MessageType.isSignal(message.payload)) {
      return 0;
    }
    try {
      return function.applyAsInt(MessageType.unwrap(message.payload));
    } catch (ClassCastException e) {
      return 0; // a timer's key, or what an adapter will adapt, is not always a message itself
    }
  }
}
