package dev.cascade.models.raft;

import dev.cascade.models.machine.Storage;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a member must not forget: its term and vote, whether it knows the members, the last
 * snapshot and the entries after it. It is on the storage before anyone is told of it, and lives as
 * long as that storage.
 */
final class RaftLog {
  private static final String VOTE = "raft-vote";
  private static final String CONFIGURED = "raft-configured";
  private static final String SNAPSHOT = "raft-snapshot";
  private static final String LAST = "raft-last";
  private static final String ENTRY = "raft-entry-";

  /** Nobody was voted for in this term. */
  static final int NOBODY = -1;

  private final Storage storage;
  private final List<LogEntry> entries = new ArrayList<>(); // from snapshotIndex + 1 on

  private long term;
  private int votedFor = NOBODY;
  private boolean configured;
  private long snapshotIndex;
  private long snapshotTerm;
  private String snapshot = "";

  RaftLog(Storage storage) {
    this.storage = storage;
    storage
        .read(VOTE)
        .map(Fields::split)
        .ifPresent(
            vote -> {
              term = Long.parseLong(vote.get(0));
              votedFor = Integer.parseInt(vote.get(1));
            });
    configured = storage.read(CONFIGURED).isPresent();
    storage
        .read(SNAPSHOT)
        .map(Fields::split)
        .ifPresent(
            kept -> {
              snapshotIndex = Long.parseLong(kept.get(0));
              snapshotTerm = Long.parseLong(kept.get(1));
              snapshot = kept.get(2);
            });
    long lastIndex = storage.read(LAST).map(Long::parseLong).orElse(snapshotIndex);
    for (long index = snapshotIndex + 1; index <= lastIndex; index++) {
      List<String> fields = Fields.split(storage.read(ENTRY + index).orElseThrow());
      entries.add(new LogEntry(Long.parseLong(fields.get(0)), fields.get(1)));
    }
  }

  // ---- term, vote, configuration

  long term() {
    return term;
  }

  int votedFor() {
    return votedFor;
  }

  void vote(long newTerm, int member) {
    term = newTerm;
    votedFor = member;
    storage.write(VOTE, Fields.join(Long.toString(term), Integer.toString(votedFor)));
  }

  boolean isConfigured() {
    return configured;
  }

  void configure() {
    if (!configured) {
      configured = true;
      storage.write(CONFIGURED, "yes");
    }
  }

  // ---- entries

  long lastIndex() {
    return snapshotIndex + entries.size();
  }

  long lastTerm() {
    return termAt(lastIndex());
  }

  /** The term of an entry that is there, or the last of the snapshot. */
  long termAt(long index) {
    return index == snapshotIndex ? snapshotTerm : entry(index).term();
  }

  LogEntry entry(long index) {
    return entries.get((int) (index - snapshotIndex - 1));
  }

  /** At most so many entries, from this one on. */
  List<LogEntry> from(long index, int most) {
    int first = (int) (index - snapshotIndex - 1);
    return List.copyOf(entries.subList(first, Math.min(entries.size(), first + most)));
  }

  void append(LogEntry entry) {
    entries.add(entry);
    long index = lastIndex();
    storage.write(ENTRY + index, Fields.join(Long.toString(entry.term()), entry.command()));
    storage.write(LAST, Long.toString(index));
  }

  /** Takes this entry and all after it away: they were never committed. */
  void truncateFrom(long index) {
    long last = lastIndex();
    storage.write(LAST, Long.toString(index - 1));
    for (long gone = index; gone <= last; gone++) {
      storage.delete(ENTRY + gone);
      entries.remove(entries.size() - 1);
    }
  }

  // ---- snapshots

  long snapshotIndex() {
    return snapshotIndex;
  }

  long snapshotTerm() {
    return snapshotTerm;
  }

  String snapshot() {
    return snapshot;
  }

  /** Keeps the state as it is after an entry, and drops that entry and all before it. */
  void compact(long index, String state) {
    long indexTerm = termAt(index);
    long first = snapshotIndex + 1;
    keep(index, indexTerm, state);
    entries.subList(0, (int) (index - first + 1)).clear();
    for (long gone = first; gone <= index; gone++) {
      storage.delete(ENTRY + gone);
    }
  }

  /** Takes another's snapshot in place of all that is here. */
  void replace(long index, long indexTerm, String state) {
    truncateFrom(snapshotIndex + 1);
    keep(index, indexTerm, state);
    storage.write(LAST, Long.toString(index));
  }

  private void keep(long index, long indexTerm, String state) {
    snapshotIndex = index;
    snapshotTerm = indexTerm;
    snapshot = state;
    storage.write(SNAPSHOT, Fields.join(Long.toString(index), Long.toString(indexTerm), snapshot));
  }
}
