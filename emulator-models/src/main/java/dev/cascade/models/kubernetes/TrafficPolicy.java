package dev.cascade.models.kubernetes;

/** Which pods a node sends a connection to that came in at a NodePort. */
public enum TrafficPolicy {
  /** Any pod of the service, wherever it runs; the default. */
  CLUSTER,
  /** Those on the node itself; without any, the connection falls into nothing. */
  LOCAL
}
