package dev.cascade.models.etcd;

/**
 * A key's value.
 *
 * @param modified the change that wrote it
 */
public record EtcdNode(String value, long modified) {}
