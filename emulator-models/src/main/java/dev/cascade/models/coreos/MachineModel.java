package dev.cascade.models.coreos;

import dev.cascade.models.consul.ConsulServer;
import dev.cascade.models.docker.DockerLog;
import dev.cascade.models.docker.Registry;
import dev.cascade.models.etcd.EtcdMember;
import dev.cascade.models.fleet.FleetUnit;
import dev.cascade.models.fleet.Fleetctl;
import dev.cascade.models.fleet.Fleetd;
import dev.cascade.models.machine.OwnExec;
import dev.cascade.models.machine.UnitCall;
import dev.cascade.models.systemd.Journal;
import dev.cascade.models.systemd.Journald;
import dev.cascade.models.systemd.Systemd;
import dev.cascade.models.systemd.UnitLog;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Outcome;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Reference;
import dev.cascade.node.Surroundings;
import dev.cascade.node.WireMessage;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** Machines with systemd, journald and docker. */
public final class MachineModel implements Model<MachineConfig> {
  /** The argument of a launch that says whether its journals are clean. */
  static final String JOURNALS = "journals";

  /** A machine that runs etcd. */
  private static final String MEMBER = "member";

  /** Any other. */
  private static final String MACHINE = "machine";

  @Override
  public String name() {
    return "machine";
  }

  @Override
  public String summary() {
    return "Machines with systemd, journald and docker, and the units that run on them.";
  }

  @Override
  public Class<MachineConfig> configType() {
    return MachineConfig.class;
  }

  @Override
  public void place(Placement<MachineConfig> placement) {
    MachineConfig config = placement.config();
    checkNumbers(config, placement.replicas());
    HostSpec hardware = HostSpec.cores(config.cores());
    placement.template(MEMBER, hardware, boot -> boot(boot, config));
    placement.template(MACHINE, hardware, boot -> boot(boot, config));
    placement.serves(MEMBER, Units.ETCD);
    for (String process : Units.processes(config)) { // so that faults can name them
      placement.starts(MEMBER, process);
      placement.starts(MACHINE, process);
    }
    int members = config.cluster() == null ? 0 : config.cluster().members();
    for (int i = 1; i <= placement.replicas(); i++) {
      placement.host(
          placement.entry() + "-" + i,
          placement.zones().get((i - 1) % placement.zones().size()),
          i <= members ? MEMBER : MACHINE);
    }
  }

  private static void checkNumbers(MachineConfig config, int machines) {
    ClusterConfig cluster = config.cluster();
    if (cluster != null && cluster.members() > machines) {
      throw new IllegalArgumentException(
          "The members (%d) of etcd are more than the machines (%d). Maybe more replicas?"
              .formatted(cluster.members(), machines));
    }
    for (UnitConfig unit : config.units()) {
      unit.machines().forEach(number -> checkNumber(number, machines, unit.name()));
    }
    config
        .provision()
        .forEach(each -> checkNumber(each.machine(), machines, "the provision " + each.commands()));
  }

  private static void checkNumber(int number, int machines, String whose) {
    if (number < 1 || number > machines) {
      throw new IllegalArgumentException(
          "The machine (%d) of %s is none of 1 to %d. Maybe more replicas?"
              .formatted(number, whose, machines));
    }
  }

  private static void boot(Boot boot, MachineConfig config) {
    Journal journal = new Journal();
    Units units = new Units(boot, config, journal);
    KeyValueWriter keyValues =
        config.units().stream()
            .filter(unit -> unit.consul() != null)
            .findFirst()
            .<KeyValueWriter>map(unit -> new ConsulSettings(units.addresses(unit), ""))
            .orElse(MachineModel::nowhere);
    boolean stumbles = config.journald().oldJournals() && !boot.arguments().containsKey(JOURNALS);
    ProcessSpec<WireMessage> systemd = Systemd.spec(journal, units.files(), units.enabled());
    boot.start(
        UnitCall.PROCESS,
        ProcessSpec.of(
            (Env<WireMessage> env) -> {
              new Factory(env, stumbles, units.installed()).deliver();
              return systemd.behavior().apply(env);
            }));
    List<Provision> provision =
        config.provision().stream()
            .filter(each -> Units.host(boot, each.machine()).equals(boot.host().name()))
            .toList();
    boot.start(
        Console.PROCESS,
        Console.spec(provision, keyValues, prefix -> fleetctl(boot, units, prefix)));
  }

  /** Nobody listens; commands that would come here are refused when a scenario is loaded. */
  private static void nowhere(
      Env<WireMessage> env,
      String key,
      String value,
      Function<Outcome, ? extends WireMessage> whenDone) {
    env.context().getSelf().tell(whenDone.apply(new Outcome.Refused()));
  }

  /** A person's fleetctl: units whose names begin so are submitted and started. */
  private static ProcessSpec<WireMessage> fleetctl(Boot boot, Units units, String prefix) {
    List<Address> etcd = boot.addresses(boot.host().entry());
    List<FleetUnit> meant =
        units.fleetUnits().stream().filter(unit -> unit.name().startsWith(prefix)).toList();
    return ProcessSpec.of(env -> Fleetctl.program(meant, etcd).main(env, new OwnExec(env)));
  }

  @Override
  public List<Reference> references(MachineConfig config) {
    List<String> own = config.units().stream().map(UnitConfig::name).toList();
    return config.units().stream()
        .map(UnitConfig::from)
        .filter(Objects::nonNull)
        .filter(from -> !own.contains(from))
        .map(from -> Reference.to(from, "registry"))
        .toList();
  }

  /** Its applications are asked by front ends; the machine itself answers nothing. */
  @Override
  public Offer offer(String entry, MachineConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public List<Action<MachineConfig, ?>> actions() {
    return List.of(new RunAction(), new ReplaceAction());
  }

  @Override
  public List<MetricInfo> metrics() {
    return Stream.of(
            UnitLog.METRICS,
            Journald.METRICS,
            DockerLog.METRICS,
            ConsulServer.METRICS,
            EtcdMember.METRICS,
            Fleetd.METRICS,
            Fleetctl.METRICS)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  @Override
  public List<EventInfo> events() {
    return Stream.of(
            UnitLog.EVENTS, DockerLog.EVENTS, Registry.EVENTS, ConsulServer.EVENTS, Fleetd.EVENTS)
        .flatMap(List::stream)
        .toList();
  }
}
