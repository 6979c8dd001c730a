package dev.cascade.models.balancer;

/** Which of the hosts that may be asked is asked next; Envoy's words. */
public enum LbPolicy {
  /** One after the other; each proxy begins anywhere. */
  ROUND_ROBIN,
  /** The one with the fewest requests that this proxy has open there, of some or of all. */
  LEAST_REQUEST,
  /** Any, each as likely. */
  RANDOM
}
