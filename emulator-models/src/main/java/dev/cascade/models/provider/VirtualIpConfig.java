package dev.cascade.models.provider;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Virtual addresses, as many as replicas.
 *
 * @param target the entry that they lead to at first, dealt out over its hosts
 */
public record VirtualIpConfig(
    @JsonPropertyDescription("The entry that they lead to at first.") String target) {}
