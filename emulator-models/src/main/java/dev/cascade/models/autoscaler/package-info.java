/**
 * Keeps as many replicas of a service as its load needs, by the rules of Kubernetes'
 * HorizontalPodAutoscaler, and tells balancers and clients of them. It leaves out several metrics
 * at once, the CPU initialization period, and the behavior policies but for the oldest limit.
 */
@NullMarked
package dev.cascade.models.autoscaler;

import org.jspecify.annotations.NullMarked;
