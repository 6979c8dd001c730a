package dev.cascade.models.ring;

import dev.cascade.random.Hash64;
import java.util.Arrays;
import java.util.List;

/**
 * A consistent-hash ring. Each instance has the same number of buckets; where a bucket lies is a
 * function of the instance's name and the bucket's number alone, so that nobody has to be told: a
 * topology is a list of names, and all who hold the same list can share one ring. A key belongs to
 * the first bucket clockwise.
 */
public final class Ring {
  private final List<String> instances;
  private final int bucketsEach;
  private final long[] positions; // sorted as unsigned numbers
  private final int[] owners; // places in instances

  private Ring(List<String> instances, int bucketsEach, long[] positions, int[] owners) {
    this.instances = instances;
    this.bucketsEach = bucketsEach;
    this.positions = positions;
    this.owners = owners;
  }

  /** A ring of these instances, with so many buckets each. */
  public static Ring of(List<String> instances, int bucketsEach) {
    if (bucketsEach < 1) {
      throw new IllegalArgumentException(
          "The buckets (" + bucketsEach + ") of an instance must be at least 1. Maybe 1000?");
    }
    int count = instances.size() * bucketsEach;
    // A position and its owner in one number each: the lowest bits of a position are given up for
    // the owner's place, which also settles who comes first where two buckets fall on one point.
    int ownerBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(instances.size()));
    long ownerMask = (1L << ownerBits) - 1;
    long[] points = new long[count];
    int next = 0;
    for (int owner = 0; owner < instances.size(); owner++) {
      long name = Hash64.of(instances.get(owner));
      for (int bucket = 0; bucket < bucketsEach; bucket++) {
        points[next++] = ((position(name, bucket) & ~ownerMask) | owner) ^ Long.MIN_VALUE;
      }
    }
    Arrays.sort(points);
    int[] owners = new int[count];
    for (int i = 0; i < count; i++) {
      points[i] ^= Long.MIN_VALUE;
      owners[i] = (int) (points[i] & ownerMask);
      points[i] &= ~ownerMask;
    }
    return new Ring(List.copyOf(instances), bucketsEach, points, owners);
  }

  private static long position(long name, int bucket) {
    return Hash64.combine(name, bucket);
  }

  /** The instances, in the order in which they were given. */
  public List<String> instances() {
    return instances;
  }

  /** Buckets of each instance. */
  public int bucketsEach() {
    return bucketsEach;
  }

  /** The place in {@link #instances} of the one that has a key; -1 if there is none. */
  public int ownerOf(long key) {
    if (owners.length == 0) {
      return -1;
    }
    long position = Hash64.mix(key);
    int low = 0;
    int high = positions.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(positions[middle], position) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return owners[low % owners.length];
  }

  /** The share of all keys that each instance has, 0 to 1, by its place. */
  public double[] shares() {
    double[] shares = new double[instances.size()];
    for (int i = 0; i < positions.length; i++) {
      long before = positions[i == 0 ? positions.length - 1 : i - 1];
      long arc = positions[i] - before; // modulo 2^64
      shares[owners[i]] +=
          positions.length == 1 ? 1 : Math.scalb((double) (arc >>> 1), -Long.SIZE + 1);
    }
    return shares;
  }

  /** Bytes that the ring's tables take. */
  public long tableBytes() {
    return (long) positions.length * (Long.BYTES + Integer.BYTES);
  }
}
