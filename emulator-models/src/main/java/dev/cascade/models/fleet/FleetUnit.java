package dev.cascade.models.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.raft.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A unit with the options of its section {@code [X-Fleet]}.
 *
 * @param name of its unit file
 * @param global whether every machine that fits runs it, rather than one
 * @param conflicts names of units that its machine must not have; may hold {@code *}
 * @param machineOf the unit whose machine it must share
 * @param machineId the only machine that may run it
 * @param machineMetadata what its machine must say of itself
 */
public record FleetUnit(
    @JsonPropertyDescription("Of its unit file.") String name,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether every machine that fits runs it, rather than one.")
        boolean global,
    @JsonPropertyDescription("Units that its machine must not have; * stands for anything.")
        List<String> conflicts,
    @JsonPropertyDescription("The unit whose machine it must share.") @Nullable String machineOf,
    @JsonPropertyDescription("The only machine that may run it.") @Nullable String machineId,
    @JsonPropertyDescription("What its machine must say of itself.")
        SortedMap<String, String> machineMetadata) {

  public FleetUnit {
    conflicts = List.copyOf(conflicts);
    machineMetadata = Collections.unmodifiableSortedMap(new TreeMap<>(machineMetadata));
    if (name.isEmpty() || name.contains("/")) {
      throw new IllegalArgumentException(
          "The unit's name (" + name + ") must be a file's name. Maybe web.service?");
    }
    if (global && (machineOf != null || machineId != null)) {
      throw new IllegalArgumentException(
          "The unit (" + name + ") is global and tied to one machine. Maybe leave one out?");
    }
  }

  /** A unit that may run anywhere. */
  public static FleetUnit of(String name) {
    return new FleetUnit(name, false, List.of(), null, null, new TreeMap<>());
  }

  /** The same, and its machine has no unit of these names. */
  public FleetUnit conflictsWith(String... names) {
    return new FleetUnit(name, global, List.of(names), machineOf, machineId, machineMetadata);
  }

  /** The same, on the machine of another unit. */
  public FleetUnit withMachineOf(String unit) {
    return new FleetUnit(name, global, conflicts, unit, machineId, machineMetadata);
  }

  /** The same, on one machine only. */
  public FleetUnit onMachine(String id) {
    return new FleetUnit(name, global, conflicts, machineOf, id, machineMetadata);
  }

  /** The same, on machines that say this of themselves. */
  public FleetUnit whereMetadata(String key, String value) {
    SortedMap<String, String> more = new TreeMap<>(machineMetadata);
    more.put(key, value);
    return new FleetUnit(name, global, conflicts, machineOf, machineId, more);
  }

  /** The same on every machine that fits. */
  public FleetUnit everywhere() {
    return new FleetUnit(name, true, conflicts, machineOf, machineId, machineMetadata);
  }

  /** Whether this unit will not be with one of that name. */
  boolean shuns(String other) {
    return !other.equals(name) && conflicts.stream().anyMatch(glob -> fits(glob, other));
  }

  private static boolean fits(String glob, String name) {
    String[] parts = glob.split("\\*", -1);
    if (parts.length == 1) {
      return glob.equals(name);
    }
    String last = parts[parts.length - 1];
    if (!name.startsWith(parts[0])) {
      return false;
    }
    int at = parts[0].length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = name.indexOf(parts[i], at);
      if (found < 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    return name.length() - last.length() >= at && name.endsWith(last);
  }

  /** As etcd keeps it. */
  String text() {
    List<String> metadata = new ArrayList<>();
    machineMetadata.forEach(
        (key, value) -> {
          metadata.add(key);
          metadata.add(value);
        });
    return Fields.join(
        name,
        global ? "global" : "",
        Fields.join(conflicts),
        machineOf == null ? "" : machineOf,
        machineId == null ? "" : machineId,
        Fields.join(metadata));
  }

  static FleetUnit parse(String text) {
    List<String> fields = Fields.split(text);
    return new FleetUnit(
        fields.get(0),
        !fields.get(1).isEmpty(),
        Fields.split(fields.get(2)),
        fields.get(3).isEmpty() ? null : fields.get(3),
        fields.get(4).isEmpty() ? null : fields.get(4),
        pairs(fields.get(5)));
  }

  static SortedMap<String, String> pairs(String text) {
    List<String> fields = Fields.split(text);
    SortedMap<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < fields.size(); i += 2) {
      pairs.put(fields.get(i), fields.get(i + 1));
    }
    return pairs;
  }
}
