package dev.cascade.engine;

import dev.cascade.node.Address;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last turns of a shard, so that a failure can show what its actor did before. */
final class Recent {
  private static final int SIZE = 1 << 12;
  private static final int SHOWN = 20;

  private final long[] times = new long[SIZE];
  private final @Nullable ProcessQueue[] processes = new ProcessQueue[SIZE];
  private final @Nullable MessageType[] types = new MessageType[SIZE];
  private final @Nullable Address[] senders = new Address[SIZE];
  private int next;

  void add(long timeNanos, ProcessQueue process, MessageType type, @Nullable Address from) {
    int slot = next++ & (SIZE - 1);
    times[slot] = timeNanos;
    processes[slot] = process;
    types[slot] = type;
    senders[slot] = from;
  }

  /** What an actor handled last, the oldest first. */
  List<String> lastOf(String actor) {
    ArrayDeque<String> lines = new ArrayDeque<>();
    for (int i = 1; i <= SIZE && lines.size() < SHOWN; i++) {
      int slot = (next - i) & (SIZE - 1);
      ProcessQueue process = processes[slot];
      MessageType type = types[slot];
      if (process != null && type != null && process.description().equals(actor)) {
        lines.addFirst(
            Duration.ofNanos(times[slot])
                + " "
                + type.name()
                + (senders[slot] == null ? "" : " from " + senders[slot]));
      }
    }
    return new ArrayList<>(lines);
  }
}
