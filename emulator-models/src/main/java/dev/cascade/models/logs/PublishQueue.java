package dev.cascade.models.logs;

import dev.cascade.models.records.Records;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches that wait to be sent, and the one that is under way: what an agent knows of how far it
 * has got, which survives it. What was under way is sent again then.
 */
final class PublishQueue {
  private final AgentConfig config;
  private Batch gathered;
  private final ArrayDeque<ArrayDeque<Records>> batches = new ArrayDeque<>();
  private List<Records> underWay = List.of();

  PublishQueue(AgentConfig config) {
    this.config = config;
    this.gathered = new Batch(config);
  }

  /** The batch that is gathered. */
  Batch gathered() {
    return gathered;
  }

  /** It waits to be sent, and another one is gathered. */
  void flush() {
    if (!gathered.isEmpty()) {
      add(gathered.records());
      gathered = new Batch(config);
    }
  }

  /** Batches that wait. */
  int size() {
    return batches.size();
  }

  boolean isFull() {
    return batches.size() >= config.queue();
  }

  /** Records under way. */
  int underWay() {
    return underWay.stream().mapToInt(Records::count).sum();
  }

  /** Lines that it holds. */
  long lines() {
    long waiting = batches.stream().flatMap(ArrayDeque::stream).mapToLong(Records::lines).sum();
    return gathered.lines() + waiting + underWay.stream().mapToLong(Records::lines).sum();
  }

  /** Puts a batch at the end. */
  void add(List<Records> batch) {
    batches.addLast(new ArrayDeque<>(batch));
  }

  /** Takes records for a request: the oldest, of as many batches as there is room for. */
  List<Records> take(int maxRecords, long maxBytes) {
    List<Records> taken = new ArrayList<>();
    int records = 0;
    long bytes = 0;
    while (!batches.isEmpty()) {
      ArrayDeque<Records> batch = batches.element();
      Records group = batch.element();
      long byBytes = (maxBytes - bytes) / group.bytesEach();
      int some = (int) Math.min(group.count(), Math.min(maxRecords - records, byBytes));
      if (some <= 0 && !taken.isEmpty()) {
        break;
      }
      some = Math.max(1, some);
      taken.add(group.of(some));
      records += some;
      bytes += (long) some * group.bytesEach();
      batch.remove();
      if (some < group.count()) {
        batch.addFirst(group.of(group.count() - some));
        break;
      }
      if (batch.isEmpty()) {
        batches.remove();
      }
    }
    underWay = taken;
    return taken;
  }

  /**
   * The request is over.
   *
   * @param throttled of each of its groups, how many records are to go with the next
   */
  void done(List<Integer> throttled) {
    ArrayDeque<Records> again = new ArrayDeque<>();
    for (int i = 0; i < underWay.size(); i++) {
      if (throttled.get(i) > 0) {
        again.add(underWay.get(i).of(throttled.get(i)));
      }
    }
    underWay = List.of();
    if (!again.isEmpty()) {
      batches.addFirst(again);
    }
  }

  /** Nobody knows whether the request that was under way is done: all of it goes with the next. */
  void undone() {
    done(underWay.stream().map(Records::count).toList());
  }
}
