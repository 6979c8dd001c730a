package dev.cascade.scenario;

import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.HostInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Placement;
import dev.cascade.node.Suggestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets a model place an entry without booting anything, to learn which hosts there will be.
 *
 * @param <C> the model's configuration
 */
public final class PlacementSketch<C> implements Placement<C> {
  private final TopologyEntry<C> entry;
  private final SortedMap<String, HostSpec> templates = new TreeMap<>();
  private final SortedMap<String, Consumer<Boot>> boots = new TreeMap<>();
  private final SortedMap<String, String> served = new TreeMap<>();
  private final List<String> startedLater = new ArrayList<>();
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

  /** Where the entry serves others, in the order of its hosts' names. */
  List<Address> addresses() {
    return hosts.stream()
        .sorted(Comparator.comparing(HostInfo::name))
        .filter(host -> served.containsKey(host.template()))
        .map(host -> Address.of(host.name(), served.getOrDefault(host.template(), "")))
        .toList();
  }

  /** What the names of processes begin with that come and go. */
  List<String> startedLater() {
    return List.copyOf(startedLater);
  }

  /** Whether hosts of each template are there from the start. */
  boolean hasHostsOfAll() {
    return templates.keySet().stream()
        .allMatch(name -> hosts.stream().anyMatch(host -> host.template().equals(name)));
  }

  /**
   * Boots the first host of each template, without starting anything.
   *
   * @param where the addresses at which each entry serves
   * @return the processes that they start
   */
  SortedSet<String> boot(Function<String, List<Address>> where) {
    SortedSet<String> processes = new TreeSet<>();
    boots.forEach(
        (template, boot) ->
            hosts.stream()
                .filter(host -> host.template().equals(template))
                .findFirst()
                .ifPresent(
                    host -> {
                      BootSketch sketch = new BootSketch(host, where);
                      boot.accept(sketch);
                      processes.addAll(sketch.processes());
                    }));
    return processes;
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
    boots.put(name, boot);
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
    served.put(template, process);
  }

  @Override
  public void starts(String template, String prefix) {
    startedLater.add(prefix);
  }
}
