package dev.cascade.models.logs;

import dev.cascade.models.records.LineKind;
import dev.cascade.models.records.Lines;
import dev.cascade.models.records.Records;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines that an agent gathers until they are enough for a request, or old enough. */
final class Batch {
  private final AgentConfig config;
  private final Map<LineKind, Lines> byKind = new LinkedHashMap<>();
  private int records;
  private long bytes;

  Batch(AgentConfig config) {
    this.config = config;
  }

  boolean isEmpty() {
    return byKind.isEmpty();
  }

  /** Its lines. */
  long lines() {
    return byKind.values().stream().mapToLong(Lines::count).sum();
  }

  /** Puts in as many of these lines as there is room for; how many. */
  int add(Lines lines) {
    LineKind kind = lines.kind();
    int perRecord = config.linesPerRecord(kind.bytes());
    Lines before = byKind.get(kind);
    int had = before == null ? 0 : before.count();
    int recordsHad = records(had, perRecord);
    long linesMax = (long) (config.batchRecords() - (records - recordsHad)) * perRecord - had;
    long fitting = (config.batchSize().bytes() - bytes) / kind.bytes();
    int in = (int) Math.max(0, Math.min(lines.count(), Math.min(linesMax, fitting)));
    if (in == 0 && isEmpty()) {
      in = 1; // a line larger than a batch goes alone
    }
    if (in > 0) {
      long since = before == null ? lines.writtenNanos() : before.writtenNanos();
      byKind.put(kind, new Lines(kind, had + in, since));
      records += records(had + in, perRecord) - recordsHad;
      bytes += (long) in * kind.bytes();
    }
    return in;
  }

  private static int records(int lines, int perRecord) {
    return (lines + perRecord - 1) / perRecord;
  }

  /** Its records. */
  List<Records> records() {
    List<Records> all = new ArrayList<>();
    for (Lines lines : byKind.values()) {
      int perRecord = config.linesPerRecord(lines.kind().bytes());
      int full = lines.count() / perRecord;
      int rest = lines.count() % perRecord;
      if (full > 0) {
        all.add(new Records(lines.kind(), perRecord, full, lines.writtenNanos()));
      }
      if (rest > 0) {
        all.add(new Records(lines.kind(), rest, 1, lines.writtenNanos()));
      }
    }
    return all;
  }
}
