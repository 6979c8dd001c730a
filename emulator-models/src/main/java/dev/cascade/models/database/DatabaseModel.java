package dev.cascade.models.database;

import dev.cascade.models.keys.Keys;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A primary and its replicas, on hosts of their own. */
public final class DatabaseModel implements Model<DatabaseConfig> {
  /** The process at which each host serves. */
  public static final String PROCESS = "database";

  private static final String TEMPLATE = "database";

  @Override
  public String name() {
    return "database";
  }

  @Override
  public String summary() {
    return "A database with connections, row locks, and replicas that lag behind its writes.";
  }

  @Override
  public Class<DatabaseConfig> configType() {
    return DatabaseConfig.class;
  }

  @Override
  public Offer offer(String entry, DatabaseConfig config, Surroundings others) {
    return new Offer(config.queries().stream().map(Query::path).toList());
  }

  @Override
  public void place(Placement<DatabaseConfig> placement) {
    DatabaseConfig config = placement.config();
    String entry = placement.entry();
    int hosts = placement.replicas();
    Map<String, Keys> rows = DatabaseServer.rows(config);
    placement.template(
        TEMPLATE,
        HostSpec.cores(config.cores()).discipline(config.cpuDiscipline()),
        boot -> boot(boot, entry, config, rows, hosts));
    placement.serves(TEMPLATE, PROCESS);
    placement.replicas(TEMPLATE);
  }

  private static void boot(
      Boot boot, String entry, DatabaseConfig config, Map<String, Keys> rows, int hosts) {
    String primary = entry + "-1";
    if (boot.host().name().equals(primary)) {
      List<Address> replicas = new ArrayList<>();
      for (int i = 2; i <= hosts; i++) {
        replicas.add(Address.of(entry + "-" + i, Replica.PROCESS));
      }
      boot.start(
          PROCESS,
          DatabaseServer.spec(entry, config, rows, new DatabaseServer.Role(null, replicas)));
    } else {
      boot.start(Replica.PROCESS, Replica.spec(entry, config.apply()));
      DatabaseServer.Role role = new DatabaseServer.Role(Address.of(primary, PROCESS), List.of());
      boot.start(PROCESS, DatabaseServer.spec(entry, config, rows, role));
    }
  }

  @Override
  public List<MetricInfo> metrics() {
    return DatabaseServer.metrics();
  }

  @Override
  public List<String> estimates(String entry, DatabaseConfig config, int replicas) {
    List<String> sentences = new ArrayList<>();
    for (Query query : config.queries()) {
      double hold = query.hold().mean().toNanos() / 1e9;
      if (query.lock() != null && hold > 0) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "%s can do %.1f/s of %s on one row: each locks it for %.1f ms.",
                entry,
                1 / hold,
                query.path(),
                hold * 1000));
      }
    }
    double apply = config.apply().mean().toNanos() / 1e9;
    if (replicas > 1 && apply > 0) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Replicas of %s apply %.1f changes/s; more writes than that let them lag.",
              entry,
              1 / apply));
    }
    return sentences;
  }
}
