package dev.cascade.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.node.MetricInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesFileTest {
  private final List<MetricInfo> infos =
      List.of(
          MetricInfo.counter("requests_total", "Requests.", "outcome"),
          MetricInfo.gauge("queue_length", "How many wait."));

  private byte[] written(SeriesStore store) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SeriesFile.write(store, infos, bytes);
    return bytes.toByteArray();
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    RandomRun run = new RandomRun(3, 60, 2);
    byte[] bytes = written(run.store);

    SeriesFile.Content read = SeriesFile.read(new ByteArrayInputStream(bytes));

    assertThat(read.infos()).isEqualTo(infos);
    assertThat(read.store().ticks()).isEqualTo(60);
    assertThat(read.store().series()).hasSameSizeAs(run.store.series()).isNotEmpty();
    assertThat(written(read.store())).isEqualTo(bytes);
    assertThat(ShardMergeTest.csv(read.store())).isEqualTo(ShardMergeTest.csv(run.store));
    Selector all = Selector.parse("request_duration_seconds");
    assertThat(new Readings(read.store(), 0).quantileSeconds(0.9, all, 59, Readings.WHOLE_RUN))
        .isEqualTo(new Readings(run.store, 0).quantileSeconds(0.9, all, 59, Readings.WHOLE_RUN));
  }

  @Test
  void gaugesKeepEveryBit() {
    double[] values = {
      0,
      -0.0,
      1,
      -1,
      0.1,
      -1e300,
      Double.MIN_VALUE,
      1L << 53,
      (1L << 53) - 1,
      -(1L << 53),
      1e18,
      2.5
    };
    MetricRegistry registry = new MetricRegistry();
    HostMetrics host = registry.forHost("a");
    SeriesStore store = new SeriesStore();
    for (int i = 0; i < values.length; i++) {
      host.gauge("g").set(values[i]);
      store.tick(i, List.of(registry));
    }
    host.close();
    store.tick(values.length, List.of(registry));

    SeriesStore read = SeriesFile.read(new ByteArrayInputStream(written(store))).store();

    GaugeSeries gauge = (GaugeSeries) read.series().get(0);
    GaugeSeries original = (GaugeSeries) store.series().get(0);
    for (int i = 0; i <= values.length; i++) {
      assertThat(Double.doubleToLongBits(gauge.lastAt(i)))
          .isEqualTo(Double.doubleToLongBits(original.lastAt(i)));
    }
    assertThat(gauge.lastAt(values.length)).isNaN();
    assertThat(gauge.lastAt(4)).isEqualTo(0.1);
  }

  @Test
  void aForeignOrCutFileIsRefused() {
    byte[] bytes = written(new RandomRun(3, 10, 1).store);

    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 1)))
        .hasMessageContaining("ends too early");
    bytes[5]++;
    assertThatThrownBy(() -> read(bytes)).hasMessageContaining("no file of series");
  }

  private static SeriesStore read(byte[] bytes) {
    return SeriesFile.read(new ByteArrayInputStream(bytes)).store();
  }
}
