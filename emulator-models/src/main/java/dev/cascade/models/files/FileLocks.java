package dev.cascade.models.files;

import dev.cascade.node.Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Advisory locks by name, first come first served: who shares a lock does not overtake one who
 * waits for it alone, so that nobody waits forever.
 */
final class FileLocks {
  /**
   * Those who may wait for one lock: a bound beyond any use, a thread of one host each. More are
   * refused.
   */
  static final int MAX_WAITING = 1024;

  private static final class Line {
    private final List<FileCall.Lock> held = new ArrayList<>();
    private final ArrayDeque<FileCall.Lock> waiting = new ArrayDeque<>();

    private boolean admits(FileCall.Lock lock) {
      return held.isEmpty() || (!lock.exclusive() && !held.get(0).exclusive());
    }

    private List<FileCall.Lock> advance() {
      List<FileCall.Lock> granted = new ArrayList<>();
      while (!waiting.isEmpty() && admits(waiting.getFirst())) {
        held.add(waiting.getFirst());
        granted.add(waiting.removeFirst());
      }
      return granted;
    }
  }

  private final Map<String, Line> lines = new TreeMap<>();

  /** Whether there is room to wait for this lock, or no need to. */
  boolean admits(FileCall.Lock lock) {
    Line line = lines.get(lock.path());
    return line == null || line.waiting.size() < MAX_WAITING;
  }

  /** Asks for a lock; tells those who have theirs now. */
  List<FileCall.Lock> lock(FileCall.Lock lock) {
    Line line = lines.computeIfAbsent(lock.path(), unused -> new Line());
    line.waiting.add(lock);
    return line.advance();
  }

  /** Gives one lock back; tells those who have theirs now. */
  List<FileCall.Lock> unlock(String path, Address owner) {
    Line line = lines.get(path);
    if (line == null) {
      return List.of();
    }
    if (!removeFirst(line.held.iterator(), owner)) {
      removeFirst(line.waiting.iterator(), owner);
    }
    return advance(path, line);
  }

  private static boolean removeFirst(Iterator<FileCall.Lock> locks, Address owner) {
    while (locks.hasNext()) {
      if (locks.next().replyTo().client().equals(owner)) {
        locks.remove();
        return true;
      }
    }
    return false;
  }

  /** Gives back all locks of the dead; tells those who have theirs now. */
  List<FileCall.Lock> release(Predicate<Address> gone) {
    List<FileCall.Lock> granted = new ArrayList<>();
    for (String path : new ArrayList<>(lines.keySet())) {
      Line line = Objects.requireNonNull(lines.get(path));
      line.held.removeIf(lock -> gone.test(lock.replyTo().client()));
      line.waiting.removeIf(lock -> gone.test(lock.replyTo().client()));
      granted.addAll(advance(path, line));
    }
    return granted;
  }

  private List<FileCall.Lock> advance(String path, Line line) {
    List<FileCall.Lock> granted = line.advance();
    if (line.held.isEmpty()) {
      lines.remove(path);
    }
    return granted;
  }
}
