package dev.cascade.engine;

import java.util.Map;
import java.util.TreeMap;

/** All that can be booted, by topology entry and template. */
final class Templates {
  private final Map<String, Template> templates = new TreeMap<>();

  void put(String entry, String name, Template template) {
    if (templates.putIfAbsent(entry + " " + name, template) != null) {
      throw new IllegalArgumentException(
          "The entry (" + entry + ") declares the template (" + name + ") twice.");
    }
  }

  Template get(String entry, String name) {
    Template template = templates.get(entry + " " + name);
    if (template == null) {
      throw new IllegalArgumentException(
          "The entry (" + entry + ") has no template (" + name + ") for its hosts.");
    }
    return template;
  }
}
