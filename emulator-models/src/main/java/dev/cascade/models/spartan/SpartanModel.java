package dev.cascade.models.spartan;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.logs.Log;
import dev.cascade.models.logs.LogAgent;
import dev.cascade.models.ring.Ring;
import dev.cascade.models.sparta.SpartaModel;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Reference;
import dev.cascade.node.WorkerPool;
import dev.cascade.random.Hash64;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Services with a Sparta client, each on a host of its own. */
public final class SpartanModel implements Model<SpartanConfig> {
  /** The process at which each service serves. */
  public static final String PROCESS = "service";

  /** The client in it. */
  static final String CLIENT = PROCESS + "/queue/spartan";

  /** Stops and starts it. */
  static final String SUPERVISOR = "supervisor";

  private static final String TEMPLATE = "spartan";

  @Override
  public String name() {
    return "spartan";
  }

  @Override
  public String summary() {
    return "Services with a Sparta client, that answer what is theirs or pass it on by key.";
  }

  @Override
  public Class<SpartanConfig> configType() {
    return SpartanConfig.class;
  }

  @Override
  public void place(Placement<SpartanConfig> placement) {
    SpartanConfig config = placement.config();
    String entry = placement.entry();
    Map<List<String>, Ring> rings = new LinkedHashMap<>(); // one of each topology, whoever holds it
    placement.template(
        TEMPLATE, HostSpec.cores(config.cores()), boot -> boot(boot, entry, config, rings));
    placement.serves(TEMPLATE, PROCESS);
    placement.replicas(TEMPLATE);
  }

  private static void boot(
      Boot boot, String entry, SpartanConfig config, Map<List<String>, Ring> rings) {
    List<String> all = SpartaModel.services(boot, config.services());
    int self = all.indexOf(boot.host().name());
    List<Address> instances = boot.addresses(config.sparta());
    TreeSet<Integer> subscriptions = new TreeSet<>();
    subscriptions.add(self);
    List<Integer> callees = callees(all, boot.addresses(entry), boot.host().name(), config.calls());
    subscriptions.addAll(callees);
    Application.Routes routes = routes(boot, config, all, rings);
    if (routes != null) {
      for (int i = 0; i < routes.addresses().size(); i++) {
        subscriptions.add(routes.first() + i);
      }
    }
    Supplier<ProcessSpec<HttpRequest>> service =
        () ->
            Application.spec(
                entry,
                config,
                env ->
                    new Spartan.Setup(
                        instances,
                        self,
                        List.copyOf(subscriptions),
                        new View(self, all.size()),
                        new SpartanMeter(env, entry),
                        Log.to(env, config.log())),
                callees,
                routes);
    LogAgent.start(boot, config.log());
    boot.start(SUPERVISOR, Supervisor.spec(service));
    boot.start(PROCESS, service.get());
  }

  private static Application.@Nullable Routes routes(
      Boot boot, SpartanConfig config, List<String> all, Map<List<String>, Ring> rings) {
    if (config.routesTo() == null) {
      return null;
    }
    List<Address> targets = boot.addresses(config.routesTo());
    List<String> names = targets.stream().map(Address::host).toList();
    Ring ring = rings.computeIfAbsent(names, list -> Ring.of(list, config.buckets()));
    return new Application.Routes(ring, all.indexOf(names.get(0)), targets);
  }

  /** Whom a service calls: others, chosen by the hash of both names. */
  private static List<Integer> callees(
      List<String> all, List<Address> peers, String self, int count) {
    long name = Hash64.of(self);
    return peers.stream()
        .map(Address::host)
        .filter(peer -> !peer.equals(self))
        .sorted(
            Comparator.comparingLong((String peer) -> Hash64.combine(name, Hash64.of(peer)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(count)
        .map(all::indexOf)
        .toList();
  }

  @Override
  public List<Reference> references(SpartanConfig config) {
    List<Reference> references = new ArrayList<>();
    references.add(Reference.to(config.sparta(), "sparta"));
    config.services().forEach(service -> references.add(Reference.to(service, "spartan")));
    if (config.routesTo() != null) {
      references.add(Reference.to(config.routesTo(), "spartan"));
    }
    if (config.log() != null) {
      references.add(Reference.to(config.log().stream(), "kinesis"));
    }
    return references;
  }

  @Override
  public List<Action<SpartanConfig, ?>> actions() {
    return List.of(
        new ReconnectAction(), new StopAction(), new StartAction(), new RestartUnhealthyAction());
  }

  @Override
  public List<MetricInfo> metrics() {
    return Stream.of(
            WorkerPool.Names.documentation("spartan_service", "request", "service"),
            SpartanMeter.METRICS,
            Log.metrics(),
            List.of(
                MetricInfo.counter(
                    "spartan_requests_total", "Requests answered or passed on.", "service"),
                MetricInfo.counter(
                    "spartan_requests_dropped_total",
                    "Requests that nobody could be found for.",
                    "service",
                    "reason")))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<EventInfo> events() {
    return SpartanMeter.EVENTS;
  }
}
