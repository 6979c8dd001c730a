package dev.cascade.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.MetricInfo;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run's files are the same bytes however its hosts are spread over shards. */
class ShardMergeTest {
  private static final List<MetricInfo> INFOS =
      List.of(MetricInfo.counter("requests_total", "Requests.", "outcome"));

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10})
  void filesDoNotDependOnTheNumberOfShards(int shards) {
    SeriesStore one = new RandomRun(7, 40, 1).store;
    SeriesStore many = new RandomRun(7, 40, shards).store;

    assertThat(binary(many)).isEqualTo(binary(one));
    assertThat(csv(many)).isEqualTo(csv(one));
    assertThat(openMetrics(many)).isEqualTo(openMetrics(one));
    assertThat(log(many)).isEqualTo(log(one));
    assertThat(binary(new RandomRun(8, 40, shards).store))
        .as("another seed is another run")
        .isNotEqualTo(binary(one));
  }

  static byte[] binary(SeriesStore store) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SeriesFile.write(store, INFOS, bytes);
    return bytes.toByteArray();
  }

  static String csv(SeriesStore store) {
    StringBuilder text = new StringBuilder();
    MetricsCsv.write(store, text);
    return text.toString();
  }

  static String openMetrics(SeriesStore store) {
    StringBuilder text = new StringBuilder();
    OpenMetrics.write(store, INFOS, Instant.EPOCH, text);
    return text.toString();
  }

  static byte[] log(SeriesStore store) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LatencyLog.write(store, bytes);
    return bytes.toByteArray();
  }
}
