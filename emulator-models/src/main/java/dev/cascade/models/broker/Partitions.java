package dev.cascade.models.broker;

import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The partitions that one broker leads. */
final class Partitions {
  private final Env<?> env;
  private final String broker;
  private final Disk disk;

  private final TreeMap<String, PartitionLog> logs = new TreeMap<>();
  private final TreeMap<String, Metrics.Counter> counters = new TreeMap<>();
  private final TreeMap<String, Metrics.Gauge> gauges = new TreeMap<>();
  private final TreeMap<String, Long> sent = new TreeMap<>(); // up to which offset, to each group
  private final TreeMap<String, Integer> recordBytes = new TreeMap<>();

  Partitions(Env<?> env, String broker, BrokerConfig config, int self, int brokers) {
    this.env = env;
    this.broker = broker;
    this.disk = env.disk(Disk.Lifetime.MACHINE);
    for (Topic topic : config.topics()) {
      recordBytes.put(topic.name(), (int) topic.recordSize().bytes());
      for (int partition = 0; partition < topic.partitions(); partition++) {
        if (partition % brokers == self) {
          logs.put(key(topic.name(), partition), log(topic, partition));
        }
      }
    }
  }

  /** A log is a file that only this process writes, and finds again after a crash. */
  private PartitionLog log(Topic topic, int partition) {
    return disk.read(key(topic.name(), partition), PartitionLog.class)
        .orElseGet(() -> PartitionLog.empty(topic));
  }

  /** What a crash leaves is what was written last. */
  private void write(String topic, int partition, PartitionLog log) {
    String file = key(topic, partition);
    disk.write(file, log);
    logs.put(file, log);
  }

  private static String key(String topic, int partition) {
    return topic + "-" + partition;
  }

  /** Appends a record. */
  void append(String topic, int partition) {
    PartitionLog log = log(topic, partition);
    if (log == null) {
      return;
    }
    PartitionLog longer = log.append(env.nowNanos());
    write(topic, partition, longer);
    long deleted = longer.start() - log.start();
    counter("broker_records_in_total", "topic", topic).increment();
    counter("broker_records_deleted_total", "topic", topic).add(deleted);
    note(topic, partition, longer);
  }

  private @Nullable PartitionLog log(String topic, int partition) {
    return logs.get(key(topic, partition));
  }

  private void note(String topic, int partition, PartitionLog log) {
    gauge("broker_log_bytes", "topic", topic, "partition", Integer.toString(partition))
        .set((double) log.bytes());
  }

  /** The end of each partition of a topic that this broker leads. */
  List<Wire.Position> ends(String topic, int partitions) {
    List<Wire.Position> ends = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      PartitionLog log = log(topic, partition);
      if (log != null) {
        ends.add(new Wire.Position(partition, log.end()));
      }
    }
    return ends;
  }

  /** Whether any of the partitions has a record that was not read. */
  boolean has(Wire.Fetch fetch) {
    for (Wire.Position position : fetch.positions()) {
      PartitionLog log = log(fetch.topic(), position.partition());
      if (log != null && log.end() > position.offset()) {
        return true;
      }
    }
    return false;
  }

  /** Records for a fetch. */
  Wire.Fetched read(Wire.Fetch fetch, long now) {
    List<Wire.Records> all = new ArrayList<>();
    for (Wire.Position position : fetch.positions()) {
      PartitionLog log = log(fetch.topic(), position.partition());
      if (log == null) {
        continue;
      }
      PartitionLog kept = log.retain(now);
      if (kept != log) {
        write(fetch.topic(), position.partition(), kept);
      }
      counter("broker_records_deleted_total", "topic", fetch.topic())
          .add(kept.start() - log.start());
      Wire.Records records = kept.read(position, fetch.maxBytes());
      String reader = key(fetch.topic(), position.partition()) + " " + fetch.group();
      if (records != null) {
        long before = sent.getOrDefault(reader, 0L);
        long end = records.first() + records.appendedNanos().count();
        long again = Math.max(0, Math.min(before, end) - records.first());
        counter("broker_records_out_total", "topic", fetch.topic(), "group", fetch.group())
            .add(records.appendedNanos().count());
        counter("broker_records_refetched_total", "topic", fetch.topic(), "group", fetch.group())
            .add(again);
        sent.put(reader, Math.max(before, end));
        all.add(records);
      }
    }
    return new Wire.Fetched(all, recordBytes.getOrDefault(fetch.topic(), 0));
  }

  private Metrics.Counter counter(String name, String... labels) {
    return counters.computeIfAbsent(
        name + String.join(" ", labels), key -> env.metrics().counter(name, with(labels)));
  }

  private Metrics.Gauge gauge(String name, String... labels) {
    return gauges.computeIfAbsent(
        name + String.join(" ", labels), key -> env.metrics().gauge(name, with(labels)));
  }

  private String[] with(String... labels) {
    List<String> all = new ArrayList<>(List.of("broker", broker));
    all.addAll(List.of(labels));
    return all.toArray(String[]::new);
  }
}
