package dev.cascade.models.docker;

import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.WireMessage;
import java.util.List;
import java.util.Locale;

/** What a daemon's decisions leave behind for people: metrics and events. */
public final class DockerLog {
  public static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.gauge("docker_containers", "Containers by what they do.", "state"),
          MetricInfo.counter(
              "docker_api_calls_total", "Calls by what was answered.", "call", "status"),
          MetricInfo.counter("docker_container_starts_total", "Containers started.", "image"),
          MetricInfo.counter(
              "docker_container_exits_total",
              "Containers that ended, by exit status; 137 is a kill.",
              "image",
              "code"),
          MetricInfo.counter(
              "docker_name_conflicts_total",
              "Containers that could not be made as their name was taken, by image of the taker.",
              "image"),
          MetricInfo.counter(
              "docker_pulls_total", "Images asked of a registry: pulled or failed.", "result"));

  public static final List<EventInfo> EVENTS =
      List.of(
          new EventInfo("container-started", List.of("container"), "A container was started."),
          new EventInfo("container-ended", List.of("container", "code"), "A container ended."),
          new EventInfo(
              "container-removed", List.of("container"), "A container's name is free again."),
          new EventInfo(
              "name-conflict",
              List.of("container", "state"),
              "A container could not be made: its name was taken by one in this state."),
          new EventInfo(
              "image-pulled", List.of("image", "result"), "A pull ended: pulled or failed."));

  private final Env<WireMessage> env;

  DockerLog(Env<WireMessage> env) {
    this.env = env;
  }

  /** The word for a call. */
  static String kind(DockerCall call) {
    return call.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  void called(String kind, int status) {
    env.metrics()
        .counter(
            "docker_api_calls_total",
            "call",
            kind,
            "status",
            String.format(Locale.ROOT, "%d", status))
        .increment();
  }

  void count(Containers containers) {
    for (Container.State state : Container.State.values()) {
      env.metrics()
          .gauge("docker_containers", "state", state.name().toLowerCase(Locale.ROOT))
          .set(containers.count(state));
    }
  }

  void started(Container container) {
    env.metrics().counter("docker_container_starts_total", "image", container.image()).increment();
    env.event("container-started", "container", container.name());
  }

  void exited(Container container) {
    String code = String.format(Locale.ROOT, "%d", container.code());
    env.metrics()
        .counter("docker_container_exits_total", "image", container.image(), "code", code)
        .increment();
    env.event("container-ended", "container", container.name(), "code", code);
  }

  void conflict(Container taken) {
    env.metrics().counter("docker_name_conflicts_total", "image", taken.image()).increment();
    env.event(
        "name-conflict",
        "container",
        taken.name(),
        "state",
        taken.state().name().toLowerCase(Locale.ROOT));
  }

  void pulled(String image, boolean got) {
    String result = got ? "pulled" : "failed";
    env.metrics().counter("docker_pulls_total", "result", result).increment();
    env.event("image-pulled", "image", image, "result", result);
  }
}
