package dev.cascade.node;

import java.util.List;

/**
 * Documentation of one kind of event.
 *
 * @param name what happened, {@code node-ready}
 * @param fields the keys of its fields
 * @param help one sentence
 */
public record EventInfo(String name, List<String> fields, String help) {}
