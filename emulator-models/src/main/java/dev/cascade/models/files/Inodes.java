package dev.cascade.models.files;

import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Files, their names and who has them open. A file lives as long as it has a name or is open; what
 * has a name is on the disk.
 */
final class Inodes {
  private final Disk disk;
  private final Map<String, Long> names = new TreeMap<>();
  private final Map<Long, String> contents = new TreeMap<>();
  private final Map<Long, List<Address>> users = new TreeMap<>();
  private long next = 1;

  /** Finds what is on the disk. */
  Inodes(Disk disk) {
    this.disk = disk;
    for (String name : disk.files()) {
      disk.read(name, String.class).ifPresent(bytes -> add(name, bytes));
    }
  }

  private long add(String name, String bytes) {
    long file = next++;
    names.put(name, file);
    contents.put(file, bytes);
    return file;
  }

  /** Opens a file; -1 if there is none. */
  long open(String path, boolean create, Address user) {
    Long found = names.get(path);
    if (found == null && !create) {
      return -1;
    }
    long file = found == null ? add(path, "") : found;
    if (found == null) {
      disk.write(path, "");
    }
    users.computeIfAbsent(file, unused -> new ArrayList<>()).add(user);
    return file;
  }

  boolean isOpen(long file, Address user) {
    return users.getOrDefault(file, List.of()).contains(user);
  }

  void close(long file, Address user) {
    List<Address> all = users.get(file);
    if (all != null) {
      all.remove(user);
      forget(file);
    }
  }

  void closeAll(Predicate<Address> gone) {
    for (long file : new ArrayList<>(users.keySet())) {
      users.getOrDefault(file, List.of()).removeIf(gone);
      forget(file);
    }
  }

  /** Its blocks are free when nobody has it open and it has no name. */
  private void forget(long file) {
    if (users.getOrDefault(file, List.of()).isEmpty()) {
      users.remove(file);
      if (!names.containsValue(file)) {
        contents.remove(file);
      }
    }
  }

  String read(long file, int offset, int length) {
    String bytes = contents.getOrDefault(file, "");
    int from = Math.min(offset, bytes.length());
    return bytes.substring(from, Math.min(bytes.length(), from + length));
  }

  void write(long file, int offset, String written) {
    String bytes = contents.getOrDefault(file, "");
    StringBuilder now = new StringBuilder(bytes.substring(0, Math.min(offset, bytes.length())));
    while (now.length() < offset) {
      now.append('\0');
    }
    now.append(written);
    if (now.length() < bytes.length()) {
      now.append(bytes, now.length(), bytes.length());
    }
    store(file, now.toString());
  }

  void truncate(long file) {
    store(file, "");
  }

  private void store(long file, String bytes) {
    contents.put(file, bytes);
    String name = nameOf(file);
    if (name != null) {
      disk.write(name, bytes);
    }
  }

  private @Nullable String nameOf(long file) {
    for (Map.Entry<String, Long> entry : names.entrySet()) {
      if (entry.getValue() == file) {
        return entry.getKey();
      }
    }
    return null;
  }

  boolean rename(String from, String to) {
    Long file = names.remove(from);
    if (file == null) {
      return false;
    }
    disk.delete(from);
    Long replaced = names.put(to, file);
    disk.write(to, contents.getOrDefault(file, ""));
    if (replaced != null) {
      forget(replaced);
    }
    return true;
  }
}
