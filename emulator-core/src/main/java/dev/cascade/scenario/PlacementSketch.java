package dev.cascade.scenario;

import dev.cascade.node.Boot;
import dev.cascade.node.HostInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Placement;
import dev.cascade.node.Suggestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Lets a model place an entry without booting anything, to learn which hosts there will be.
 *
 * @param <C> the model's configuration
 */
public final class PlacementSketch<C> implements Placement<C> {
  private final TopologyEntry<C> entry;
  private final SortedMap<String, HostSpec> templates = new TreeMap<>();
  private final List<HostInfo> hosts = new ArrayList<>();

  private PlacementSketch(TopologyEntry<C> entry) {
    this.entry = entry;
  }

  /**
   * The sketch of an entry.
   *
   * @throws IllegalArgumentException if its model cannot place it
   */
  public static <C> PlacementSketch<C> of(TopologyEntry<C> entry) {
    PlacementSketch<C> sketch = new PlacementSketch<>(entry);
    entry.model().place(sketch);
    return sketch;
  }

  /** The hosts of the first hour, in the order in which they are declared. */
  public List<HostInfo> hosts() {
    return List.copyOf(hosts);
  }

  /** The hardware of each template, by its name. */
  public SortedMap<String, HostSpec> templates() {
    return Collections.unmodifiableSortedMap(templates);
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
    templates.put(name, spec);
  }

  @Override
  public void host(String name, String zone, String template) {
    if (!templates.containsKey(template)) {
      throw new IllegalArgumentException(
          "The template (%s) of host (%s) has not been declared.%s"
              .formatted(template, name, Suggestion.maybe(template, templates.keySet())));
    }
    hosts.add(new HostInfo(name, zone, entry.name(), template));
  }

  @Override
  public void serves(String template, String process) {
    if (!templates.containsKey(template)) {
      throw new IllegalArgumentException(
          "The template (%s) that serves at (%s) has not been declared.%s"
              .formatted(template, process, Suggestion.maybe(template, templates.keySet())));
    }
  }
}
