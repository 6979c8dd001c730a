package dev.cascade.models.logs;

import dev.cascade.models.records.Lines;
import dev.cascade.node.Address;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What lies between a process and its host's agent: a pipe, or files that are rotated. Lines of one
 * kind that follow each other within a second are kept as one entry, with the time of the oldest.
 */
final class LogFile {
  /** The names of all such files on a disk begin so. */
  static final String PREFIX = "log/";

  private static final long MERGED_NANOS = 1_000_000_000;

  private final long capacityBytes;
  private final WhenFull whenFull;

  private final ArrayDeque<Lines> lines = new ArrayDeque<>();
  private long bytes;
  private long count;
  private @Nullable Lines last;

  /** Where to say that there is room again; null if nobody waits for it. */
  private @Nullable Address waiting;

  /** Lines that the process has not written yet; they are lost with it. */
  long inProcess;

  LogFile(LogConfig config) {
    this.capacityBytes = config.fileSize().bytes();
    this.whenFull = config.whenFull();
  }

  /** Lines that were not read. */
  long lines() {
    return count;
  }

  /**
   * Writes as many of the lines as there is room for.
   *
   * @return how many; those that a rotation takes away are written too
   */
  int write(Lines some) {
    int each = some.kind().bytes();
    int in =
        whenFull == WhenFull.ROTATE
            ? some.count()
            : (int) Math.min(some.count(), (capacityBytes - bytes) / each);
    if (in > 0) {
      append(some.of(in));
    }
    return in;
  }

  private void append(Lines some) {
    Lines before = last;
    if (before != null
        && before.kind().equals(some.kind())
        && some.writtenNanos() - before.writtenNanos() < MERGED_NANOS
        && before.count() < Integer.MAX_VALUE / 2 - some.count()) {
      lines.removeLast();
      some = new Lines(before.kind(), before.count() + some.count(), before.writtenNanos());
      count -= before.count();
      bytes -= before.bytes();
    }
    lines.addLast(some);
    last = some;
    count += some.count();
    bytes += some.bytes();
  }

  /** Takes away the oldest lines beyond what the files hold; how many. */
  long rotate() {
    long lost = 0;
    while (bytes > capacityBytes) {
      Lines first = lines.element();
      int each = first.kind().bytes();
      int gone = (int) Math.min(first.count(), (bytes - capacityBytes + each - 1) / each);
      take(gone);
      lost += gone;
    }
    return lost;
  }

  /** Takes out the oldest lines of one kind, up to so many; there are some. */
  Lines take(int max) {
    Lines first = lines.remove();
    Lines taken = first;
    if (first.count() > max) {
      taken = first.of(max);
      Lines rest = first.of(first.count() - max);
      lines.addFirst(rest);
      last = lines.size() == 1 ? rest : last;
    } else if (lines.isEmpty()) {
      last = null;
    }
    count -= taken.count();
    bytes -= taken.bytes();
    return taken;
  }

  /** The writer has found no room, and wants to know when there is some. */
  void await(Address writer) {
    waiting = writer;
  }

  /** Whom to tell that there is room; nobody twice. */
  @Nullable Address takeWaiting() {
    Address writer = waiting;
    waiting = null;
    return writer;
  }
}
