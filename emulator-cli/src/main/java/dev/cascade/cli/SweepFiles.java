package dev.cascade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.cli.sweep.Band;
import dev.cascade.cli.sweep.Edge;
import dev.cascade.cli.sweep.Knee;
import dev.cascade.cli.sweep.Outcome;
import dev.cascade.cli.sweep.Point;
import dev.cascade.cli.sweep.Sweep;
import dev.cascade.cli.sweep.Votes;
import dev.cascade.property.Result;
import dev.cascade.run.RunJson;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sweep as JSON, and each of its runs as a line of CSV. */
final class SweepFiles {
  private SweepFiles() {}

  static ObjectNode json(Sweep sweep, @Nullable String folder) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    Sweep.Asked asked = sweep.asked();
    json.put("scenario", asked.scenario());
    json.put("command", asked.command());
    asked.paths().forEach(json.putArray("parameters")::add);
    asked.seeds().forEach(json.putArray("seeds")::add);
    json.put("runs", sweep.runs());
    json.put("complete", sweep.isComplete());
    if (!asked.until().isEmpty()) {
      json.put("until", asked.until());
      json.put("gridRuns", asked.gridRuns());
    }
    json.set("points", points(sweep, sweep.points()));
    if (sweep.isHysteresis()) {
      json.set("down", points(sweep, sweep.down()));
    }
    json.set("edges", edges(sweep.edges()));
    if (sweep.isHysteresis()) {
      json.set("edgesDown", edges(sweep.edgesDown()));
    }
    ObjectNode knees = json.putObject("knees");
    sweep.knees().forEach((measure, knee) -> knees.set(measure, knee(knee)));
    json.put("runFolder", folder);
    return json;
  }

  private static ArrayNode points(Sweep sweep, List<Point> points) {
    ArrayNode json = RunJson.MAPPER.createArrayNode();
    for (Point point : points) {
      ObjectNode node = json.addObject();
      ArrayNode at = node.putArray("at");
      point.at().forEach(level -> at.add(level.text()));
      ArrayNode values = node.putArray("values");
      point.at().forEach(level -> values.add(number(level.value())));
      ObjectNode properties = node.putObject("properties");
      for (String property : sweep.asked().properties()) {
        properties.set(property, votes(point.votes(property)));
      }
      ObjectNode measurements = node.putObject("measurements");
      for (String measure : sweep.asked().measures()) {
        measurements.set(measure, band(point.band(measure)));
      }
    }
    return json;
  }

  static ObjectNode votes(Votes votes) {
    return RunJson.MAPPER
        .createObjectNode()
        .put("holds", votes.holds())
        .put("violated", votes.violated())
        .put("unknown", votes.unknown());
  }

  static @Nullable JsonNode band(@Nullable Band band) {
    return band == null
        ? null
        : RunJson.MAPPER
            .createObjectNode()
            .put("mean", number(band.mean()))
            .put("low", number(band.low()))
            .put("high", number(band.high()))
            .put("runs", band.runs());
  }

  private static ArrayNode edges(List<Edge> edges) {
    ArrayNode json = RunJson.MAPPER.createArrayNode();
    for (Edge edge : edges) {
      json.addObject()
          .put("property", edge.property())
          .put("below", edge.below().text())
          .put("above", edge.above().text())
          .put("from", edge.from().word())
          .put("to", edge.to().word())
          .put("sureBelow", edge.sureBelow().text())
          .put("sureAbove", edge.sureAbove().text());
    }
    return json;
  }

  private static ObjectNode knee(Knee knee) {
    Knee.Interval interval = knee.interval();
    return RunJson.MAPPER
        .createObjectNode()
        .put("at", knee.at().text())
        .put("low", interval == null ? null : interval.low().text())
        .put("high", interval == null ? null : interval.high().text())
        .put("distance", number(knee.distance()));
  }

  static BigDecimal number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(12));
    return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
  }

  /** A line for each run, or for each level of each run that went up and down. */
  static String csv(Sweep sweep) {
    StringBuilder text = new StringBuilder();
    List<String> heading = new ArrayList<>(sweep.asked().paths());
    if (sweep.isHysteresis()) {
      heading.add("way");
    }
    heading.addAll(List.of("seed", "ending"));
    heading.addAll(sweep.asked().properties());
    heading.addAll(sweep.asked().measures());
    heading.add("trace");
    line(text, heading);
    lines(text, sweep, sweep.points(), "up");
    lines(text, sweep, sweep.down(), "down");
    return text.toString();
  }

  private static void lines(StringBuilder text, Sweep sweep, List<Point> points, String way) {
    for (Point point : points) {
      for (Outcome outcome : point.outcomes()) {
        List<String> cells = new ArrayList<>();
        point.at().forEach(level -> cells.add(level.text()));
        if (sweep.isHysteresis()) {
          cells.add(way);
        }
        cells.add(Long.toString(outcome.seed()));
        cells.add(outcome.ending());
        for (String property : sweep.asked().properties()) {
          cells.add(outcome.properties().getOrDefault(property, Result.UNKNOWN).word());
        }
        for (String measure : sweep.asked().measures()) {
          Double value = outcome.measurements().get(measure);
          cells.add(value == null ? "" : number(value).toPlainString());
        }
        cells.add(outcome.traceHash());
        line(text, cells);
      }
    }
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(String.join(",", cells.stream().map(SweepFiles::cell).toList())).append('\n');
  }

  /** In quotes where a comma, a quote or a line break would mislead (RFC 4180). */
  private static String cell(String text) {
    return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
