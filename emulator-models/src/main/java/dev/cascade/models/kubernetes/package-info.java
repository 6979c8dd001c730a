/**
 * A Kubernetes cluster: API server, controller, scheduler, autoscaler, kubelets with their probes,
 * and kube-proxies.
 */
@NullMarked
package dev.cascade.models.kubernetes;

import org.jspecify.annotations.NullMarked;
