package dev.cascade.models.broker;

import dev.cascade.node.ReplyTo;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One group as its coordinator knows it. States and rules are those of Kafka's GroupMetadata. */
final class GroupState {
  /** Whether members have their parts. */
  enum Phase {
    /** Nobody is in it. */
    EMPTY,
    /** It waits until all have joined again. */
    PREPARING_REBALANCE,
    /** All have their parts. */
    STABLE
  }

  private static final class Member {
    Wire.JoinGroup wishes;
    boolean joins = true;

    Member(Wire.JoinGroup wishes) {
      this.wishes = wishes;
    }
  }

  private final TreeMap<String, Member> members = new TreeMap<>();
  private SortedMap<String, List<Integer>> parts = new TreeMap<>();
  private Phase phase = Phase.EMPTY;
  private int generation;
  private boolean initial;

  Phase phase() {
    return phase;
  }

  int generation() {
    return generation;
  }

  List<String> members() {
    return List.copyOf(members.navigableKeySet());
  }

  /** What a member who has not joined again may still wait for, in nanoseconds. */
  long rebalanceNanos() {
    return members.values().stream()
        .mapToLong(member -> member.wishes.rebalanceNanos())
        .max()
        .orElse(0);
  }

  /** A member joins; true if a rebalance begins with it. */
  boolean join(Wire.JoinGroup wish) {
    Member member = members.get(wish.member());
    if (member == null) {
      members.put(wish.member(), new Member(wish));
    } else {
      member.wishes = wish;
      member.joins = true;
    }
    if (phase == Phase.PREPARING_REBALANCE) {
      return false;
    }
    initial = phase == Phase.EMPTY;
    phase = Phase.PREPARING_REBALANCE;
    return true;
  }

  /** Whether this rebalance is the first of a group that was empty, and waits for more members. */
  boolean isInitial() {
    return initial;
  }

  /** Whether nobody is waited for. */
  boolean allHaveJoined() {
    return members.values().stream().allMatch(member -> member.joins);
  }

  /** A member goes, or is gone; true if a rebalance begins with it. */
  boolean remove(String name) {
    if (members.remove(name) == null) {
      return false;
    }
    if (members.isEmpty()) {
      phase = Phase.EMPTY;
      return false;
    }
    boolean begins = phase == Phase.STABLE;
    initial = initial && !begins;
    phase = Phase.PREPARING_REBALANCE;
    return begins;
  }

  /** What a member is told who says that it is there, or that it has done records. */
  Wire.Code codeFor(String name, int itsGeneration, boolean commits) {
    Member member = members.get(name);
    if (member == null) {
      return Wire.Code.UNKNOWN_MEMBER_ID;
    }
    if (itsGeneration != generation) {
      return Wire.Code.ILLEGAL_GENERATION;
    }
    return phase == Phase.PREPARING_REBALANCE && !commits
        ? Wire.Code.REBALANCE_IN_PROGRESS
        : Wire.Code.NONE;
  }

  /** How long a member may be silent; null if it waits for its part, or is not known. */
  @Nullable Long sessionNanos(String name) {
    Member member = members.get(name);
    return member == null || member.joins ? null : member.wishes.sessionNanos();
  }

  /** A member's new part. */
  record Part(ReplyTo replyTo, String topic, List<Integer> partitions) {}

  /** Ends the rebalance without those who have not joined; returns the members' parts. */
  List<Part> complete(int partitions) {
    members.values().removeIf(member -> !member.joins);
    if (members.isEmpty()) {
      phase = Phase.EMPTY;
      return List.of();
    }
    generation++;
    phase = Phase.STABLE;
    initial = false;
    Assignor assignor = members.firstEntry().getValue().wishes.assignor();
    parts = assignor.assign(members(), partitions, parts);
    List<Part> all = new ArrayList<>();
    members.forEach(
        (name, member) -> {
          member.joins = false;
          all.add(
              new Part(
                  member.wishes.replyTo(),
                  member.wishes.topic(),
                  parts.getOrDefault(name, List.of())));
        });
    return all;
  }

  /** The topic that the group reads. */
  String topic() {
    return members.firstEntry().getValue().wishes.topic();
  }
}
