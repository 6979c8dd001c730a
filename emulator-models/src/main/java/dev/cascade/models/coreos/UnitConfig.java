package dev.cascade.models.coreos;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.consul.ConsulConfig;
import dev.cascade.models.docker.RegistryConfig;
import dev.cascade.models.systemd.Restart;
import dev.cascade.models.systemd.StartLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Units that are all alike, and what they run: one of consul, registry and application.
 *
 * @param name of the one, or with a number at its end of each
 * @param count how many
 * @param machines on which of them each is, by number, as if pinned there; anywhere if empty
 * @param role of machines that fleet may give it to: {@code central} for those that run etcd,
 *     {@code worker} for the others; either if null
 * @param enabled whether systemd starts it as its machine boots; only if it has machines
 * @param consul a Consul server
 * @param registry an image registry
 * @param settings where the program's settings come from; it needs none if null
 * @param application one that serves what front ends send it
 * @param docker whether it runs in a container
 * @param container the container's name; the unit's if null
 * @param images of how many different images they are, dealt out in turn
 * @param from the unit or the entry that is their registry; the image is on all machines if null
 * @param pull whether the image is pulled before each start, as it may have changed
 * @param clean whether a container of that name is removed by force before each start
 * @param volume whether its files outlive the container
 * @param restart Restart=
 * @param restartSec RestartSec=
 * @param startLimit of its starts
 * @param requiresDocker whether it ends with the daemon and is not started again for that:
 *     Requires=docker.service
 * @param idleLine between two lines that it logs when nothing happens; null if it is quiet
 */
public record UnitConfig(
    @JsonPropertyDescription("Its name; each has a number at its end if there are several.")
        String name,
    @JsonProperty(defaultValue = "1") @JsonPropertyDescription("How many there are.") int count,
    @JsonPropertyDescription("The number of each one's machine; anywhere if absent.")
        List<Integer> machines,
    @JsonPropertyDescription("central: where etcd runs; worker: elsewhere; either if absent.")
        @Nullable Role role,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether it is started as its machine boots.")
        boolean enabled,
    @JsonPropertyDescription("It is a Consul server.") @Nullable ConsulConfig consul,
    @JsonPropertyDescription("It is an image registry.") @Nullable RegistryConfig registry,
    @JsonPropertyDescription("Where its settings come from; it needs none if absent.")
        @Nullable SettingsConfig settings,
    @JsonPropertyDescription("It is an application behind front ends.")
        @Nullable ApplicationConfig application,
    @JsonProperty(defaultValue = "true") @JsonPropertyDescription("Whether it is in a container.")
        boolean docker,
    @JsonPropertyDescription("The container's name; the unit's if absent.")
        @Nullable String container,
    @JsonProperty(defaultValue = "1")
        @JsonPropertyDescription("Of how many different images they are, in turn.")
        int images,
    @JsonPropertyDescription("The unit or entry that is their registry; none is needed if absent.")
        @Nullable String from,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether the image is pulled before each start.")
        boolean pull,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether a leftover container is removed before each start.")
        boolean clean,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether its files outlive the container.")
        boolean volume,
    @JsonProperty(defaultValue = "always")
        @JsonPropertyDescription("After which ends it is started again.")
        Restart restart,
    @JsonProperty(defaultValue = "100ms")
        @JsonPropertyDescription("From its end to its next start; systemd's default.")
        Duration restartSec,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("Of its starts.")
        StartLimit startLimit,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether it ends with the daemon, and stays so.")
        boolean requiresDocker,
    @JsonPropertyDescription("Between two lines that it logs; quiet if absent.")
        @Nullable Duration idleLine) {
  /** What a machine is for, as CoreOS's documentation divides clusters. */
  public enum Role {
    /** It runs etcd. */
    CENTRAL,
    /** Any other. */
    WORKER
  }

  /**
   * Settings in a key-value store.
   *
   * @param consul the units whose servers are asked
   * @param key without which the program does not start
   * @param enabled false if the settings are in its image after all
   */
  public record SettingsConfig(
      @JsonPropertyDescription("The units whose servers are asked.") String consul,
      @JsonPropertyDescription("The key without which it does not start.") String key,
      @JsonProperty(defaultValue = "true")
          @JsonPropertyDescription("False if the settings are in its image after all.")
          boolean enabled) {}

  public UnitConfig {
    machines = List.copyOf(machines);
    if (count < 1 || images < 1) {
      throw new IllegalArgumentException(
          "The count (" + count + ") and the images (" + images + ") must be at least 1.");
    }
    if (!machines.isEmpty() && machines.size() != count) {
      throw new IllegalArgumentException(
          "The machines ("
              + machines.size()
              + ") must be one for each of the count ("
              + count
              + "), or none.");
    }
    if (enabled && machines.isEmpty()) {
      throw new IllegalArgumentException(
          "A unit (" + name + ") that is enabled needs machines. Maybe machines: [1]?");
    }
    long programs = Stream.of(consul, registry, application).filter(each -> each != null).count();
    if (programs != 1) {
      throw new IllegalArgumentException(
          "A unit ("
              + name
              + ") runs one of consul, registry and application, not "
              + programs
              + ".");
    }
    if (pull && from == null) {
      throw new IllegalArgumentException(
          "A unit (" + name + ") that pulls needs a registry. Maybe from: registry?");
    }
  }

  /** The names of all of them. */
  List<String> instances() {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add(count == 1 ? name : name + "-" + i);
    }
    return names;
  }

  /** The container of one of them, and the process that it is. */
  String container(String instance) {
    return container == null ? instance : container;
  }

  /** The image of one of them. */
  String image(int index) {
    return images == 1 ? name : name + "-" + (index % images + 1);
  }
}
