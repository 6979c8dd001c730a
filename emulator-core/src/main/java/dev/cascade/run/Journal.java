package dev.cascade.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened, in the order in which it became known. */
final class Journal {
  /** Events that are kept: as many as anybody reads; further ones are counted alone. */
  static final int EVENTS_MAX = 50_000;

  private final List<JournalEntry> entries = new ArrayList<>();
  private final RunListener listener;
  private long events;

  Journal(RunListener listener) {
    this.listener = listener;
  }

  /** Notes something, with keys and values in turn. */
  void note(long timeNanos, JournalEntry.Kind kind, String name, String... fields) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      map.put(fields[i], fields[i + 1]);
    }
    add(new JournalEntry(timeNanos, kind, name, map));
  }

  /** Notes an event of a process. */
  void event(long timeNanos, String name, String process, Map<String, String> fields) {
    events++;
    if (events > EVENTS_MAX) {
      return;
    }
    Map<String, String> map = new LinkedHashMap<>();
    map.put("process", process);
    map.putAll(fields);
    add(new JournalEntry(timeNanos, JournalEntry.Kind.EVENT, name, map));
  }

  private void add(JournalEntry entry) {
    entries.add(entry);
    listener.onJournal(entry);
  }

  /** Notes the end, and how many events were not kept if there were too many. */
  void end(long timeNanos, Ending how, Verdict verdict) {
    if (events > EVENTS_MAX) {
      String left = Long.toString(events - EVENTS_MAX);
      note(
          timeNanos,
          JournalEntry.Kind.END,
          how.word(),
          "verdict",
          verdict.word(),
          "eventsLeftOut",
          left);
    } else {
      note(timeNanos, JournalEntry.Kind.END, how.word(), "verdict", verdict.word());
    }
  }

  List<JournalEntry> entries() {
    return List.copyOf(entries);
  }
}
