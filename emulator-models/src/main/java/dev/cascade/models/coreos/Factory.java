package dev.cascade.models.coreos;

import dev.cascade.models.docker.Dockerd;
import dev.cascade.models.systemd.DiskStorage;
import dev.cascade.models.systemd.Journald;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import java.util.List;

/** What is on a machine's disk when it is delivered. */
final class Factory {
  private static final String DELIVERED = "delivered";

  private final Disk disk;
  private final boolean oldJournals;
  private final List<String> images;

  Factory(Env<?> env, boolean oldJournals, List<String> images) {
    this.disk = env.disk(Disk.Lifetime.MACHINE);
    this.oldJournals = oldJournals;
    this.images = images;
  }

  /** Fills a disk that is new. */
  void deliver() {
    if (disk.read(DELIVERED, String.class).isPresent()) {
      return;
    }
    disk.write(DELIVERED, "");
    if (oldJournals) {
      new DiskStorage(disk, Journald.PROCESS + "/").write(Journald.OLD_JOURNALS, "");
    }
    DiskStorage docker = new DiskStorage(disk, Dockerd.PROCESS + "/");
    images.forEach(image -> docker.write(Dockerd.image(image), ""));
  }
}
