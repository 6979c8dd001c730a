package dev.cascade.models.memcache;

import dev.cascade.node.Address;
import dev.cascade.random.Hash64;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of several servers has a key; the words are those of twemproxy. */
public final class ServerRing {
  /** How keys are spread. */
  public enum Distribution {
    /** Consistent hashing: without a server only its own keys move. */
    KETAMA,
    /** The key's hash modulo the number of servers: without one nearly all keys move. */
    MODULA
  }

  /** Places of each server on the ring: 40 hashes of 4 points each, libketama's. */
  private static final int POINTS = 160;

  private record Point(long hash, int server) {}

  private final List<Address> servers;
  private final Distribution distribution;
  private final boolean[] out;
  private List<Point> ring = List.of();
  private List<Integer> live = List.of();

  /** All servers in. */
  public ServerRing(List<Address> servers, Distribution distribution) {
    this.servers = List.copyOf(servers);
    this.distribution = distribution;
    this.out = new boolean[servers.size()];
    rebuild();
  }

  /** Takes a server out, or back in. */
  public void eject(Address server, boolean ejected) {
    out[servers.indexOf(server)] = ejected;
    rebuild();
  }

  private void rebuild() {
    List<Point> points = new ArrayList<>();
    List<Integer> in = new ArrayList<>();
    for (int i = 0; i < out.length; i++) {
      if (!out[i]) {
        in.add(i);
        long name = Hash64.of(servers.get(i).toString());
        for (int point = 0; point < POINTS; point++) {
          points.add(new Point(Hash64.combine(name, point), i));
        }
      }
    }
    points.sort(Comparator.comparingLong(Point::hash).thenComparingInt(Point::server));
    ring = points;
    live = in;
  }

  /** The server of a key; null if all are out. */
  public @Nullable Address of(long key) {
    if (live.isEmpty()) {
      return null;
    }
    long hash = Hash64.mix(key);
    if (distribution == Distribution.MODULA) {
      return servers.get(live.get((int) Long.remainderUnsigned(hash, live.size())));
    }
    int low = 0;
    int high = ring.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ring.get(middle).hash() < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return servers.get(ring.get(low % ring.size()).server());
  }
}
