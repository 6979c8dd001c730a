package dev.cascade.models.classifier;

import dev.cascade.models.files.FileSystem;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Hosts with a classifier in a file, and jobs that read and write it. */
public final class ClassifierModel implements Model<ClassifierHostConfig> {
  private static final String TEMPLATE = "classifier";
  private static final String JOBS = "jobs";

  @Override
  public String name() {
    return "classifier";
  }

  @Override
  public String summary() {
    return "A node classifier in a file, which jobs read and write at the same time.";
  }

  @Override
  public Class<ClassifierHostConfig> configType() {
    return ClassifierHostConfig.class;
  }

  @Override
  public void place(Placement<ClassifierHostConfig> placement) {
    ClassifierHostConfig config = placement.config();
    placement.template(
        TEMPLATE,
        HostSpec.cores(1),
        boot -> {
          Classification whole = config.file().initial(entry -> hosts(boot, entry));
          TreeMap<String, String> installed = new TreeMap<>();
          installed.put(config.file().path(), whole.text());
          boot.start(FileSystem.PROCESS, FileSystem.spec(config.disk(), installed));
          boot.start(JOBS, ClassifierJobs.spec(config, whole));
        });
    placement.replicas(TEMPLATE);
  }

  /** The hosts of an entry, in the order of their names. */
  public static List<String> hosts(Boot boot, String entry) {
    return boot.addresses(entry).stream().map(Address::host).distinct().toList();
  }

  /** The entries that a classifier lists. */
  public static List<Reference> references(ClassifierConfig config) {
    return config.nodes().stream()
        .filter(group -> group.count() == null)
        .map(group -> Reference.to(group.name()))
        .toList();
  }

  @Override
  public List<Reference> references(ClassifierHostConfig config) {
    return references(config.file());
  }

  @Override
  public List<MetricInfo> metrics() {
    return Stream.concat(ClassifierJobs.METRICS.stream(), Updates.METRICS.stream()).toList();
  }

  @Override
  public List<EventInfo> events() {
    return Updates.EVENTS;
  }
}
