package dev.cascade.models.kinesis;

import dev.cascade.models.records.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of one shard, as chunks of equal ones: 20 bytes a chunk, however many records it is.
 * What is equal and comes in the same second goes into one chunk, as long as nobody has got there.
 */
final class ShardLog {
  /**
   * Chunks that a shard keeps at most, whatever its retention says; the oldest go before their
   * time. A structural bound, 80 MB of the machine that emulates.
   */
  static final int MAX_CHUNKS = 1 << 22;

  /** What all records of a chunk have in common. */
  private final List<Records> forms = new ArrayList<>();

  private final Map<Records, Integer> formOf = new HashMap<>(); // answers, is never walked
  private final Map<Integer, Long> thisSecond = new HashMap<>(); // chunk of a form; never walked

  private int[] form = new int[64]; // by chunk, around
  private int[] count = new int[64];
  private int[] second = new int[64]; // in which it came
  private long[] written = new long[64];
  private long start;
  private long end;
  private long furthest; // the chunk that the first of the readers reads next

  /** The number of the oldest chunk. */
  long start() {
    return start;
  }

  /** The number of the next chunk. */
  long end() {
    return end;
  }

  /** Puts records at the end. */
  void append(Records records, long nowNanos) {
    int now = (int) (nowNanos / 1_000_000_000);
    if (end > start && second[place(end - 1)] != now) {
      thisSecond.clear();
    }
    int number = form(records);
    Long open = thisSecond.get(number);
    if (open != null && open >= Math.max(start, furthest)) {
      count[place(open)] += records.count();
      return;
    }
    if (end - start == form.length) {
      grow();
    }
    int place = place(end);
    form[place] = number;
    count[place] = records.count();
    second[place] = now;
    written[place] = records.writtenNanos();
    thisSecond.put(number, end);
    end++;
  }

  private int form(Records records) {
    Records key = new Records(records.kind(), records.linesEach(), 0, 0);
    return formOf.computeIfAbsent(
        key,
        unseen -> {
          forms.add(unseen);
          return forms.size() - 1;
        });
  }

  private int place(long chunk) {
    return (int) (chunk & (form.length - 1));
  }

  private void grow() {
    int size = form.length;
    int[] newForm = new int[size * 2];
    int[] newCount = new int[size * 2];
    int[] newSecond = new int[size * 2];
    long[] newWritten = new long[size * 2];
    for (long chunk = start; chunk < end; chunk++) {
      int to = (int) (chunk & (size * 2 - 1));
      newForm[to] = form[place(chunk)];
      newCount[to] = count[place(chunk)];
      newSecond[to] = second[place(chunk)];
      newWritten[to] = written[place(chunk)];
    }
    form = newForm;
    count = newCount;
    second = newSecond;
    written = newWritten;
  }

  /** The records of a chunk. */
  Records chunk(long chunk) {
    int place = place(chunk);
    Records common = forms.get(form[place]);
    return new Records(common.kind(), common.linesEach(), count[place], written[place]);
  }

  /** Whether the oldest chunk came before this time, or there are too many. */
  boolean isOver(long beforeNanos) {
    return start < end
        && (second[place(start)] < beforeNanos / 1_000_000_000 || end - start >= MAX_CHUNKS);
  }

  /** Forgets the oldest chunk. */
  Records removeOldest() {
    Records oldest = chunk(start);
    start++;
    return oldest;
  }

  /** A reader has got here: what is before it grows no more. */
  void reached(long chunk) {
    furthest = Math.max(furthest, chunk);
  }

  /** Forgets all that nobody reads again. */
  void forget(long before) {
    start = Math.max(start, Math.min(before, end));
    if (start == end && form.length > 64) {
      form = new int[64];
      count = new int[64];
      second = new int[64];
      written = new long[64];
    }
  }

  /** Memory of the chunks, in bytes. */
  long memoryBytes() {
    return 20L * form.length;
  }
}
