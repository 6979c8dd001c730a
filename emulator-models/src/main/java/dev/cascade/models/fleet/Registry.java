package dev.cascade.models.fleet;

import dev.cascade.models.etcd.EtcdNode;
import dev.cascade.models.raft.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What fleet has in etcd, and under which keys. */
final class Registry {
  private static final String ROOT = "/_coreos.com/fleet/";
  static final String MACHINES = ROOT + "machines/";
  static final String JOBS = ROOT + "job/";
  static final String LEASE = ROOT + "lease/engine-leader";

  private static final String OBJECT = "/object";
  private static final String WANTED = "/target-state";
  private static final String TARGET = "/target";

  /** Object, target state and target: how many keys a list of units has for each. */
  static final int KEYS_OF_A_UNIT = 3;

  /** The target state of a unit that is to run. */
  static final String LAUNCHED = "launched";

  /** The target state of a unit that is not to run. */
  static final String INACTIVE = "inactive";

  private Registry() {}

  /**
   * A unit as fleet has it.
   *
   * @param launched whether it is to run
   * @param machine whose it is; null if nobody's
   * @param since the change that made it so; 0 if it is nobody's
   */
  record Job(FleetUnit unit, boolean launched, @Nullable String machine, long since) {
    Job on(@Nullable String newMachine) {
      return new Job(unit, launched, newMachine, since);
    }
  }

  static String machine(String id) {
    return MACHINES + id + OBJECT;
  }

  static String object(String unit) {
    return JOBS + unit + OBJECT;
  }

  static String wanted(String unit) {
    return JOBS + unit + WANTED;
  }

  static String target(String unit) {
    return JOBS + unit + TARGET;
  }

  static String metadata(SortedMap<String, String> metadata) {
    List<String> fields = new ArrayList<>();
    metadata.forEach(
        (key, value) -> {
          fields.add(key);
          fields.add(value);
        });
    return Fields.join(fields);
  }

  /** Machines that are there, by id, with what they say of themselves. */
  static SortedMap<String, SortedMap<String, String>> machines(SortedMap<String, EtcdNode> nodes) {
    SortedMap<String, SortedMap<String, String>> machines = new TreeMap<>();
    nodes.forEach(
        (key, node) ->
            machines.put(
                key.substring(MACHINES.length(), key.length() - OBJECT.length()),
                FleetUnit.pairs(node.value())));
    return machines;
  }

  /** Units by name. */
  static SortedMap<String, Job> jobs(SortedMap<String, EtcdNode> nodes) {
    SortedMap<String, Job> jobs = new TreeMap<>();
    nodes.forEach(
        (key, node) -> {
          if (key.endsWith(OBJECT)) {
            FleetUnit unit = FleetUnit.parse(node.value());
            EtcdNode wanted = nodes.get(wanted(unit.name()));
            EtcdNode target = nodes.get(target(unit.name()));
            jobs.put(
                unit.name(),
                new Job(
                    unit,
                    wanted != null && wanted.value().equals(LAUNCHED),
                    target == null ? null : target.value(),
                    target == null ? 0 : target.modified()));
          }
        });
    return jobs;
  }
}
