package dev.cascade.models.sparta;

import dev.cascade.node.Address;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sessions of one instance. A client that gives one up without a word leaves it behind. */
final class Sessions {
  /** A session. */
  static final class Session {
    final int service;
    final long number;
    final Address client;
    private final BitSet subscriptions = new BitSet();
    private long heardNanos;
    private long told; // the version
    private long changes;

    private Session(Wire.Open open, long nowNanos) {
      this.service = open.service();
      this.number = open.session();
      this.client = open.client();
      this.heardNanos = nowNanos;
      open.subscriptions().forEach(subscriptions::set);
    }

    /** All of it. */
    Wire.Snapshot snapshot(Allocation allocation) {
      told = allocation.version();
      return new Wire.Snapshot(number, changes, allocation);
    }

    /** What the client wants to know of these changes; null if nothing. */
    Wire.@Nullable Delta delta(Allocation allocation, Set<Integer> changed) {
      List<Wire.Changed> wanted = new ArrayList<>();
      for (int each : changed) {
        if (subscriptions.get(each)) {
          wanted.add(new Wire.Changed(each, allocation.shares().get(each)));
        }
      }
      if (wanted.isEmpty()) {
        return null;
      }
      Wire.Delta delta = new Wire.Delta(number, changes++, told, allocation.version(), wanted);
      told = allocation.version();
      return delta;
    }
  }

  private record Key(int service, long number) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byService = Integer.compare(service, other.service);
      return byService != 0 ? byService : Long.compare(number, other.number);
    }
  }

  private final TreeMap<Key, Session> open = new TreeMap<>();

  int count() {
    return open.size();
  }

  /** A session for a client; the same again if it has asked twice. */
  Session open(Wire.Open request, long nowNanos) {
    return open.computeIfAbsent(
        new Key(request.service(), request.session()), key -> new Session(request, nowNanos));
  }

  @Nullable Session find(Wire.FromClient request) {
    return open.get(new Key(request.service(), request.session()));
  }

  /** The client lives; null if its session is over. */
  @Nullable Session heard(Wire.FromClient request, long nowNanos) {
    Session session = find(request);
    if (session != null) {
      session.heardNanos = nowNanos;
    }
    return session;
  }

  /** Ends a session; null if there is none. */
  @Nullable Session close(Wire.FromClient request) {
    return open.remove(new Key(request.service(), request.session()));
  }

  /** Ends those whose clients were silent for so long. */
  List<Session> expire(long nowNanos, long ttlNanos) {
    List<Session> expired =
        open.values().stream()
            .filter(session -> nowNanos - session.heardNanos >= ttlNanos)
            .toList();
    expired.forEach(session -> open.remove(new Key(session.service, session.number)));
    return expired;
  }

  /** All, in the order of their services. */
  List<Session> all() {
    return List.copyOf(open.values());
  }
}
