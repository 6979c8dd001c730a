package dev.cascade.engine;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of every message of a run.
 *
 * @param sent by processes, kernels that sent again, and timers
 * @param duplicated copies that the network made
 * @param handled taken by the actor that they were for
 * @param dropped by place, type and reason; in the order of these
 * @param lostInCrashes in the mailboxes of processes that were killed
 * @param queued in mailboxes now
 * @param inFlight on the network now
 */
public record MessageCounts(
    long sent,
    long duplicated,
    long handled,
    Map<Drop, Long> dropped,
    long lostInCrashes,
    long queued,
    long inFlight) {

  /**
   * One kind of drop.
   *
   * @param place topology entry and process, or the two entries of a link
   * @param type simple name of the message's type
   * @param reason why
   */
  public record Drop(String place, String type, String reason) implements Comparable<Drop> {
    @Override
    public int compareTo(Drop other) {
      int byPlace = place.compareTo(other.place);
      int byType = byPlace != 0 ? byPlace : type.compareTo(other.type);
      return byType != 0 ? byType : reason.compareTo(other.reason);
    }
  }

  /** No messages yet. */
  static MessageCounts none() {
    return new MessageCounts(0, 0, 0, new TreeMap<>(), 0, 0, 0);
  }

  /** All drops together. */
  public long droppedTotal() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Messages that came into being less those whose end is known: 0 if the accounts balance. */
  public long missing() {
    return sent + duplicated - handled - droppedTotal() - lostInCrashes - queued - inFlight;
  }
}
