package dev.cascade.models.failover;

import dev.cascade.models.classifier.Classification;
import dev.cascade.models.classifier.ClassifierModel;
import dev.cascade.models.classifier.Updates;
import dev.cascade.models.files.FileSystem;
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
import dev.cascade.node.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Automation on a host of its own, with its classifier. */
public final class AutomationModel implements Model<AutomationConfig> {
  private static final String TEMPLATE = "automation";

  @Override
  public String name() {
    return "automation";
  }

  @Override
  public String summary() {
    return "Keeps virtual addresses on nodes that may have them, as a classifier says.";
  }

  @Override
  public Class<AutomationConfig> configType() {
    return AutomationConfig.class;
  }

  @Override
  public void place(Placement<AutomationConfig> placement) {
    AutomationConfig config = placement.config();
    placement.template(TEMPLATE, HostSpec.cores(2), boot -> boot(boot, config));
    placement.replicas(TEMPLATE);
  }

  private static void boot(Boot boot, AutomationConfig config) {
    Classification installed =
        config.classifier().initial(entry -> ClassifierModel.hosts(boot, entry));
    TreeMap<String, String> files = new TreeMap<>();
    files.put(config.classifier().path(), installed.text());
    boot.start(FileSystem.PROCESS, FileSystem.spec(config.disk(), files));
    TreeMap<String, Address> vips = new TreeMap<>();
    boot.addresses(config.vips()).forEach(vip -> vips.put(vip.host(), vip));
    Surface surface =
        new Surface(vips, first(boot, config.provider()), pager(boot, config.pager()));
    ProcessSpec<WireMessage> program = Automation.spec(config, surface, installed);
    boot.start(Automation.PROCESS, program);
    boot.start(Launcher.PROCESS, Launcher.spec(config, program));
  }

  private static @Nullable Address pager(Boot boot, @Nullable String entry) {
    return entry == null ? null : first(boot, entry);
  }

  private static Address first(Boot boot, String entry) {
    return boot.addresses(entry).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The entry (" + entry + ") serves nowhere. Maybe it has no replicas?"));
  }

  @Override
  public List<Reference> references(AutomationConfig config) {
    List<Reference> references = new ArrayList<>(ClassifierModel.references(config.classifier()));
    references.add(Reference.to(config.vips(), "virtual-ip"));
    references.add(Reference.to(config.provider(), "provider"));
    if (config.pager() != null) {
      references.add(Reference.to(config.pager(), "monitoring"));
    }
    return references;
  }

  @Override
  public List<Action<AutomationConfig, ?>> actions() {
    return List.of(new ChangeAction(), new RestartAction());
  }

  @Override
  public List<MetricInfo> metrics() {
    return Stream.concat(Log.METRICS.stream(), Updates.METRICS.stream()).toList();
  }

  @Override
  public List<EventInfo> events() {
    return Stream.concat(Log.EVENTS.stream(), Updates.EVENTS.stream()).toList();
  }
}
