package dev.cascade.models.systemd;

import dev.cascade.models.machine.Storage;
import dev.cascade.node.Disk;
import java.util.List;
import java.util.Optional;

/** A directory of a disk. */
public final class DiskStorage implements Storage {
  private final Disk disk;
  private final String directory;

  /**
   * A directory.
   *
   * @param directory its path, with a slash at its end
   */
  public DiskStorage(Disk disk, String directory) {
    this.disk = disk;
    this.directory = directory;
  }

  @Override
  public Optional<String> read(String file) {
    return disk.read(directory + file, String.class);
  }

  @Override
  public void write(String file, String text) {
    disk.write(directory + file, text);
  }

  @Override
  public void delete(String file) {
    disk.delete(directory + file);
  }

  @Override
  public List<String> files() {
    return disk.files().stream()
        .filter(file -> file.startsWith(directory))
        .map(file -> file.substring(directory.length()))
        .toList();
  }
}
