package dev.cascade.models.kubernetes;

import dev.cascade.models.service.ServerConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a kubelet needs to know to run a pod.
 *
 * @param name unique in the cluster
 * @param service that it belongs to
 */
record PodSpec(
    String name,
    String service,
    @Nullable ServerConfig server,
    @Nullable IngressConfig ingress,
    @Nullable ProbeConfig readiness,
    @Nullable ProbeConfig liveness) {

  static PodSpec of(String name, DeploymentConfig deployment) {
    return new PodSpec(
        name,
        deployment.name(),
        deployment.server(),
        deployment.ingress(),
        deployment.readiness(),
        deployment.liveness());
  }
}
