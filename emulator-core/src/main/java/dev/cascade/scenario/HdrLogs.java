package dev.cascade.scenario;

import dev.cascade.random.DurationText;
import dev.cascade.scenario.Tree.Kind;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.HistogramLogReader;
import org.jspecify.annotations.Nullable;

/**
 * Puts the buckets of HdrHistogram logs in place of their names, as a document is read. From then
 * on they are part of the scenario: of its hash, of what a run folder keeps, and of a replay, which
 * needs the file no more.
 */
final class HdrLogs {
  /** Bytes of a log: hours of intervals; what a stranger's scenario makes us read is bounded. */
  private static final int MAX_BYTES = 1 << 20;

  /** Memory that all intervals of a log need, one after the other; logs of a day stay below. */
  private static final long MAX_FOOTPRINT = 1L << 30;

  /** Values are told apart by 1 %, which leaves some hundred buckets. */
  private static final int DIGITS = 2;

  private final @Nullable Path directory;
  private final Problems problems;

  /**
   * Expands a document.
   *
   * @param directory of its file, which logs must lie in; null if it is no file
   */
  HdrLogs(@Nullable Path directory, Problems problems) {
    this.directory = directory;
    this.problems = problems;
  }

  /** The tree with buckets in place of logs. */
  Tree in(Tree tree) {
    if (tree instanceof Sequence sequence) {
      return new Sequence(sequence.location(), sequence.items().stream().map(this::in).toList());
    }
    if (!(tree instanceof Mapping mapping)) {
      return tree;
    }
    if ("hdr-log".equals(mapping.text("distribution"))) {
      return expanded(mapping);
    }
    Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, entry) -> entries.put(key, new Mapping.Entry(entry.key(), in(entry.value()))));
    return new Mapping(mapping.location(), entries);
  }

  private Tree expanded(Mapping mapping) {
    String file = mapping.text("file");
    if (file == null || directory == null) {
      return mapping; // told when it is read
    }
    Location at = mapping.valueLocation("file");
    try {
      String unit = mapping.text("unit");
      Duration each = unit == null ? Duration.ofNanos(1) : DurationText.parse(unit);
      Histogram histogram = read(bytes(file, directory), mapping.text("tag"));
      if (histogram.getTotalCount() == 0) {
        throw new IllegalArgumentException(
            "The file (%s) holds no values%s.".formatted(file, inTag(mapping.text("tag"))));
      }
      return buckets(mapping, histogram, each.toNanos());
    } catch (IOException unreadable) {
      problems.error(
          at, "The file (%s) cannot be read (%s).".formatted(file, unreadable.getMessage()));
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      problems.error(at, String.valueOf(wrong.getMessage()));
    }
    return Scalar.of(at, "", Kind.BROKEN);
  }

  private static String inTag(@Nullable String tag) {
    return tag == null ? " without a tag. Maybe name their tag?" : " with the tag (" + tag + ")";
  }

  /** A log lies in the scenario's directory or below: a stranger's scenario reads nothing else. */
  private static byte[] bytes(String file, Path directory) throws IOException {
    Path relative;
    try {
      relative = Path.of(file);
    } catch (InvalidPathException noPath) {
      throw new IllegalArgumentException("The file (%s) is no path.".formatted(file), noPath);
    }
    Path named = directory.resolve(relative).normalize();
    if (relative.isAbsolute() || !named.startsWith(directory.normalize())) {
      throw new IllegalArgumentException(
          "The file (%s) must lie beside the scenario or below. Maybe copy it there?"
              .formatted(file));
    }
    if (!Files.isRegularFile(named)) {
      throw new IllegalArgumentException(
          "The file (%s) does not exist beside the scenario.".formatted(file));
    }
    if (!named.toRealPath().startsWith(directory.toRealPath())) {
      throw new IllegalArgumentException(
          "The file (%s) is a link that leads away from the scenario. Maybe copy it there?"
              .formatted(file));
    }
    try (var stream = Files.newInputStream(named)) {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "The file (%s) has more than %d bytes. Maybe join its intervals?"
                .formatted(file, MAX_BYTES));
      }
      return bytes;
    }
  }

  private static Histogram read(byte[] log, @Nullable String tag) {
    Histogram sum = new Histogram(DIGITS);
    long footprint = 0;
    try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(log))) {
      for (EncodableHistogram next = reader.nextIntervalHistogram();
          next != null && footprint <= MAX_FOOTPRINT;
          next = reader.nextIntervalHistogram()) {
        if (next instanceof AbstractHistogram interval) {
          footprint += interval.getEstimatedFootprintInBytes();
          if (Objects.equals(interval.getTag(), tag)) {
            sum.add(interval);
          }
        }
      }
    } catch (RuntimeException garbled) { // the reader checks little, and throws what it comes upon
      throw new IllegalArgumentException(
          "The log cannot be read (" + garbled + "). Maybe it is no HdrHistogram log?", garbled);
    }
    if (footprint > MAX_FOOTPRINT) {
      throw new IllegalArgumentException("The log has too many intervals. Maybe join them?");
    }
    return sum;
  }

  /** Cumulative buckets, with an empty one before each gap, so that nothing falls into it. */
  private static Mapping buckets(Mapping log, Histogram histogram, long unitNanos) {
    Location at = log.location();
    List<Tree> buckets = new ArrayList<>();
    long last = 0;
    long count = 0;
    for (HistogramIterationValue value : histogram.recordedValues()) {
      long to = value.getValueIteratedTo();
      long low = Math.multiplyExact(histogram.lowestEquivalentValue(to), unitNanos);
      long high = Math.multiplyExact(histogram.highestEquivalentValue(to) + 1, unitNanos);
      if (low > last) {
        buckets.add(bucket(at, low, count));
      }
      count = value.getTotalCountToThisValue();
      buckets.add(bucket(at, high, count));
      last = high;
    }
    return Tree.emptyMapping(at)
        .with("distribution", at, Scalar.of(at, "histogram", Kind.TEXT))
        .with("buckets", at, new Sequence(at, buckets));
  }

  private static Tree bucket(Location at, long leNanos, long count) {
    return Tree.emptyMapping(at)
        .with("le", at, Scalar.of(at, DurationText.format(Duration.ofNanos(leNanos)), Kind.TEXT))
        .with("count", at, Scalar.of(at, Long.toString(count), Kind.INTEGER));
  }
}
