package dev.cascade.models.classifier;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.files.WriteBy;
import dev.cascade.node.Guess;
import dev.cascade.random.DurationDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A classifier in a file of its host, and the jobs that change it.
 *
 * @param path where it lies
 * @param defaultProfile of nodes and services that say nothing else
 * @param nodes all nodes that it lists
 * @param services which profile each needs
 * @param classes of each node besides its role; a guess at a grown Puppet tree
 * @param writers jobs that change it now and then
 * @param writeEvery how long each waits between two changes
 * @param lockWrites whether a job takes the lock for reading and writing
 * @param lockReads whether who only reads takes it
 * @param writeBy how a job writes
 */
public record ClassifierConfig(
    @JsonProperty(defaultValue = "/etc/enc.yaml") @JsonPropertyDescription("The file on its host.")
        String path,
    @JsonPropertyDescription("Of nodes and services that say nothing else.") String defaultProfile,
    @JsonPropertyDescription("All nodes that it lists.") List<Group> nodes,
    @JsonPropertyDescription("Which profile each needs.") List<Service> services,
    @Guess("a grown Puppet tree")
        @JsonProperty(defaultValue = "10")
        @JsonPropertyDescription("Classes of each node, besides its role.")
        int classes,
    @Guess("5 to 10 jobs of a busy automation")
        @JsonProperty(defaultValue = "7")
        @JsonPropertyDescription("Jobs that change an entry now and then.")
        int writers,
    @Guess("5 to 10 jobs of a busy automation")
        @JsonProperty(defaultValue = "{distribution: exponential, mean: 20s}")
        @JsonPropertyDescription("How long each waits between two changes.")
        DurationDistribution writeEvery,
    @JsonProperty(defaultValue = "true")
        @JsonPropertyDescription("Whether jobs take the lock to change it.")
        boolean lockWrites,
    @JsonProperty(defaultValue = "true")
        @JsonPropertyDescription("Whether those who only read take the lock.")
        boolean lockReads,
    @JsonProperty(defaultValue = "in-place") @JsonPropertyDescription("How jobs write it.")
        WriteBy writeBy) {
  /** What is installed nearly everywhere: names of the length that they have in the field. */
  private static final String[] TREE = {
    "base::packages",
    "base::users",
    "base::ntp",
    "base::resolver",
    "firewall::managed",
    "monitoring::agent",
    "monitoring::checks",
    "logging::shipper",
    "logging::rotation",
    "network::bonding",
    "network::sysctl",
    "security::hardening",
    "security::certificates",
    "storage::raid",
    "backup::client",
    "puppet::agent"
  };

  public ClassifierConfig {
    nodes = List.copyOf(nodes);
    services = List.copyOf(services);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(
          "The nodes (0) must be at least 1. Maybe [{name: web, count: 10, profile: web}]?");
    }
    if (classes < 0 || classes > TREE.length) {
      throw new IllegalArgumentException(
          "The classes (" + classes + ") must be 0 to " + TREE.length + ". Maybe 10?");
    }
    if (writers < 0) {
      throw new IllegalArgumentException("The writers (" + writers + ") cannot be negative.");
    }
  }

  /**
   * Nodes of one kind.
   *
   * @param name what their names begin with; the entry of the topology if there is no count
   * @param count how many; null if it is that entry's
   * @param profile which configuration they have
   * @param balancer whether they take traffic from outside
   */
  public record Group(
      @JsonPropertyDescription("What their names begin with; an entry if there is no count.")
          String name,
      @JsonPropertyDescription("How many; those of the entry if absent.") @Nullable Integer count,
      @JsonPropertyDescription("Which configuration they have.") String profile,
      @JsonProperty(defaultValue = "false")
          @JsonPropertyDescription("Whether they take traffic from outside.")
          boolean balancer) {
    public Group {
      if (count != null && count < 1) {
        throw new IllegalArgumentException("The count (" + count + ") must be at least 1.");
      }
    }

    /** Nodes that are no entry of the topology. */
    public static Group of(String name, int count, String profile, boolean balancer) {
      return new Group(name, count, profile, balancer);
    }
  }

  /**
   * A service.
   *
   * @param name as others ask for it
   * @param profile that its nodes must have
   */
  public record Service(
      @JsonPropertyDescription("As others ask for it.") String name,
      @JsonPropertyDescription("That its nodes must have.") String profile) {}

  /**
   * What the file says at first.
   *
   * @param hosts of an entry of the topology, by its name
   */
  public Classification initial(Function<String, List<String>> hosts) {
    Map<String, NodeEntry> entries = new TreeMap<>();
    for (Group group : nodes) {
      for (String name : names(group, hosts)) {
        List<String> installed = new ArrayList<>();
        if (group.balancer()) {
          installed.add(NodeEntry.BALANCER);
        }
        installed.addAll(List.of(TREE).subList(0, classes));
        entries.put(name, new NodeEntry(installed, group.profile(), NodeEntry.ACTIVE, "1000"));
      }
    }
    Map<String, String> profiles = new TreeMap<>();
    services.forEach(service -> profiles.put(service.name(), service.profile()));
    return new Classification(0, defaultProfile, entries, profiles);
  }

  private static List<String> names(Group group, Function<String, List<String>> hosts) {
    if (group.count() == null) {
      return hosts.apply(group.name());
    }
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= group.count(); i++) {
      names.add(group.name() + "-" + i);
    }
    return names;
  }
}
