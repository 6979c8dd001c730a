package dev.cascade.engine;

import dev.cascade.node.ProcessSpec;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Messages that wait in a mailbox: one line, or several lanes of which the lowest goes first. */
final class Waiting {
  private final @Nullable ToIntFunction<Object> lane;
  private final Ring[] lanes;
  private int size;

  Waiting(@Nullable ToIntFunction<Object> lane) {
    this.lane = lane;
    this.lanes = new Ring[lane == null ? 1 : ProcessSpec.LANES];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Ring();
    }
  }

  int size() {
    return size;
  }

  void add(Message message) {
    int number = lane == null ? 0 : number(message, lane);
    lanes[Math.max(0, Math.min(number, lanes.length - 1))].add(message);
    size++;
  }

  /** The next message in turn. */
  @Nullable Message poll() {
    if (size == 0) {
      return null;
    }
    size--;
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
    for (int i = lanes.length - 1; i >= 0; i--) {
      Message found = pollFirst(lanes[i], droppable);
      if (found != null) {
        size--;
        return found;
      }
    }
    return null;
  }

  private static @Nullable Message pollFirst(Ring ring, Predicate<Message> droppable) {
    Message first = ring.peek();
    if (first != null && droppable.test(first)) {
      return ring.poll();
    }
    Message found = null;
    for (int i = ring.size(); i > 0; i--) { // once around, to keep the order of the others
      Message message = ring.poll();
      if (message != null && found == null && droppable.test(message)) {
        found = message;
      } else if (message != null) {
        ring.add(message);
      }
    }
    return found;
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
