package dev.cascade.models.kinesis;

import dev.cascade.models.records.Records;
import dev.cascade.models.records.TokenBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One shard: what comes in, what is kept, and who has read how far. */
final class Shard {
  /** How far one application has got. */
  private static final class Reader {
    private long chunk;
    private int offset; // records of the chunk that it has
    private long records; // passed: done, or lost
    private long bytes;
    private long lostLines;
    private Wire.@Nullable Got given; // that it has not said it has done
    private final ReadLimit own = new ReadLimit(Limits.READ_BYTES); // of enhanced fan-out
  }

  private final int number;
  private final int parent;
  private final long keyFrom;
  private final long keyTo;
  private final long retentionNanos;

  private final TokenBucket writeRecords =
      new TokenBucket(Limits.WRITE_RECORDS, Limits.WRITE_RECORDS);
  private final TokenBucket writeBytes = new TokenBucket(Limits.WRITE_BYTES, Limits.WRITE_BYTES);
  private final ReadLimit shared = new ReadLimit(Limits.READ_BYTES);
  private final TokenBucket calls = new TokenBucket(Limits.READ_CALLS, Limits.READ_CALLS);

  private final ShardLog log = new ShardLog();
  private final TreeMap<String, Reader> readers = new TreeMap<>();
  private List<Integer> children = List.of();
  private long recordsIn;
  private long bytesIn;

  /**
   * An open shard.
   *
   * @param parent the shard that it came from; -1 if it was there at the start
   * @param keyFrom the first hash of its range
   * @param keyTo the hash after its range
   */
  Shard(int number, int parent, long keyFrom, long keyTo, long retentionNanos) {
    this.number = number;
    this.parent = parent;
    this.keyFrom = keyFrom;
    this.keyTo = keyTo;
    this.retentionNanos = retentionNanos;
  }

  int number() {
    return number;
  }

  int parent() {
    return parent;
  }

  long keyFrom() {
    return keyFrom;
  }

  long keyTo() {
    return keyTo;
  }

  /** An application reads from the oldest record on, if it does not yet. */
  void register(String application) {
    readers.computeIfAbsent(
        application,
        name -> {
          Reader reader = new Reader();
          reader.chunk = log.start();
          reader.records = recordsIn - kept().records();
          reader.bytes = bytesIn - kept().bytes();
          return reader;
        });
  }

  /** How much there is. */
  record Amount(long records, long bytes) {}

  private Amount kept() {
    long records = 0;
    long bytes = 0;
    for (long chunk = log.start(); chunk < log.end(); chunk++) {
      records += log.chunk(chunk).count();
      bytes += log.chunk(chunk).bytes();
    }
    return new Amount(records, bytes);
  }

  // ---- in

  /** Takes as many of these records as its limits allow; how many. */
  int put(Records some, long nowNanos) {
    int each = some.bytesEach();
    expire(nowNanos);
    int byBytes = writeBytes.has(some.count(), each, nowNanos);
    int taken = Math.min(byBytes, writeRecords.has(some.count(), 1, nowNanos));
    if (taken > 0) {
      writeBytes.take((double) taken * each);
      writeRecords.take(taken);
      log.append(some.of(taken), nowNanos);
      recordsIn += taken;
      bytesIn += (long) taken * each;
    }
    return taken;
  }

  /** It takes nothing any more: these do. */
  void close(List<Integer> newChildren) {
    children = List.copyOf(newChildren);
  }

  boolean isClosed() {
    return !children.isEmpty();
  }

  // ---- out

  /**
   * What a call of GetRecords reads; null if it is throttled.
   *
   * @param enhanced whether the application has enhanced fan-out
   */
  Wire.@Nullable Got get(
      String application, long chunk, int offset, boolean enhanced, long nowNanos) {
    register(application);
    Reader reader = reader(application);
    ReadLimit limit = enhanced ? reader.own : shared;
    if (!limit.isOpen(nowNanos) || (!enhanced && calls.has(1, 1, nowNanos) < 1)) {
      return null;
    }
    if (!enhanced) {
      calls.take(1);
    }
    settle(reader, chunk, offset);
    expire(nowNanos);
    chunk = reader.chunk; // it may have lost what it asked for
    offset = reader.offset;
    forget();
    List<Records> records = new ArrayList<>();
    int left = Limits.CALL_RECORDS;
    long bytesLeft = Limits.CALL_BYTES;
    while (chunk < log.end()) {
      Records all = log.chunk(chunk);
      int rest = all.count() - offset;
      int some = (int) Math.min(Math.min(rest, left), bytesLeft / all.bytesEach());
      if (some > 0) {
        records.add(all.of(some));
        left -= some;
        bytesLeft -= (long) some * all.bytesEach();
      }
      if (some < rest) {
        offset += some;
        break;
      }
      chunk++;
      offset = 0;
    }
    log.reached(chunk);
    long bytes = Limits.CALL_BYTES - bytesLeft;
    limit.read(bytes, nowNanos);
    Wire.Got got =
        new Wire.Got(number, records, chunk, offset, chunk == log.end() ? children : List.of());
    reader.given = got;
    return got;
  }

  /** The application asks for what follows this: it has done what it was given before. */
  void settle(String application, long chunk, int offset) {
    settle(reader(application), chunk, offset);
  }

  /** The application reads what follows on this shard: it has done all that it was given. */
  void finish(String application) {
    Wire.Got given = reader(application).given;
    if (given != null) {
      settle(application, given.chunk(), given.offset());
      forget();
    }
  }

  private void settle(Reader reader, long from, int fromOffset) {
    long chunk = Math.max(from, log.start());
    int offset = chunk == from ? fromOffset : 0;
    Wire.Got given = reader.given;
    if (given != null && given.chunk() == from && given.offset() == fromOffset) {
      for (Records done : given.records()) {
        reader.records += done.count();
        reader.bytes += done.bytes();
      }
      reader.given = null;
    }
    reader.chunk = chunk;
    reader.offset = offset;
  }

  /** What an application has not done. */
  Amount lag(String application) {
    Reader reader = reader(application);
    return new Amount(recordsIn - reader.records, bytesIn - reader.bytes);
  }

  /**
   * How long ago the oldest line was written that an application has not done; 0 if there is none.
   */
  long ageNanos(String application, long nowNanos) {
    Reader reader = reader(application);
    long chunk = Math.max(reader.chunk, log.start());
    boolean all = reader.records == recordsIn || chunk >= log.end();
    return all ? 0 : Math.max(0, nowNanos - log.chunk(chunk).writtenNanos());
  }

  /** Lines that an application will never read, since the last time this was asked. */
  long takeLost(String application) {
    Reader reader = reader(application);
    long lost = reader.lostLines;
    reader.lostLines = 0;
    return lost;
  }

  private Reader reader(String application) {
    Reader reader = readers.get(application);
    if (reader == null) {
      throw new IllegalStateException(application + " does not read the shard " + number + ".");
    }
    return reader;
  }

  /** Deletes what is older than the retention; it is lost to who has not read it. */
  void expire(long nowNanos) {
    while (log.isOver(nowNanos - retentionNanos)) {
      long chunk = log.start();
      Records gone = log.removeOldest();
      for (Reader reader : readers.values()) {
        if (reader.chunk <= chunk) {
          int had = reader.chunk == chunk ? reader.offset : 0;
          Records lost = gone.of(gone.count() - had);
          reader.lostLines += lost.lines();
          reader.records += lost.count();
          reader.bytes += lost.bytes();
          reader.chunk = chunk + 1;
          reader.offset = 0;
        }
      }
    }
  }

  /** What all have read is not kept, as nobody reads it again. */
  private void forget() {
    long first = log.end();
    for (Reader reader : readers.values()) {
      first = Math.min(first, reader.chunk);
    }
    log.forget(first);
  }
}
