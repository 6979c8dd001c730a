package dev.cascade.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.MetricInfo;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

class MetricFilesTest {
  private final MetricRegistry registry = new MetricRegistry();
  private final SeriesStore store = new SeriesStore();

  private void tickAtSeconds(double seconds) {
    store.tick((long) (seconds * 1e9), List.of(registry));
  }

  @Test
  void theTableHasARowForEachNumberThatChanged() {
    HostMetrics host = registry.forHost("a");
    host.counter("drops_total", "why", "full, or \"late\"").add(2);
    host.gauge("queue").set(1.5);
    host.gauge("queue").set(4);
    tickAtSeconds(0.5);
    host.histogram("wait_seconds").record(Duration.ofMillis(10));
    host.histogram("wait_seconds").record(Duration.ofNanos(100));
    tickAtSeconds(1);
    host.close();
    tickAtSeconds(1.5);

    StringBuilder csv = new StringBuilder();
    MetricsCsv.write(store, csv);

    assertThat(csv.toString())
        .isEqualTo(
            """
            time_seconds,name,labels,field,value
            0.5,drops_total,"why=full, or ""late""\",total,2
            0.5,queue,host=a,min,1.5
            0.5,queue,host=a,max,4
            0.5,queue,host=a,last,4
            1.5,queue,host=a,min,4
            1.5,queue,host=a,max,4
            1.5,queue,host=a,last,NaN
            1,wait_seconds,,count,2
            1,wait_seconds,,sum,0.0100001
            1,wait_seconds,,p50,0.0000001
            1,wait_seconds,,p95,0.010002431
            1,wait_seconds,,p99,0.010002431
            1,wait_seconds,,max,0.010002431
            """);
  }

  @Test
  void openMetricsIsAsItsSpecificationHasIt() {
    HostMetrics host = registry.forHost("a");
    tickAtSeconds(1);
    host.gauge("queue_bytes").set(2.5);
    tickAtSeconds(2);
    host.counter("drops_total", "why", "a\"b\\c").add(3);
    tickAtSeconds(3);
    tickAtSeconds(10);
    tickAtSeconds(40);
    tickAtSeconds(71);
    host.counter("drops_total", "why", "a\"b\\c").add(1);
    tickAtSeconds(72);
    List<MetricInfo> infos =
        List.of(
            MetricInfo.counter("drops_total", "Lost\nfor \"good\".", "why"),
            MetricInfo.gauge("queue_bytes", "How much waits."));

    StringBuilder text = new StringBuilder();
    OpenMetrics.write(store, infos, Instant.ofEpochSecond(1_000), text);

    assertThat(text.toString())
        .isEqualTo(
            """
            # TYPE drops counter
            # HELP drops Lost\\nfor \\"good\\".
            drops_total{why="a\\"b\\\\c"} 0 1002
            drops_total{why="a\\"b\\\\c"} 3 1003
            drops_total{why="a\\"b\\\\c"} 3 1010
            drops_total{why="a\\"b\\\\c"} 3 1040
            drops_total{why="a\\"b\\\\c"} 3 1071
            drops_total{why="a\\"b\\\\c"} 4 1072
            # TYPE queue_bytes gauge
            # UNIT queue_bytes bytes
            # HELP queue_bytes How much waits.
            queue_bytes{host="a"} 2.5 1002
            queue_bytes{host="a"} 2.5 1072
            # EOF
            """);
  }

  @Test
  void openMetricsHistogramsAreCumulativeInTimeAndInBuckets() {
    HostMetrics host = registry.forHost("a");
    host.histogram("wait_seconds", "path", "/").record(Duration.ofMillis(60));
    host.histogram("wait_seconds", "path", "/").record(Duration.ofSeconds(60));
    tickAtSeconds(1);
    host.histogram("wait_seconds", "path", "/").record(Duration.ofMillis(1));
    tickAtSeconds(2);

    StringBuilder text = new StringBuilder();
    OpenMetrics.write(store, List.of(), Instant.EPOCH, text);

    assertThat(text.toString().lines())
        .containsSubsequence(
            "# TYPE wait_seconds histogram",
            "# UNIT wait_seconds seconds",
            "wait_seconds_bucket{path=\"/\",le=\"0.05\"} 0 1",
            "wait_seconds_bucket{path=\"/\",le=\"0.075\"} 1 1",
            "wait_seconds_bucket{path=\"/\",le=\"1.0\"} 1 1",
            "wait_seconds_bucket{path=\"/\",le=\"10.0\"} 1 1",
            "wait_seconds_bucket{path=\"/\",le=\"+Inf\"} 2 1",
            "wait_seconds_count{path=\"/\"} 2 1",
            "wait_seconds_sum{path=\"/\"} 60.06 1",
            "wait_seconds_bucket{path=\"/\",le=\"0.0005\"} 0 2",
            "wait_seconds_bucket{path=\"/\",le=\"0.0025\"} 1 2",
            "wait_seconds_bucket{path=\"/\",le=\"0.075\"} 2 2",
            "wait_seconds_count{path=\"/\"} 3 2",
            "wait_seconds_sum{path=\"/\"} 60.061 2",
            "# EOF");
  }

  @Test
  void theLogReadsBackWithEveryDurationOnce() {
    RandomRun run = new RandomRun(5, 700, 1);
    TreeMap<String, Histogram> expected = new TreeMap<>();
    run.durations.forEach(
        tick ->
            tick.forEach(
                (path, durations) ->
                    durations.forEach(
                        nanos ->
                            expected
                                .computeIfAbsent(
                                    "request_duration_seconds{path=" + path + "}",
                                    tag -> new Histogram(3))
                                .recordValue(nanos))));

    TreeMap<String, Histogram> read = new TreeMap<>();
    HistogramLogReader reader =
        new HistogramLogReader(new ByteArrayInputStream(ShardMergeTest.log(run.store)));
    int intervals = 0;
    while (reader.hasNext()) {
      Histogram interval = (Histogram) reader.nextIntervalHistogram();
      intervals++;
      assertThat(interval.getEndTimeStamp() - interval.getStartTimeStamp()).isEqualTo(2_000);
      read.computeIfAbsent(interval.getTag(), tag -> new Histogram(3)).add(interval);
    }

    assertThat(read).isEqualTo(expected).hasSize(2);
    assertThat(intervals).as("350 s in 2 s, two series").isBetween(300, 2 * 175);
  }
}
