package dev.cascade.engine;

import dev.cascade.node.Disk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A host's files, each kind living as long as its name says. */
final class Disks {
  private final Map<String, Files> containers = new TreeMap<>();
  private final Files volume;
  private Files machine = new Files();

  /** The disks of a machine that has just been delivered, with the volume that waits for it. */
  Disks(@Nullable Disks before) {
    volume = before == null ? new Files() : before.volume;
  }

  Disk of(Disk.Lifetime lifetime, String container) {
    return switch (lifetime) {
      case CONTAINER -> containers.computeIfAbsent(container, name -> new Files());
      case MACHINE -> machine;
      case VOLUME -> volume;
    };
  }

  void containerGone(String container) {
    containers.remove(container);
  }

  /** What a crash and a boot leave. */
  Disks afterReboot() {
    Disks disks = new Disks(this);
    disks.machine = machine;
    return disks;
  }

  private static final class Files implements Disk {
    private final Map<String, Object> files = new TreeMap<>();

    @Override
    public void write(String file, Object value) {
      files.put(file, value);
    }

    @Override
    public <T> Optional<T> read(String file, Class<T> type) {
      return Optional.ofNullable(files.get(file)).map(type::cast);
    }

    @Override
    public void delete(String file) {
      files.remove(file);
    }

    @Override
    public List<String> files() {
      return new ArrayList<>(files.keySet());
    }
  }
}
