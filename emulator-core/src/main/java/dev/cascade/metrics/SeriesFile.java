package dev.cascade.metrics;

import dev.cascade.node.MetricInfo;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The file {@code series.bin}: everything that a store holds, exactly, so that a finished run can
 * be asked new questions. The other files round (the log to milliseconds and seconds), or leave out
 * what has no place in them (OpenMetrics the least and greatest values, the table the buckets).
 * Numbers take as few bytes as they need: about two for each bucket that was hit.
 */
public final class SeriesFile {
  private static final String MAGIC = "cascade series 1";

  private SeriesFile() {}

  /**
   * What the file holds.
   *
   * @param store all series
   * @param infos what is known about the metrics
   */
  public record Content(SeriesStore store, List<MetricInfo> infos) {}

  /** Writes a store and what is known about its metrics. */
  public static void write(SeriesStore store, List<MetricInfo> infos, OutputStream out) {
    try {
      DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out));
      new Writer(store, data).write(infos);
      data.flush();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Content read(InputStream in) {
    try {
      return new Reader(new DataInputStream(new BufferedInputStream(in))).read();
    } catch (EOFException cut) {
      throw new IllegalArgumentException(
          "The file of series ends too early. Maybe its run was interrupted.", cut);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static final class Writer {
    private final SeriesStore store;
    private final DataOutputStream out;

    Writer(SeriesStore store, DataOutputStream out) {
      this.store = store;
      this.out = out;
    }

    void write(List<MetricInfo> infos) throws IOException {
      out.writeUTF(MAGIC);
      put(store.ticks());
      for (int tick = 0; tick < store.ticks(); tick++) {
        put(store.timeNanos(tick) - store.timeNanos(tick - 1));
      }
      put(infos.size());
      for (MetricInfo info : infos) {
        put(info);
      }
      List<Series> all = store.series();
      put(all.size());
      for (Series series : all) {
        put(series);
      }
    }

    private void put(MetricInfo info) throws IOException {
      out.writeUTF(info.name());
      out.writeUTF(info.kind().name());
      put(info.labels().size());
      for (String label : info.labels()) {
        out.writeUTF(label);
      }
      out.writeUTF(info.help());
    }

    private void put(Series series) throws IOException {
      out.writeUTF(series.key().name());
      put(series.key().labelCount());
      for (int i = 0; i < series.key().labelCount(); i++) {
        out.writeUTF(series.key().labelKey(i));
        out.writeUTF(series.key().labelValue(i));
      }
      out.writeUTF(series.kind().name());
      put(series.changes());
      int before = -1;
      for (int change = 0; change < series.changes(); change++) {
        int tick = series.tickOf(change);
        put(tick - before);
        before = tick;
        if (series instanceof CounterSeries counter) {
          put(counter.totalAt(tick) - counter.totalAt(tick - 1));
        } else if (series instanceof GaugeSeries gauge) {
          put(gauge.minAt(tick));
          put(gauge.maxAt(tick));
          put(gauge.lastAt(tick));
        } else if (series instanceof HistogramSeries histogram) {
          put(histogram.delta(change));
        }
      }
    }

    private void put(BucketDelta delta) throws IOException {
      put(delta.size());
      int before = 0;
      for (int i = 0; i < delta.size(); i++) {
        put(delta.index(i) - before);
        put(delta.count(i));
        before = delta.index(i);
      }
      put(delta.sumNanos());
    }

    /** A whole number as such, with a last bit of 1; any other as its eight bytes after a 0. */
    private void put(double value) throws IOException {
      long whole = (long) value;
      boolean exact =
          Double.doubleToRawLongBits((double) whole) == Double.doubleToRawLongBits(value)
              && Math.abs(whole) < 1L << 53;
      if (exact) {
        long zigzag = (whole << 1) ^ (whole >> 63);
        put((zigzag << 1) | 1);
      } else {
        put(0L);
        out.writeLong(Double.doubleToLongBits(value));
      }
    }

    private void put(long value) throws IOException {
      long rest = value;
      while (rest >>> 7 != 0) {
        out.writeByte((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.writeByte((int) rest);
    }
  }

  private static final class Reader {
    private final SeriesStore store = new SeriesStore();
    private final DataInputStream in;

    Reader(DataInputStream in) {
      this.in = in;
    }

    Content read() throws IOException {
      String magic = in.readUTF();
      if (!magic.equals(MAGIC)) {
        throw new IllegalArgumentException(
            "This is no file of series (%s), or not of this version. Maybe repeat the run."
                .formatted(MAGIC));
      }
      int ticks = takeInt();
      long time = 0;
      for (int tick = 0; tick < ticks; tick++) {
        time += take();
        store.startTick(time);
      }
      List<MetricInfo> infos = new ArrayList<>();
      int infoCount = takeInt();
      for (int i = 0; i < infoCount; i++) {
        infos.add(info());
      }
      int seriesCount = takeInt();
      for (int i = 0; i < seriesCount; i++) {
        series();
      }
      return new Content(store, List.copyOf(infos));
    }

    private MetricInfo info() throws IOException {
      String name = in.readUTF();
      MetricInfo.Kind kind = kind();
      List<String> labels = new ArrayList<>();
      int count = takeInt();
      for (int i = 0; i < count; i++) {
        labels.add(in.readUTF());
      }
      return new MetricInfo(name, kind, List.copyOf(labels), in.readUTF());
    }

    private void series() throws IOException {
      String name = in.readUTF();
      String[] labels = new String[2 * takeInt()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = in.readUTF();
      }
      Series series = store.create(SeriesKey.of(name, labels), kind());
      int changes = takeInt();
      int tick = -1;
      for (int change = 0; change < changes; change++) {
        tick += takeInt();
        if (series instanceof CounterSeries counter) {
          counter.append(tick, counter.totalAt(tick) + take());
        } else if (series instanceof GaugeSeries gauge) {
          gauge.append(tick, takeDouble(), takeDouble(), takeDouble());
        } else if (series instanceof HistogramSeries histogram) {
          histogram.append(tick, delta());
        }
      }
    }

    private BucketDelta delta() throws IOException {
      int[] indexes = new int[takeInt()];
      long[] counts = new long[indexes.length];
      int index = 0;
      for (int i = 0; i < indexes.length; i++) {
        index += takeInt();
        indexes[i] = index;
        counts[i] = take();
      }
      return new BucketDelta(indexes, counts, take());
    }

    private MetricInfo.Kind kind() throws IOException {
      return MetricInfo.Kind.valueOf(in.readUTF());
    }

    private double takeDouble() throws IOException {
      long coded = take();
      if (coded == 0) {
        return Double.longBitsToDouble(in.readLong());
      }
      long zigzag = coded >>> 1;
      return (double) ((zigzag >>> 1) ^ -(zigzag & 1));
    }

    private int takeInt() throws IOException {
      return Math.toIntExact(take());
    }

    private long take() throws IOException {
      long value = 0;
      int shift = 0;
      byte read;
      do {
        read = in.readByte();
        value |= (long) (read & 0x7f) << shift;
        shift += 7;
      } while (read < 0);
      return value;
    }
  }
}
