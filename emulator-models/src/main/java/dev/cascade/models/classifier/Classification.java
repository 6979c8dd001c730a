package dev.cascade.models.classifier;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a classifier says, or what one understands of a part of it: a part that can be read is
 * believed, as nothing tells that the rest is missing.
 *
 * @param revision how often it was changed; -1 if nothing is said
 * @param defaultProfile which counts where no other is said; empty if nothing is said
 * @param nodes by name
 * @param services the profile that each needs, by name
 */
public record Classification(
    long revision,
    String defaultProfile,
    Map<String, NodeEntry> nodes,
    Map<String, String> services) {
  public Classification {
    nodes = Collections.unmodifiableMap(new TreeMap<>(nodes));
    services = Collections.unmodifiableMap(new TreeMap<>(services));
  }

  // ---- as a file

  /** The file, in the order of names: what comes first in it is all that the start of it tells. */
  public String text() {
    StringBuilder text = new StringBuilder(nodes.size() * 400);
    text.append("revision: ").append(revision).append('\n');
    text.append("defaults:\n  profile: ").append(defaultProfile).append('\n');
    text.append("nodes:\n");
    nodes.forEach(
        (name, node) -> {
          text.append("  ").append(name).append(":\n    classes:\n");
          node.classes().forEach(each -> text.append("      - ").append(each).append('\n'));
          text.append("    profile: ").append(node.profile()).append('\n');
          text.append("    state: ").append(node.state()).append('\n');
          text.append("    release: ").append(node.release()).append('\n');
        });
    text.append("services:\n");
    services.forEach(
        (name, profile) ->
            text.append("  ").append(name).append(":\n    profile: ").append(profile).append('\n'));
    return text.toString();
  }

  /** Reads a file; nothing if it is no YAML, or no mapping: an empty file tells nothing. */
  public static Optional<Classification> parse(String text) {
    Map<String, @Nullable Object> root =
        BlockYaml.read(text).map(document -> mapping(document.root())).orElse(Map.of());
    if (root.isEmpty()) {
      return Optional.empty();
    }
    Map<String, NodeEntry> nodes = new TreeMap<>();
    mapping(root.get("nodes")).forEach((name, node) -> nodes.put(name, node(mapping(node))));
    Map<String, String> services = new TreeMap<>();
    mapping(root.get("services"))
        .forEach((name, service) -> services.put(name, word(mapping(service).get("profile"))));
    String revision = word(root.get("revision"));
    return Optional.of(
        new Classification(
            revision.matches("[0-9]{1,18}") ? Long.parseLong(revision) : -1,
            word(mapping(root.get("defaults")).get("profile")),
            nodes,
            services));
  }

  private static NodeEntry node(Map<String, @Nullable Object> node) {
    List<String> classes = new ArrayList<>();
    if (node.get("classes") instanceof List<?> listed) {
      for (Object each : listed) {
        classes.add(word(each));
      }
    }
    return new NodeEntry(
        classes, word(node.get("profile")), word(node.get("state")), word(node.get("release")));
  }

  private static Map<String, @Nullable Object> mapping(@Nullable Object node) {
    Map<String, @Nullable Object> mapping = new LinkedHashMap<>();
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> mapping.put(String.valueOf(key), value));
    }
    return mapping;
  }

  private static String word(@Nullable Object node) {
    return node instanceof String word ? word : "";
  }

  // ---- what it means

  /** The profile that a service needs. */
  public String profileOf(String service) {
    String own = services.getOrDefault(service, "");
    return own.isEmpty() ? defaultProfile : own;
  }

  /** The nodes that may take a service's traffic, in the order of their names. */
  public List<String> candidates(String service) {
    String wanted = profileOf(service);
    List<String> names = new ArrayList<>();
    nodes.forEach(
        (name, node) -> {
          String profile = node.profile().isEmpty() ? defaultProfile : node.profile();
          if (profile.equals(wanted)
              && node.state().equals(NodeEntry.ACTIVE)
              && node.classes().contains(NodeEntry.BALANCER)) {
            names.add(name);
          }
        });
    return names;
  }

  /**
   * How many of these nodes it would take traffic from, as it has others that it takes for right.
   */
  public int wouldMove(String service, Collection<String> serving) {
    List<String> candidates = candidates(service);
    return candidates.isEmpty()
        ? 0
        : (int) serving.stream().filter(node -> !candidates.contains(node)).count();
  }

  /** The same, one change later. */
  public Classification changed(String node, String release) {
    Map<String, NodeEntry> newNodes = new TreeMap<>(nodes);
    NodeEntry entry = newNodes.get(node);
    if (entry != null) {
      newNodes.put(node, entry.release(release));
    }
    return new Classification(revision + 1, defaultProfile, newNodes, services);
  }
}
