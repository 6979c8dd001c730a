package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.metrics.Series;
import dev.cascade.metrics.SeriesKey;
import dev.cascade.metrics.SeriesStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of a page: each track is there once, however many charts show it. */
final class Tracks {
  private final Sampler sampler;
  private final Map<List<SeriesKey>, Integer> known = new HashMap<>();
  private final List<Track> tracks = new ArrayList<>();
  private long packedLength;

  /**
   * The numbers of one series, or of several that were put together.
   *
   * @param name as the reader may look for it; empty if it cannot be picked
   * @param unit of its columns
   * @param columns by their names
   * @param packed the same as short text
   */
  record Track(
      String name, String unit, Map<String, double[]> columns, Map<String, String> packed) {}

  Tracks(Sampler sampler) {
    this.sampler = sampler;
  }

  /** Tracks of numbers that come from elsewhere than series. */
  static Tracks ofNumbers() {
    return new Tracks(new Sampler(new Grid(new SeriesStore(), 1)));
  }

  /** The place of what these series, of one metric, are together. */
  int of(List<Series> series) {
    List<SeriesKey> keys = series.stream().map(Series::key).toList();
    Integer place = known.get(keys);
    if (place == null) {
      String name = keys.size() == 1 ? keys.get(0).toString() : "";
      place = add(name, Units.of(series.get(0)), sampler.columns(series));
      known.put(keys, place);
    }
    return place;
  }

  /** The place of numbers that come from elsewhere. */
  int add(String name, String unit, Map<String, double[]> columns) {
    Map<String, String> packed = new LinkedHashMap<>();
    columns.forEach((column, values) -> packed.put(column, Packed.of(values)));
    packedLength += packed.values().stream().mapToLong(String::length).sum();
    tracks.add(new Track(name, unit, columns, packed));
    return tracks.size() - 1;
  }

  Track get(int place) {
    return tracks.get(place);
  }

  /** How many characters the numbers take. */
  long packedLength() {
    return packedLength;
  }

  ArrayNode json() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Track track : tracks) {
      ObjectNode node = json.addObject();
      if (!track.name().isEmpty()) {
        node.put("name", track.name());
      }
      node.put("unit", track.unit());
      ObjectNode columns = node.putObject("columns");
      track.packed().forEach(columns::put);
    }
    return json;
  }
}
