package dev.cascade.models.spartan;

import dev.cascade.models.sparta.Allocation;
import dev.cascade.models.sparta.Share;
import dev.cascade.models.sparta.Wire;
import java.util.Arrays;

/** What one service knows of the allocation. It is shared by all threads of the service. */
final class View {
  /** How a change fits what is known. */
  enum Fit {
    /** It was taken in. */
    APPLIED,
    /** It follows on something that is not known. */
    GAP,
    /** It is of an older version than what is known. */
    OLDER
  }

  private final int self;
  private final int[] shares;
  private long version;
  private boolean inRing;
  private Runnable whenChanged = () -> {};

  View(int self, int services) {
    this.self = self;
    this.shares = new int[services];
  }

  /** Who is told of every change; nobody is at first. */
  void whenChanged(Runnable listener) {
    whenChanged = listener;
  }

  /** The version that is known; 0 if none is. */
  long version() {
    return version;
  }

  /** Whether the service has not left the ring. */
  boolean inRing() {
    return inRing;
  }

  /** Whether the buckets of a service have an owner, as far as is known here. */
  boolean owned(int service) {
    return inRing && Share.decoded(shares[service]).owned();
  }

  /** Whether the service is in the ring and has its buckets. */
  boolean allocated() {
    return owned(self);
  }

  Fit apply(Wire.Snapshot snapshot) {
    Allocation allocation = snapshot.allocation();
    if (allocation.version() < version) {
      return Fit.OLDER;
    }
    for (int service = 0; service < shares.length; service++) {
      shares[service] = allocation.shares().get(service);
    }
    version = allocation.version();
    inRing = true;
    whenChanged.run();
    return Fit.APPLIED;
  }

  Fit apply(Wire.Delta delta) {
    if (delta.version() < version) {
      return Fit.OLDER;
    }
    if (delta.base() != version) {
      return Fit.GAP;
    }
    delta.changes().forEach(change -> shares[change.service()] = change.share());
    version = delta.version();
    whenChanged.run();
    return Fit.APPLIED;
  }

  /** Forgets all: the service leaves the ring. */
  void drop() {
    version = 0;
    inRing = false;
    Arrays.fill(shares, 0);
    whenChanged.run();
  }
}
