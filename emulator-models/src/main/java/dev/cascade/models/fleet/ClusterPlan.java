package dev.cascade.models.fleet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an engine would do about units and machines: first take units from machines that cannot have
 * them any more, then give each unit that is nobody's to the machine with the fewest (engine/
 * scheduler.go). How a unit does where it is plays no part.
 */
final class ClusterPlan {
  /** Why a unit is taken from its machine. */
  enum Reason {
    /** It is not to run any more. */
    INACTIVE,
    /** The machine's key is gone. */
    MACHINE_GONE,
    /** The machine does not fit any more. */
    UNABLE;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** One change of the registry. */
  sealed interface Task {
    String unit();

    /**
     * Takes a unit from its machine.
     *
     * @param since the change that gave it
     */
    record Unschedule(String unit, String machine, long since, Reason reason) implements Task {}

    /** Gives a unit to a machine. */
    record Schedule(String unit, String machine) implements Task {}
  }

  private final SortedMap<String, SortedMap<String, String>> machines;
  private final TreeMap<String, Registry.Job> jobs;
  private final SortedMap<String, TreeSet<String>> unitsOf = new TreeMap<>();
  private final List<Task> tasks = new ArrayList<>();

  private ClusterPlan(
      SortedMap<String, SortedMap<String, String>> machines, SortedMap<String, Registry.Job> jobs) {
    this.machines = machines;
    this.jobs = new TreeMap<>(jobs);
    machines.keySet().forEach(id -> unitsOf.put(id, new TreeSet<>()));
    jobs.forEach(
        (name, job) -> {
          TreeSet<String> units = job.machine() == null ? null : unitsOf.get(job.machine());
          if (units != null) {
            units.add(name);
          }
        });
  }

  /** What is to be done, in order. */
  static List<Task> of(
      SortedMap<String, SortedMap<String, String>> machines, SortedMap<String, Registry.Job> jobs) {
    ClusterPlan plan = new ClusterPlan(machines, jobs);
    plan.unscheduleAll();
    plan.scheduleAll();
    return Collections.unmodifiableList(plan.tasks);
  }

  private void unscheduleAll() {
    for (Registry.Job job : new ArrayList<>(jobs.values())) {
      String machine = job.machine();
      Reason reason = machine == null ? null : reasonAgainst(job, machine);
      if (machine != null && reason != null) {
        String name = job.unit().name();
        tasks.add(new Task.Unschedule(name, machine, job.since(), reason));
        jobs.put(name, job.on(null));
        TreeSet<String> units = unitsOf.get(machine);
        if (units != null) {
          units.remove(name);
        }
      }
    }
  }

  private @Nullable Reason reasonAgainst(Registry.Job job, String machine) {
    if (!job.launched()) {
      return Reason.INACTIVE;
    }
    if (!machines.containsKey(machine)) {
      return Reason.MACHINE_GONE;
    }
    return fits(job.unit(), machine) ? null : Reason.UNABLE;
  }

  private void scheduleAll() {
    for (Registry.Job job : new ArrayList<>(jobs.values())) {
      if (job.launched() && !job.unit().global() && job.machine() == null) {
        String machine = leastLoaded(job.unit());
        if (machine != null) {
          String name = job.unit().name();
          tasks.add(new Task.Schedule(name, machine));
          jobs.put(name, job.on(machine));
          unitsOf.computeIfAbsent(machine, id -> new TreeSet<>()).add(name);
        }
      }
    }
  }

  /** Of the machines that fit, the one with the fewest units; of those, the first by id. */
  private @Nullable String leastLoaded(FleetUnit unit) {
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String id : machines.keySet()) {
      int units = unitsOf.getOrDefault(id, new TreeSet<>()).size();
      if (units < fewest && fits(unit, id)) {
        best = id;
        fewest = units;
      }
    }
    return best;
  }

  private boolean fits(FleetUnit unit, String machine) {
    SortedMap<String, String> metadata = machines.getOrDefault(machine, new TreeMap<>());
    return fitsMachine(unit, machine, metadata) && fitsNeighbours(unit, machine);
  }

  /** Whether a machine is one that a unit may run on, whatever else is there. */
  static boolean fitsMachine(FleetUnit unit, String machine, SortedMap<String, String> metadata) {
    return (unit.machineId() == null || unit.machineId().equals(machine))
        && metadata.entrySet().containsAll(unit.machineMetadata().entrySet());
  }

  private boolean fitsNeighbours(FleetUnit unit, String machine) {
    TreeSet<String> neighbours = unitsOf.getOrDefault(machine, new TreeSet<>());
    if (unit.machineOf() != null && !neighbours.contains(unit.machineOf())) {
      return false;
    }
    for (String name : neighbours) {
      Registry.Job other = jobs.get(name);
      if (unit.shuns(name) || (other != null && other.unit().shuns(unit.name()))) {
        return false;
      }
    }
    return true;
  }
}
