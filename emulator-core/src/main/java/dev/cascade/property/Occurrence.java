package dev.cascade.property;

import java.util.Map;

/**
 * An event of the run.
 *
 * @param timeNanos virtual time
 * @param name as declared by its model
 * @param fields what it carries
 * @param host where it happened
 */
public record Occurrence(long timeNanos, String name, Map<String, String> fields, String host) {}
