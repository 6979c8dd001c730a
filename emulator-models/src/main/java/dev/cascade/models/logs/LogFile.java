package dev.cascade.models.logs;

import dev.cascade.models.records.Lines;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies between a process and its host's agent: a pipe, or files that are rotated. It is a
 * value, of which the disk has the last. Lines of one kind that follow each other within a second
 * are one entry, with the time of the oldest.
 *
 * @param capacityBytes what it holds
 * @param entries lines that were not read, the oldest first
 * @param count lines in them
 * @param bytes of them
 * @param waiting where to say that there is room again; null if nobody waits for it
 * @param inProcess lines that the process has not written yet; they are lost with it
 */
record LogFile(
    long capacityBytes,
    WhenFull whenFull,
    List<Lines> entries,
    long count,
    long bytes,
    @Nullable Address waiting,
    long inProcess) {
  /** The names of all such files on a disk begin so. */
  static final String PREFIX = "log/";

  private static final long MERGED_NANOS = 1_000_000_000;

  private static final int MERGED_LINES = 1 << 30;

  /** Without lines. */
  static LogFile empty(LogConfig config) {
    return new LogFile(config.fileSize().bytes(), config.whenFull(), List.of(), 0, 0, null, 0);
  }

  /** The file of this name, which is there. */
  static LogFile of(Disk disk, String name) {
    return disk.read(name, LogFile.class)
        .orElseThrow(() -> new IllegalStateException("The file " + name + " is gone."));
  }

  /** How many of the lines there is room for; a rotation makes room for all. */
  int room(Lines some) {
    return whenFull == WhenFull.ROTATE
        ? some.count()
        : (int) Math.min(some.count(), (capacityBytes - bytes) / some.kind().bytes());
  }

  /** With these lines, for which there is room. */
  LogFile with(Lines some) {
    List<Lines> all = new ArrayList<>(entries.size() + 1);
    all.addAll(entries);
    Lines last = all.isEmpty() ? null : all.get(all.size() - 1);
    if (last != null
        && last.kind().equals(some.kind())
        && some.writtenNanos() - last.writtenNanos() < MERGED_NANOS
        && last.count() < MERGED_LINES
        && some.count() < MERGED_LINES) {
      all.set(
          all.size() - 1, new Lines(last.kind(), last.count() + some.count(), last.writtenNanos()));
    } else {
      all.add(some);
    }
    return holding(all, count + some.count(), bytes + some.bytes());
  }

  /** Without the oldest lines beyond what it holds. */
  LogFile rotated() {
    LogFile left = this;
    while (left.bytes > capacityBytes) {
      Lines oldest = left.entries.get(0);
      int each = oldest.kind().bytes();
      long tooMany = (left.bytes - capacityBytes + each - 1) / each;
      left = left.without(oldest.of((int) Math.min(oldest.count(), tooMany)));
    }
    return left;
  }

  /** The oldest lines of one kind, up to so many; there are some. */
  Lines oldest(int max) {
    Lines first = entries.get(0);
    return first.count() > max ? first.of(max) : first;
  }

  /** Without these, its oldest. */
  LogFile without(Lines oldest) {
    Lines first = entries.get(0);
    List<Lines> rest = new ArrayList<>(entries.subList(1, entries.size()));
    if (oldest.count() < first.count()) {
      rest.add(0, first.of(first.count() - oldest.count()));
    }
    return holding(rest, count - oldest.count(), bytes - oldest.bytes());
  }

  private LogFile holding(List<Lines> some, long newCount, long newBytes) {
    return new LogFile(capacityBytes, whenFull, some, newCount, newBytes, waiting, inProcess);
  }

  /** The same, and this writer wants to know when there is room; nobody if null. */
  LogFile waiting(@Nullable Address writer) {
    return new LogFile(capacityBytes, whenFull, entries, count, bytes, writer, inProcess);
  }

  /** The same with so many lines in the process. */
  LogFile inProcess(long lines) {
    return new LogFile(capacityBytes, whenFull, entries, count, bytes, waiting, lines);
  }
}
