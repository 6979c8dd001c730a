package dev.cascade.engine;

import java.util.Map;

/**
 * Something that a process recorded.
 *
 * @param timeNanos when
 * @param host where; its events of one time keep their order
 * @param process who, with the host: an address
 * @param name what, as its model declared it
 * @param fields more about it, in the order given
 */
public record RecordedEvent(
    long timeNanos, String host, String process, String name, Map<String, String> fields) {}
