package dev.cascade.models.machine;

import java.util.List;
import java.util.Optional;

/**
 * Named texts that live as long as a container's file system, a volume, or a machine's disk. A
 * write is there when it returns; what it costs, the program says in its message's cost.
 */
public interface Storage {
  /** What a file holds. */
  Optional<String> read(String file);

  /** Writes a file, in place of the one before. */
  void write(String file, String text);

  /** Removes a file, if there is one. */
  void delete(String file);

  /** The names of all files, in order. */
  List<String> files();
}
