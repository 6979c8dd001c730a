package dev.cascade.models.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.service.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Equal pods, and the service of the same name that leads to them.
 *
 * @param name of both, {@code [a-z0-9-]+}
 * @param replicas pods at the start
 * @param cores that each pod requests; the scheduler knows nothing else of it
 * @param nodePorts ports at which every node takes connections for the service
 * @param externalTrafficPolicy where the nodes send them
 * @param server what runs in a pod, unless it is an ingress
 * @param ingress what runs in a pod, unless it is a server
 * @param readiness decides whether a pod is sent requests; always if null
 * @param liveness decides whether a pod is restarted; never if null
 */
public record DeploymentConfig(
    @JsonPropertyDescription("Of the pods and of the service that leads to them.") String name,
    @JsonPropertyDescription("Pods at the start.") int replicas,
    @JsonPropertyDescription("Cores that each pod requests.") double cores,
    @JsonPropertyDescription("Ports at which every node takes connections for the service.")
        List<Integer> nodePorts,
    @JsonProperty(defaultValue = "cluster")
        @JsonPropertyDescription("Whether nodes send them to any pod, or to their own only.")
        TrafficPolicy externalTrafficPolicy,
    @JsonPropertyDescription("What runs in a pod, unless it is an ingress.")
        @Nullable ServerConfig server,
    @JsonPropertyDescription("A reverse proxy in the place of a server.")
        @Nullable IngressConfig ingress,
    @JsonPropertyDescription("Decides whether a pod is sent requests; always if absent.")
        @Nullable ProbeConfig readiness,
    @JsonPropertyDescription("Decides whether a pod is restarted; never if absent.")
        @Nullable ProbeConfig liveness) {
  public DeploymentConfig {
    nodePorts = List.copyOf(nodePorts);
    if (!name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "The name (" + name + ") may hold only a-z, 0-9 and, inside, '-'.");
    }
    if (replicas < 0) {
      throw new IllegalArgumentException("The replicas (" + replicas + ") cannot be negative.");
    }
    if (!(cores > 0)) {
      throw new IllegalArgumentException(
          "The cores (" + cores + ") must be positive: the scheduler counts them. Maybe 0.1?");
    }
    if ((server == null) == (ingress == null)) {
      throw new IllegalArgumentException(
          "The deployment (" + name + ") needs either a server or an ingress, and not both.");
    }
    if (server != null && !server.calls().isEmpty()) {
      throw new IllegalArgumentException(
          "The server of the deployment ("
              + name
              + ") has calls, which pods do not make. Maybe let an entry of the model service make"
              + " them?");
    }
  }

  /** Whether its service is what a process of a node leads to, {@code kube-proxy/30080}. */
  public boolean isAt(String process) {
    return nodePorts.stream().map(KubernetesNode::port).anyMatch(process::equals);
  }

  /** The paths that its pods answer, themselves or through others. */
  public List<String> paths() {
    if (server != null) {
      return server.paths();
    }
    List<String> paths = new ArrayList<>();
    if (ingress != null) {
      paths.add(ingress.healthPath());
      paths.addAll(ingress.routes().keySet());
    }
    return paths;
  }

  /**
   * Requests a second that the pods at the start can serve, each with the cores that it requests;
   * infinite if nobody can tell: there are none yet, or they pass requests on.
   */
  public double capacityPerSecond() {
    return server == null || replicas == 0
        ? Double.POSITIVE_INFINITY
        : replicas * server.capacityPerSecond(cores);
  }
}
