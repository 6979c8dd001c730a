package dev.cascade.models.coreos;

import dev.cascade.models.docker.Dockerd;
import dev.cascade.models.systemd.Journald;
import dev.cascade.node.Suggestion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether units and commands speak of units that there are. */
final class UnitReferences {
  private final List<UnitConfig> units;
  private final boolean cluster;

  UnitReferences(List<UnitConfig> units, boolean cluster) {
    this.units = units;
    this.cluster = cluster;
  }

  /**
   * Checks what a unit says of others.
   *
   * @throws IllegalArgumentException if one of them is not there, or cannot be found
   */
  void check(UnitConfig unit) {
    if (units.stream().filter(other -> other.name().equals(unit.name())).count() > 1) {
      throw new IllegalArgumentException(
          "The name (" + unit.name() + ") of a unit is there twice. Maybe rename one?");
    }
    if (unit.consul() != null) {
      requirePlace(unit, "other servers");
    }
    UnitConfig.SettingsConfig settings = unit.settings();
    if (settings != null) {
      List<String> known =
          units.stream().filter(other -> other.consul() != null).map(UnitConfig::name).toList();
      if (!known.contains(settings.consul())) {
        throw new IllegalArgumentException(
            "The settings of (%s) are to come from (%s), which is no unit with consul.%s"
                .formatted(
                    unit.name(), settings.consul(), Suggestion.maybe(settings.consul(), known)));
      }
    }
    for (UnitConfig other : units) {
      if (other.name().equals(unit.from())) {
        if (other.registry() == null) {
          throw new IllegalArgumentException(
              "The unit (%s), from which (%s) has its image, is no registry. Maybe registry: {}?"
                  .formatted(other.name(), unit.name()));
        }
        requirePlace(other, "those who pull");
      }
    }
  }

  private static void requirePlace(UnitConfig unit, String who) {
    if (unit.machines().isEmpty()) {
      throw new IllegalArgumentException(
          "The unit (%s) needs machines, or %s could not find it. Maybe machines: [1]?"
              .formatted(unit.name(), who));
    }
  }

  /**
   * Checks what somebody is to type.
   *
   * @throws IllegalArgumentException if it is about something that is not there
   */
  void check(Command command) {
    switch (command.verb()) {
      case START, STOP, RESTART, RESET_FAILED -> requireUnit(command);
      case RESTART_FAILED -> requireBeginning(command, own());
      case LAUNCH -> {
        if (!cluster) {
          throw new IllegalArgumentException(
              "The command (" + command.text() + ") needs fleet. Maybe cluster: {}?");
        }
        requireBeginning(command, own());
      }
      case PUT -> {
        if (units.stream().allMatch(unit -> unit.consul() == null)) {
          throw new IllegalArgumentException(
              "The command (" + command.text() + ") needs Consul. Maybe a unit with consul: {}?");
        }
      }
      case REMOVE_CONTAINER, LIST_CONTAINERS, DELETE_JOURNALS -> {
        // What is not there, docker says.
      }
    }
  }

  private Set<String> own() {
    TreeSet<String> names = new TreeSet<>();
    units.forEach(unit -> names.addAll(unit.instances()));
    return names;
  }

  private void requireUnit(Command command) {
    Set<String> known = own();
    known.add(Journald.PROCESS);
    known.add(Dockerd.PROCESS);
    if (cluster) {
      known.add(Units.ETCD);
      known.add(Units.FLEET);
    }
    if (!known.contains(command.object())) {
      throw unknown(command, "no unit of these machines", known);
    }
  }

  private static void requireBeginning(Command command, Set<String> known) {
    if (known.stream().noneMatch(name -> name.startsWith(command.object()))) {
      throw unknown(command, "the beginning of no unit's name", known);
    }
  }

  private static IllegalArgumentException unknown(Command command, String what, Set<String> known) {
    return new IllegalArgumentException(
        "The command (%s) is about (%s), %s.%s"
            .formatted(
                command.text(), command.object(), what, Suggestion.maybe(command.object(), known)));
  }
}
