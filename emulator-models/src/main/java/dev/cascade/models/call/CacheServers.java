package dev.cascade.models.call;

import dev.cascade.models.memcache.ServerRing;
import dev.cascade.node.Address;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cache servers as one client knows them: who has which key, and who is left out. */
final class CacheServers {
  private final Caching config;
  private final ServerRing ring;
  private final TreeMap<String, Integer> failures = new TreeMap<>(); // in a row
  private final TreeMap<String, Long> out = new TreeMap<>(); // until when

  CacheServers(Caching config, List<Address> servers) {
    this.config = config;
    this.ring = new ServerRing(servers, config.distribution());
  }

  /** The server of a key; null if all are left out. */
  @Nullable Address of(long key, long now) {
    out.entrySet()
        .removeIf(
            server -> {
              boolean due = server.getValue() <= now;
              if (due) {
                ring.eject(Address.parse(server.getKey()), false);
              }
              return due;
            });
    return ring.of(key);
  }

  void succeeded(Address server) {
    failures.remove(server.toString());
  }

  /** Counts a failure; true if the server is left out from now on. */
  boolean failed(Address server, long now) {
    String name = server.toString();
    int inARow = failures.merge(name, 1, Integer::sum);
    if (!config.autoEjectHosts() || inARow < config.serverFailureLimit() || out.containsKey(name)) {
      return false;
    }
    failures.remove(name);
    out.put(name, now + config.serverRetryTimeout().toNanos());
    ring.eject(server, true);
    return true;
  }
}
