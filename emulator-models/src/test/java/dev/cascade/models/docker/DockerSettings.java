package dev.cascade.models.docker;

import java.time.Duration;

/** A daemon's configuration with its defaults, of which a test changes what it is about. */
final class DockerSettings {
  DockerConfig.RemoveBy removeBy = DockerConfig.RemoveBy.CLIENT;
  boolean liveRestore;
  Duration load = Duration.ofSeconds(2);
  Duration line = Duration.ofNanos(25_000);
  Duration stream = Duration.ofNanos(50_000);
  int streams = 100;

  DockerSettings removeBy(DockerConfig.RemoveBy who) {
    removeBy = who;
    return this;
  }

  DockerSettings liveRestore() {
    liveRestore = true;
    return this;
  }

  DockerSettings line(Duration cpu, Duration cpuOfAReader) {
    line = cpu;
    stream = cpuOfAReader;
    return this;
  }

  DockerSettings streams(int most) {
    streams = most;
    return this;
  }

  DockerConfig config() {
    return new DockerConfig(
        removeBy,
        false,
        liveRestore,
        load,
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(250),
        Duration.ofMillis(200),
        Duration.ofMillis(2),
        line,
        stream,
        streams,
        Duration.ofSeconds(50),
        3,
        5,
        Duration.ofSeconds(5),
        Duration.ofMinutes(5));
  }
}
