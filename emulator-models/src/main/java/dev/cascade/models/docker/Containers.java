package dev.cascade.models.docker;

import dev.cascade.models.machine.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A daemon's containers and images, as it keeps them on the machine's disk. */
final class Containers {
  private static final String CONTAINERS = "containers/";
  private static final String IMAGES = "images/";
  private static final String LIVES = "lives";

  private final Storage storage;
  private final TreeMap<String, Container> byName = new TreeMap<>();

  Containers(Storage storage) {
    this.storage = storage;
    for (String file : storage.files()) {
      if (file.startsWith(CONTAINERS)) {
        String name = file.substring(CONTAINERS.length());
        storage.read(file).ifPresent(text -> byName.put(name, Container.parse(name, text)));
      }
    }
  }

  /** Where an image is marked as there. */
  static String image(String name) {
    return IMAGES + name;
  }

  boolean hasImage(String name) {
    return storage.read(image(name)).isPresent();
  }

  void pulled(String name) {
    storage.write(image(name), "");
  }

  @Nullable Container get(String name) {
    return byName.get(name);
  }

  List<Container> all() {
    return new ArrayList<>(byName.values());
  }

  int count(Container.State state) {
    return (int) byName.values().stream().filter(each -> each.state() == state).count();
  }

  /** A number that no container of this machine has had. */
  long nextLife() {
    long life = storage.read(LIVES).map(Long::parseLong).orElse(0L) + 1;
    storage.write(LIVES, Long.toString(life));
    return life;
  }

  void put(Container container) {
    byName.put(container.name(), container);
    storage.write(CONTAINERS + container.name(), container.text());
  }

  /** Its name is free again, and its file system is gone; a volume stays. */
  void remove(String name) {
    byName.remove(name);
    storage.delete(CONTAINERS + name);
    String files = ContainerExec.files(name);
    for (String file : storage.files()) {
      if (file.startsWith(files)) {
        storage.delete(file);
      }
    }
  }
}
