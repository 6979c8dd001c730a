package dev.cascade.models.coreos;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.etcd.EtcdConfig;
import dev.cascade.models.fleet.FleetConfig;

/**
 * What makes machines a cluster.
 *
 * @param members how many of them run etcd: the first
 * @param etcd how it works
 * @param etcdUnit its unit
 * @param fleet how it works; on every machine
 * @param fleetUnit its unit
 * @param takesOverKey whether a new fleetd takes over the key of one that died; else its units move
 */
public record ClusterConfig(
    @JsonProperty(defaultValue = "3")
        @JsonPropertyDescription("How many machines run etcd: the first.")
        int members,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("How etcd works.") EtcdConfig etcd,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("etcd's unit.")
        DaemonConfig etcdUnit,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("How fleet works.")
        FleetConfig fleet,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("fleet's unit.")
        DaemonConfig fleetUnit,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether a new fleetd takes over the key of one that died.")
        boolean takesOverKey) {
  public ClusterConfig {
    if (members < 1) {
      throw new IllegalArgumentException(
          "The members (" + members + ") must be at least 1. Maybe 3?");
    }
  }
}
