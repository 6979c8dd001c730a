package dev.cascade.models.sparta;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who has which buckets, as of one version: for each service, in the order of the registered names,
 * a {@link Share}. The buckets themselves are not in it, as their places follow from the names.
 *
 * @param version of all of it
 * @param shares of all services, as {@link Share#encoded}
 */
public record Allocation(long version, List<Integer> shares) {
  public Allocation {
    shares = List.copyOf(shares);
  }

  /** Nobody has anything. */
  static Allocation empty(int services) {
    return new Allocation(0, Collections.nCopies(services, Share.NONE.encoded()));
  }

  /** Everybody has all that is theirs, and has long had it. */
  static Allocation full(int services, int stages) {
    return new Allocation(
        services, Collections.nCopies(services, new Share(true, stages).encoded()));
  }

  /** The share of a service. */
  Share share(int service) {
    return Share.decoded(shares.get(service));
  }

  /** The same but for some services, as another version. */
  Allocation with(List<Wire.Changed> changes, long newVersion) {
    List<Integer> changed = new ArrayList<>(shares);
    changes.forEach(change -> changed.set(change.service(), change.share()));
    return new Allocation(newVersion, changed);
  }

  /** The services whose shares differ, in order. */
  List<Integer> differences(Allocation other) {
    List<Integer> differing = new ArrayList<>();
    for (int service = 0; service < shares.size(); service++) {
      if (!shares.get(service).equals(other.shares.get(service))) {
        differing.add(service);
      }
    }
    return differing;
  }
}
