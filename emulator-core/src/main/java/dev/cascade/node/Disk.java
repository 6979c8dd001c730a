package dev.cascade.node;

import java.util.List;
import java.util.Optional;

/**
 * Files of one lifetime on one host. Values are immutable and shared by all processes of the host,
 * but for {@link Lifetime#CONTAINER}, which belongs to one. Reading and writing take no time by
 * themselves: a process that waits for its disk says so in the cost of the message.
 */
public interface Disk {
  /** What a file outlives. */
  enum Lifetime {
    /** The file system of one process: gone when it stops. */
    CONTAINER,
    /** The machine's own disk: survives processes and reboots, gone when the host is terminated. */
    MACHINE,
    /** Attached storage: survives the host itself, and is there again for a host of that name. */
    VOLUME
  }

  /** Writes a file, in place of the one before. */
  void write(String file, Object value);

  /** What the file holds. */
  <T> Optional<T> read(String file, Class<T> type);

  /** Removes a file, if there is one. */
  void delete(String file);

  /** The names of all files, in order. */
  List<String> files();
}
