package dev.cascade.models.coreos;

import dev.cascade.models.consul.ConsulServer;
import dev.cascade.models.docker.DockerCall;
import dev.cascade.models.docker.DockerCommand;
import dev.cascade.models.docker.DockerRun;
import dev.cascade.models.docker.Dockerd;
import dev.cascade.models.docker.Image;
import dev.cascade.models.docker.Registry;
import dev.cascade.models.docker.Settings;
import dev.cascade.models.etcd.EtcdMember;
import dev.cascade.models.fleet.FleetUnit;
import dev.cascade.models.fleet.Fleetd;
import dev.cascade.models.frontend.Backends;
import dev.cascade.models.machine.Program;
import dev.cascade.models.systemd.Journal;
import dev.cascade.models.systemd.Journald;
import dev.cascade.models.systemd.Restart;
import dev.cascade.models.systemd.StartLimit;
import dev.cascade.models.systemd.UnitFile;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The unit files of a machine, and what its images hold: a configuration spelled out. */
final class Units {
  static final String ETCD = "etcd";
  static final String FLEET = "fleet";
  private static final String ROLE = "role";

  private final Boot boot;
  private final MachineConfig config;
  private final List<UnitFile> files = new ArrayList<>();
  private final List<String> enabled = new ArrayList<>();
  private final TreeMap<String, Image> images = new TreeMap<>();
  private final TreeMap<String, Program> programs = new TreeMap<>();
  private final List<Address> etcd;
  private final List<String> installed = new ArrayList<>();

  Units(Boot boot, MachineConfig config, Journal journal) {
    this.boot = boot;
    this.config = config;
    this.etcd = config.cluster() == null ? List.of() : boot.addresses(boot.host().entry());
    add(
        UnitFile.of(Journald.PROCESS, Journald.program(journal, config.journald()))
            .restart(Restart.ALWAYS, UnitFile.RESTART_SEC, StartLimit.DEFAULT),
        true);
    add(
        UnitFile.of(Dockerd.PROCESS, Dockerd.program(config.docker(), this::image))
            .restart(Restart.ON_FAILURE, UnitFile.RESTART_SEC, StartLimit.DEFAULT)
            .logs(dockerLanguage(), config.docker().idleLine())
            .socket(DockerCall.SOCKET),
        true);
    if (config.cluster() != null) {
      cluster(config.cluster());
    }
    for (UnitConfig unit : config.units()) {
      List<String> names = unit.instances();
      for (int i = 0; i < names.size(); i++) {
        unit(unit, i, names.get(i));
      }
    }
  }

  /** What the processes are called, or begin with, that systemd and docker start. */
  static List<String> processes(MachineConfig config) {
    List<String> names = new ArrayList<>(List.of(Journald.PROCESS, Dockerd.PROCESS));
    if (config.cluster() != null) {
      names.add(ETCD);
      names.add(FLEET);
    }
    for (UnitConfig unit : config.units()) {
      unit.instances().forEach(name -> names.add(unit.container(name)));
      names.addAll(unit.instances());
    }
    return names.stream().distinct().toList();
  }

  private void cluster(ClusterConfig cluster) {
    boolean member = etcd.stream().anyMatch(each -> each.host().equals(boot.host().name()));
    String entry = boot.host().entry();
    TreeMap<String, String> metadata = new TreeMap<>();
    metadata.put(ROLE, (member ? UnitConfig.Role.CENTRAL : UnitConfig.Role.WORKER).name());
    add(
        cluster.etcdUnit().unit(UnitFile.of(ETCD, EtcdMember.program(entry, cluster.etcd(), etcd))),
        member);
    add(
        cluster
            .fleetUnit()
            .unit(
                UnitFile.of(
                    FLEET,
                    Fleetd.program(cluster.fleet(), etcd, metadata, cluster.takesOverKey()))),
        true);
  }

  private void add(UnitFile file, boolean starts) {
    files.add(file);
    if (starts) {
      enabled.add(file.name());
    }
  }

  /** All that the machine has files of. */
  List<UnitFile> files() {
    return files;
  }

  /** What it starts as it boots. */
  List<String> enabled() {
    return enabled;
  }

  /** The images that it has from the beginning. */
  List<String> installed() {
    return installed;
  }

  private Program program(String container) {
    Program program = programs.get(container);
    if (program == null) {
      throw new IllegalStateException("There is nothing to run in (" + container + ").");
    }
    return program;
  }

  private Image image(String name) {
    Image image = images.get(name);
    if (image == null) {
      throw new IllegalStateException(
          "There is no image (" + name + "). Maybe one of " + images.keySet() + "?");
    }
    return image;
  }

  private UnitFile.Language dockerLanguage() {
    return config.docker().ignoresSigpipe()
        ? UnitFile.Language.IGNORES_SIGPIPE
        : UnitFile.Language.GO_BEFORE_1_6;
  }

  private void unit(UnitConfig unit, int index, String name) {
    String container = unit.container(name);
    String image = unit.image(index);
    Program program = program(unit, index, name);
    UnitFile file;
    if (unit.docker()) {
      programs.put(container, program);
      images.put(image, new Image(this::program, registry(unit), unit.idleLine()));
      if (unit.from() == null) {
        installed.add(image);
      }
      DockerRun.Run run =
          new DockerRun.Run(container, image, unit.volume(), config.docker().removeBy());
      file =
          UnitFile.of(name, DockerRun.program(run))
              .process(name + ".run", unit.name())
              .before(steps(unit, container, image))
              .logs(dockerLanguage(), null);
    } else {
      file =
          UnitFile.of(name, program)
              .process(container, unit.name())
              .logs(UnitFile.Language.GO_BEFORE_1_6, unit.idleLine());
    }
    file = file.restart(unit.restart(), unit.restartSec(), unit.startLimit());
    if (unit.requiresDocker()) {
      file = file.requires(List.of(Dockerd.PROCESS));
    }
    boolean here = !unit.machines().isEmpty() && host(unit, index).equals(boot.host().name());
    add(file, unit.enabled() && here);
  }

  private static List<UnitFile.Step> steps(UnitConfig unit, String container, String image) {
    List<UnitFile.Step> steps = new ArrayList<>();
    if (unit.clean()) {
      steps.add(new UnitFile.Step("rm", DockerCommand.removeByForce(container), true));
    }
    if (unit.pull()) {
      steps.add(new UnitFile.Step("pull", DockerCommand.pull(image), false));
    }
    return steps;
  }

  private Program program(UnitConfig unit, int index, String name) {
    if (unit.consul() != null) {
      return ConsulServer.program(unit.name(), unit.consul(), addresses(unit));
    } else if (unit.registry() != null) {
      return Registry.program(unit.registry(), settings(unit));
    } else if (unit.application() != null) {
      return Application.program(unit.application(), etcd, Backends.key(unit.image(index), name));
    }
    throw new IllegalStateException("The unit (" + unit.name() + ") has nothing to run.");
  }

  private Settings settings(UnitConfig unit) {
    UnitConfig.SettingsConfig from = unit.settings();
    return from == null || !from.enabled()
        ? Settings.NONE
        : new ConsulSettings(addresses(named(from.consul())), from.key());
  }

  /** Where its image comes from; it never comes from itself if nothing else is said. */
  private Address registry(UnitConfig unit) {
    String from = unit.from();
    if (from == null) {
      return Address.of(boot.host().name(), "nowhere");
    }
    UnitConfig own = find(from);
    return own == null ? boot.addresses(from).get(0) : addresses(own).get(0);
  }

  private UnitConfig named(String name) {
    UnitConfig unit = find(name);
    if (unit == null) {
      throw new IllegalStateException("There is no unit (" + name + ").");
    }
    return unit;
  }

  private @Nullable UnitConfig find(String name) {
    return config.units().stream()
        .filter(unit -> unit.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** What fleet is told of the units that are its own. */
  List<FleetUnit> fleetUnits() {
    List<FleetUnit> all = new ArrayList<>();
    for (UnitConfig unit : config.units()) {
      List<String> names = unit.instances();
      for (int i = 0; i < names.size() && !unit.enabled(); i++) {
        FleetUnit each = FleetUnit.of(names.get(i));
        if (!unit.machines().isEmpty()) {
          each = each.onMachine(host(unit, i));
        }
        all.add(unit.role() == null ? each : each.whereMetadata(ROLE, unit.role().name()));
      }
    }
    return all;
  }

  /** Where units that are pinned serve. */
  List<Address> addresses(UnitConfig unit) {
    List<String> names = unit.instances();
    List<Address> addresses = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      addresses.add(Address.of(host(unit, i), unit.container(names.get(i))));
    }
    return addresses;
  }

  private String host(UnitConfig unit, int index) {
    return host(boot, unit.machines().get(index));
  }

  /** The name of a machine. */
  static String host(Boot boot, int number) {
    return boot.host().entry() + "-" + number;
  }
}
