package dev.cascade.models.broker;

import dev.cascade.node.Disk;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a group has committed, as it stands on its coordinator's disk.
 *
 * @param topic that the group reads; empty if it has committed nothing
 * @param offsets the next record of each partition
 */
record CommittedOffsets(String topic, Map<Integer, Long> offsets) {
  private static final String FOLDER = "__consumer_offsets/";

  private static final CommittedOffsets NONE =
      new CommittedOffsets("", Collections.unmodifiableMap(new TreeMap<>()));

  static CommittedOffsets of(Disk disk, String group) {
    return disk.read(FOLDER + group, CommittedOffsets.class).orElse(NONE);
  }

  /** The groups that have committed something, in the order of their names. */
  static List<String> groups(Disk disk) {
    return disk.files().stream()
        .filter(file -> file.startsWith(FOLDER))
        .map(file -> file.substring(FOLDER.length()))
        .toList();
  }

  CommittedOffsets with(String itsTopic, List<Wire.Position> positions) {
    TreeMap<Integer, Long> all = new TreeMap<>(offsets);
    positions.forEach(position -> all.put(position.partition(), position.offset()));
    return new CommittedOffsets(itsTopic, Collections.unmodifiableMap(all));
  }

  void write(Disk disk, String group) {
    disk.write(FOLDER + group, this);
  }
}
