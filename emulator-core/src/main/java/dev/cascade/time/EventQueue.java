package dev.cascade.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events in their order: a heap with four children a node, times and ties in arrays of their own so
 * that most comparisons touch no event. An event knows its place, so a cancelled timer leaves at
 * once; skipping it when its time comes would fill the heap with the dead (a minute of time-outs at
 * 100,000 a second is 6 million entries).
 */
public final class EventQueue {
  static final int ABSENT = -1;
  private static final int INITIAL_CAPACITY = 1024;

  private long[] times = new long[INITIAL_CAPACITY];
  private long[] ties = new long[INITIAL_CAPACITY];
  private @Nullable Event[] events = new Event[INITIAL_CAPACITY];
  private int size;

  /** How many events wait. */
  public int size() {
    return size;
  }

  /** When the first event happens, or {@link Long#MAX_VALUE} if there is none. */
  public long nextTimeNanos() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /** Whether there is an event that happens before this. */
  public boolean hasBefore(Moment moment) {
    if (size == 0) {
      return false;
    }
    Event first = at(0);
    return new Moment(times[0], ties[0], first.origin(), first.sequence()).compareTo(moment) < 0;
  }

  /** Adds a keyed event. */
  public void add(Event event) {
    if (event.index != ABSENT) {
      throw new IllegalStateException("The event is queued already: " + event);
    }
    if (size == times.length) {
      grow();
    }
    siftUp(size++, event, event.timeNanos(), event.tie());
  }

  /** The first event; the queue must not be empty. */
  public Event peek() {
    return at(0);
  }

  /** Takes the first event out; the queue must not be empty. */
  public Event poll() {
    Event first = at(0);
    removeAt(0);
    return first;
  }

  /** Takes an event out before its time, if it is there. */
  public boolean remove(Event event) {
    int index = event.index;
    if (index == ABSENT) {
      return false;
    }
    removeAt(index);
    return true;
  }

  /** Calls a visitor with every event, in no particular order. */
  public void forEach(java.util.function.Consumer<Event> visitor) {
    for (int i = 0; i < size; i++) {
      visitor.accept(at(i));
    }
  }

  private void removeAt(int index) {
    at(index).index = ABSENT;
    Event last = at(--size);
    events[size] = null;
    if (index == size) {
      return;
    }
    long time = times[size];
    long tie = ties[size];
    if (index > 0 && precedes(last, time, tie, (index - 1) >> 2)) {
      siftUp(index, last, time, tie);
    } else {
      siftDown(index, last, time, tie);
    }
  }

  private void siftUp(int start, Event event, long time, long tie) {
    int index = start;
    while (index > 0) {
      int parent = (index - 1) >> 2;
      if (!precedes(event, time, tie, parent)) {
        break;
      }
      put(index, at(parent), times[parent], ties[parent]);
      index = parent;
    }
    put(index, event, time, tie);
  }

  private void siftDown(int start, Event event, long time, long tie) {
    int index = start;
    while (true) {
      int first = (index << 2) + 1;
      if (first >= size) {
        break;
      }
      int least = first;
      int end = Math.min(first + 4, size);
      for (int child = first + 1; child < end; child++) {
        if (precedes(at(child), times[child], ties[child], least)) {
          least = child;
        }
      }
      if (precedes(event, time, tie, least)) {
        break;
      }
      put(index, at(least), times[least], ties[least]);
      index = least;
    }
    put(index, event, time, tie);
  }

  private boolean precedes(Event event, long time, long tie, int index) {
    if (time != times[index]) {
      return time < times[index];
    }
    if (tie != ties[index]) {
      return tie < ties[index];
    }
    return event.precedesAtTie(at(index));
  }

  private void put(int index, Event event, long time, long tie) {
    times[index] = time;
    ties[index] = tie;
    events[index] = event;
    event.index = index;
  }

  @SuppressWarnings("NullAway") // below size every slot is filled
  private Event at(int index) {
    return events[index];
  }

  private void grow() {
    int capacity = times.length * 2;
    times = Arrays.copyOf(times, capacity);
    ties = Arrays.copyOf(ties, capacity);
    events = Arrays.copyOf(events, capacity);
  }
}
