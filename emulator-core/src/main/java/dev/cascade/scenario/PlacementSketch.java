package dev.cascade.scenario;

import dev.cascade.node.Boot;
import dev.cascade.node.HostInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Placement;
import dev.cascade.node.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Lets a model place an entry without booting anything, to learn which hosts there will be.
 *
 * @param <C> the model's configuration
 */
final class PlacementSketch<C> implements Placement<C> {
  private final TopologyEntry<C> entry;
  private final TreeSet<String> templates = new TreeSet<>();
  private final List<HostInfo> hosts = new ArrayList<>();

  private PlacementSketch(TopologyEntry<C> entry) {
    this.entry = entry;
  }

  /**
   * The hosts of an entry.
   *
   * @throws IllegalArgumentException if its model cannot place it
   */
  static <C> List<HostInfo> hosts(TopologyEntry<C> entry) {
    PlacementSketch<C> sketch = new PlacementSketch<>(entry);
    entry.model().place(sketch);
    return sketch.hosts;
  }

  @Override
  public String entry() {
    return entry.name();
  }

  @Override
  public C config() {
    return entry.config();
  }

  @Override
  public int replicas() {
    return entry.replicas();
  }

  @Override
  public List<String> zones() {
    return entry.zones().isEmpty() ? List.of("") : entry.zones();
  }

  @Override
  public void template(String name, HostSpec spec, Consumer<Boot> boot) {
    templates.add(name);
  }

  @Override
  public void host(String name, String zone, String template) {
    if (!templates.contains(template)) {
      throw new IllegalArgumentException(
          "The template (%s) of host (%s) has not been declared.%s"
              .formatted(template, name, Suggestion.maybe(template, templates)));
    }
    hosts.add(new HostInfo(name, zone, entry.name(), template));
  }

  @Override
  public void serves(String template, String process) {
    if (!templates.contains(template)) {
      throw new IllegalArgumentException(
          "The template (%s) that serves at (%s) has not been declared.%s"
              .formatted(template, process, Suggestion.maybe(template, templates)));
    }
  }
}
