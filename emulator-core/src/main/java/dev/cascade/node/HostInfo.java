package dev.cascade.node;

/**
 * What everyone may know of a host.
 *
 * @param name unique in a run, {@code [a-z0-9-]+}
 * @param zone the zone that it stands in, or the empty string
 * @param entry the entry of the scenario's topology that it belongs to
 * @param template the way it boots, one of those its model declared
 */
public record HostInfo(String name, String zone, String entry, String template) {
  public HostInfo {
    Address.of(name, "x"); // checks the name
  }
}
