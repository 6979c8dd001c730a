package dev.cascade.models.classifier;

import java.util.List;

/**
 * What the classifier says of a node.
 *
 * @param classes what is installed on it, in the order in which it is
 * @param profile which configuration it has; empty if nothing is said, and the default counts
 * @param state {@code active}, or anything else; empty if nothing is said
 * @param release what was deployed there last; empty if nothing is said
 */
public record NodeEntry(List<String> classes, String profile, String state, String release) {
  /** The class of a node that takes traffic from outside. */
  static final String BALANCER = "role::loadbalancer";

  static final String ACTIVE = "active";

  public NodeEntry {
    classes = List.copyOf(classes);
  }

  NodeEntry release(String newRelease) {
    return new NodeEntry(classes, profile, state, newRelease);
  }
}
