package dev.cascade.testkit;

import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.scenario.TopologyEntry;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;

/** A user's own behaviors as entries of a scenario that is built in Java, without a model. */
public final class Processes {
  private Processes() {}

  /** One process on a host of its own with one core, {@code <name>-1/<name>}. */
  public static <C> TopologyEntry<?> process(
      String name, Function<Env<C>, Behavior<C>> behavior, MetricInfo... metrics) {
    return process(name, 1, ProcessSpec.of(behavior), metrics);
  }

  /**
   * The same process on several hosts with one core each, {@code <name>-1/<name>} and on.
   *
   * @param metrics what it keeps and expressions may name
   */
  public static <C> TopologyEntry<?> process(
      String name, int hosts, ProcessSpec<C> spec, MetricInfo... metrics) {
    return new TopologyEntry<>(
        name,
        new Single<>(name, spec, List.of(metrics)),
        NoConfig.NONE,
        hosts,
        List.of(),
        new TreeMap<>());
  }

  /** There is nothing to configure. */
  public record NoConfig() {
    static final NoConfig NONE = new NoConfig();
  }

  private record Single<C>(String name, ProcessSpec<C> spec, List<MetricInfo> metrics)
      implements Model<NoConfig> {
    @Override
    public String summary() {
      return "A process of a test.";
    }

    @Override
    public Class<NoConfig> configType() {
      return NoConfig.class;
    }

    @Override
    public void place(Placement<NoConfig> placement) {
      placement.template("host", HostSpec.cores(1), boot -> boot.start(name, spec));
      placement.serves("host", name);
      placement.replicas("host");
    }
  }
}
