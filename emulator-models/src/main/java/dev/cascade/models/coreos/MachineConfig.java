package dev.cascade.models.coreos;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.docker.DockerConfig;
import dev.cascade.models.systemd.JournaldConfig;
import dev.cascade.node.Guess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Machines, and the units that there are files of.
 *
 * @param cores of each
 * @param journald its journal
 * @param docker its Docker daemon
 * @param cluster etcd and fleet; null if there is neither
 * @param units that run somewhere
 * @param provision how they are put together in the first minutes
 */
public record MachineConfig(
    @Guess("a middling instance")
        @JsonProperty(defaultValue = "4")
        @JsonPropertyDescription("Cores of each.")
        int cores,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("Its journal.")
        JournaldConfig journald,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("Its Docker daemon.")
        DockerConfig docker,
    @JsonPropertyDescription("etcd and fleet; neither if absent.") @Nullable ClusterConfig cluster,
    @JsonPropertyDescription("The units that run somewhere.") List<UnitConfig> units,
    @JsonPropertyDescription("How they are put together in the first minutes.")
        List<Provision> provision) {
  public MachineConfig {
    units = List.copyOf(units);
    provision = List.copyOf(provision);
    if (cores < 1) {
      throw new IllegalArgumentException("The cores (" + cores + ") must be at least 1. Maybe 4?");
    }
    UnitReferences references = new UnitReferences(units, cluster != null);
    units.forEach(references::check);
    provision.forEach(each -> each.parsed().forEach(references::check));
  }

  /**
   * Checks what somebody is to type on these machines.
   *
   * @throws IllegalArgumentException if it is about something that they do not have
   */
  void check(Command command) {
    new UnitReferences(units, cluster != null).check(command);
  }
}
