package dev.cascade.engine;

import dev.cascade.node.Disk;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A disk as one process has it: what its last turn writes after it was killed is lost. */
final class OwnDisk implements Disk {
  private final Disk disk;
  private final BooleanSupplier alive;

  OwnDisk(Disk disk, BooleanSupplier alive) {
    this.disk = disk;
    this.alive = alive;
  }

  @Override
  public void write(String file, Object value) {
    if (alive.getAsBoolean()) {
      disk.write(file, value);
    }
  }

  @Override
  public <T> Optional<T> read(String file, Class<T> type) {
    return disk.read(file, type);
  }

  @Override
  public void delete(String file) {
    if (alive.getAsBoolean()) {
      disk.delete(file);
    }
  }

  @Override
  public List<String> files() {
    return disk.files();
  }
}
