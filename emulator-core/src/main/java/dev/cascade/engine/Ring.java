package dev.cascade.engine;

import org.jspecify.annotations.Nullable;

/** A queue of messages that costs nothing while it is empty and has never been used. */
final class Ring {
  private static final int INITIAL_CAPACITY = 4;

  private @Nullable Message @Nullable [] slots;
  private int first;
  private int size;

  int size() {
    return size;
  }

  void add(Message message) {
    @Nullable Message[] array = slots;
    if (array == null) {
      array = new Message[INITIAL_CAPACITY];
      slots = array;
    } else if (size == array.length) {
      array = grown(array);
    }
    array[(first + size) & (array.length - 1)] = message;
    size++;
  }

  /** The first message, which stays. */
  @Nullable Message peek() {
    @Nullable Message[] array = slots;
    return array == null || size == 0 ? null : array[first];
  }

  @Nullable Message poll() {
    @Nullable Message[] array = slots;
    if (array == null || size == 0) {
      return null;
    }
    Message message = array[first];
    array[first] = null;
    first = (first + 1) & (array.length - 1);
    size--;
    return message;
  }

  private @Nullable Message[] grown(@Nullable Message[] array) {
    @Nullable Message[] larger = new Message[array.length * 2];
    for (int i = 0; i < size; i++) {
      larger[i] = array[(first + i) & (array.length - 1)];
    }
    first = 0;
    slots = larger;
    return larger;
  }
}
