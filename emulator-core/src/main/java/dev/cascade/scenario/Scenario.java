package dev.cascade.scenario;

import dev.cascade.property.PropertySpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is emulated: everything that a run depends on, and what it is judged by. Read from a file by
 * {@link ScenarioReader}, or built in Java by {@link ScenarioBuilder}.
 *
 * @param metadata its name and description
 * @param timing seed, duration, warm-up and sampling tick
 * @param network the network where no link is named
 * @param topology entries and loads, in the order of the file
 * @param links rules for links, of which the last that fits counts
 * @param method the timeline
 * @param rollbacks steps that put things right again, timed like those of the method
 * @param properties what must hold, thresholds included
 * @param measurements expressions by the names of the numbers they yield
 * @param mitigations all that can be switched on
 * @param active the mitigations that are switched on in this value
 */
public record Scenario(
    Metadata metadata,
    Timing timing,
    NetworkSpec network,
    List<TopologyEntry<?>> topology,
    List<LinkRule> links,
    List<MethodStep> method,
    List<MethodStep> rollbacks,
    List<PropertySpec> properties,
    Map<String, String> measurements,
    List<Mitigation> mitigations,
    List<String> active) {
  public Scenario {
    topology = List.copyOf(topology);
    links = List.copyOf(links);
    method = List.copyOf(method);
    rollbacks = List.copyOf(rollbacks);
    properties = List.copyOf(properties);
    measurements = Collections.unmodifiableMap(new LinkedHashMap<>(measurements));
    mitigations = List.copyOf(mitigations);
    active = List.copyOf(active);
  }
}
