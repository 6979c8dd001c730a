package dev.cascade.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The parts of a scenario's {@code spec} beside its plain settings, in the order of the file. */
enum Section {
  CONFIGURATION(
      "configuration",
      "Values by name, for $(name) anywhere in the spec; --set and --values override them."),
  NETWORK("network", "The network where no link is named."),
  TOPOLOGY("topology", "What there is: entries of a model each."),
  LINKS("links", "Links between places; of several that fit the last one counts."),
  LOAD("load", "Who asks for what how often."),
  STEADY_STATE(
      "steadyState",
      "What is true of a healthy system; tested before the method, and again at the end."),
  METHOD("method", "The timeline: faults, and what operators do."),
  ROLLBACKS("rollbacks", "Steps that put things right again; timed as those of the method."),
  PROPERTIES("properties", "What must hold, and how it relates to time."),
  THRESHOLDS(
      "thresholds",
      "k6's thresholds by metric, judged at the end over the measured part of the run."),
  TIMELINE(
      "timeline",
      "What a post-mortem's clock showed when: compared with the run, without mitigations."),
  MEASUREMENTS("measurements", "Numbers of the run by name, in base units."),
  MITIGATIONS("mitigations", "Named overlays on the scenario."),
  EXPECT("expect", "Which properties hold in the base and with each mitigation.");

  final String key;
  final String description;

  Section(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /** Whether this is the key of a section that is a list. */
  static boolean isList(String key) {
    return Stream.of(TOPOLOGY, LINKS, LOAD, METHOD, ROLLBACKS, PROPERTIES, TIMELINE, MITIGATIONS)
        .anyMatch(section -> section.key.equals(key));
  }

  static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (Section section : values()) {
      keys.add(section.key);
    }
    return keys;
  }
}
