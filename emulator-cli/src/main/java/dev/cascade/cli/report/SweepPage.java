package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.cli.report.Chart.Line;
import dev.cascade.cli.sweep.Answers;
import dev.cascade.cli.sweep.Band;
import dev.cascade.cli.sweep.Edge;
import dev.cascade.cli.sweep.Knee;
import dev.cascade.cli.sweep.Level;
import dev.cascade.cli.sweep.Point;
import dev.cascade.cli.sweep.Sweep;
import dev.cascade.cli.sweep.TextMap;
import dev.cascade.cli.sweep.Votes;
import dev.cascade.run.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** {@code sweep.html}: what many runs tell together, as curves with bands, or as a map. */
public final class SweepPage {
  /** The file's name. */
  public static final String FILE = "sweep.html";

  private final Sweep sweep;
  private final Html html = new Html();
  private final ObjectNode numbers = RunJson.MAPPER.createObjectNode();

  private SweepPage(Sweep sweep) {
    this.sweep = sweep;
  }

  /** Writes the page of a sweep with at least one point. */
  public static void write(Sweep sweep, Path file) throws IOException {
    Files.writeString(file, new SweepPage(sweep).text());
  }

  private String text() {
    header();
    if (sweep.isMap()) {
      sweep.asked().properties().forEach(this::propertyMap);
      sweep.asked().measures().forEach(this::measureMap);
      emptyNumbers();
    } else {
      answers();
      charts();
      table();
    }
    files();
    html.close("main");
    return Page.of(sweep.asked().title() + " · swept", html, numbers);
  }

  private void header() {
    html.open("header").open("p", "class", "verdict");
    int seeds = sweep.asked().seeds().size();
    html.element(
        "span",
        "%s varied, %d runs, %s"
            .formatted(sweep.axis(), sweep.runs(), seeds == 1 ? "1 seed" : seeds + " seeds each"),
        "class",
        "reason");
    html.close("p").element("h1", sweep.asked().title());
    html.open("p", "class", "repeat").element("code", sweep.asked().command()).close("p");
    if (!sweep.isComplete()) {
      html.element("p", "It was ended early: not all runs were made.", "class", "quiet");
    }
    html.close("header").open("main");
  }

  private void answers() {
    html.open("section", "id", "answers").element("h2", "What it says");
    html.open("ul", "class", "answers");
    for (Answers.Answer answer : Answers.of(sweep)) {
      html.open("li").element("b", answer.word()).text(" " + answer.text()).close("li");
    }
    html.close("ul").close("section");
  }

  // ---- curves

  private void charts() {
    double[] places = sweep.points().stream().mapToDouble(p -> p.level().value()).toArray();
    numbers.put("begin", places[0]);
    numbers.put("end", places.length > 1 ? places[places.length - 1] : places[0] + 1);
    numbers.put("warmup", places[0]);
    numbers.put("times", Packed.exact(places));
    numbers.putObject("violations");
    axis();
    marks(numbers.putArray("marks"));
    sweep.asked().measures().forEach(numbers.putArray("measures")::add);
    Tracks tracks = Tracks.ofNumbers();
    Charts charts = new Charts(html, tracks, numbers.putArray("charts"));
    html.open("section", "id", "charts").element("h2", "Curves");
    String note = sweep.asked().seeds().size() > 1 ? " Shaded: 95 % confidence of the mean." : "";
    html.element(
        "p",
        "Over %s.%s Upright: where properties turn, and knees.".formatted(sweep.axis(), note),
        "class",
        "quiet");
    html.open("p", "class", "controls", "hidden", "");
    html.element("output", "", "id", "range", "aria-live", "polite");
    html.element("button", "show all", "type", "button", "id", "all").close("p");
    List<Chart> shown = new ArrayList<>();
    for (String measure : sweep.asked().measures()) {
      shown.add(measured(measure, tracks));
    }
    for (String property : sweep.asked().properties()) {
      shown.add(share(property, tracks));
    }
    charts.grid(shown);
    html.close("section");
    numbers.set("tracks", tracks.json());
  }

  private void emptyNumbers() {
    numbers.put("end", 1).put("warmup", 0).put("times", "");
    numbers.putObject("violations");
    numbers.putArray("marks");
    numbers.putArray("charts");
    numbers.putArray("tracks");
  }

  /** The unit of what is varied, or its words. */
  private void axis() {
    ObjectNode axis = numbers.putObject("x");
    Level first = sweep.points().get(0).level();
    axis.put("unit", unit(first.text()));
    boolean words = sweep.points().stream().anyMatch(p -> !p.level().text().matches("-?[0-9].*"));
    if (words) {
      ArrayNode names = axis.putArray("words");
      sweep.points().forEach(point -> names.add(point.level().text()));
    }
  }

  private static String unit(String level) {
    if (level.matches("-?[0-9.]+/(s|m|min|h)")) {
      return Units.PER_SECOND;
    } else if (level.endsWith("bit/s")) {
      return "bit/s";
    } else if (level.matches("-?[0-9.]+%")) {
      return "%";
    } else if (level.matches("([0-9.]+(ns|us|µs|ms|s|m|h|d))+")) {
      return Units.SECONDS;
    }
    return level.matches("-?[0-9.]+[kKMGTiB]+") ? Units.BYTES : "";
  }

  private void marks(ArrayNode marks) {
    for (Edge edge : sweep.edges()) {
      mark(marks, edge, sweep.isHysteresis() ? "falls" : "edge");
    }
    for (Edge edge : sweep.edgesDown()) {
      mark(marks, edge, "returns");
    }
    for (Map.Entry<String, Knee> knee : sweep.knees().entrySet()) {
      double at = knee.getValue().at().value();
      marks.addObject().put("from", at).put("number", "knee").put("of", knee.getKey());
    }
  }

  /** Where a property turns; charts of other properties leave it out, by its name. */
  private void mark(ArrayNode marks, Edge edge, String word) {
    ObjectNode mark = marks.addObject();
    mark.put("from", edge.below().value()).put("to", edge.above().value());
    mark.put("of", edge.property());
    mark.put(
        "number", sweep.asked().properties().size() == 1 ? word : word + " " + edge.property());
    mark.put("short", word);
  }

  private Chart measured(String measure, Tracks tracks) {
    List<Line> lines = new ArrayList<>();
    lines.add(banded(sweep.isHysteresis() ? "up" : "mean", sweep.points(), measure, tracks));
    if (sweep.isHysteresis()) {
      lines.add(banded("down", sweep.down(), measure, tracks));
    }
    return new Chart(measure, "", Units.ofMeasurement(measure), lines);
  }

  private static Line banded(String label, List<Point> points, String measure, Tracks tracks) {
    double[] means = new double[points.size()];
    double[] lows = new double[points.size()];
    double[] highs = new double[points.size()];
    for (int i = 0; i < means.length; i++) {
      Band band = points.get(i).band(measure);
      means[i] = band == null ? Double.NaN : band.mean();
      lows[i] = band == null ? Double.NaN : band.low();
      highs[i] = band == null ? Double.NaN : band.high();
    }
    int track = tracks.add("", Units.ofMeasurement(measure), Sampler.columns(means, lows, highs));
    return new Line(label, track, Sampler.VALUE, true);
  }

  private Chart share(String property, Tracks tracks) {
    List<Line> lines = new ArrayList<>();
    lines.add(shares(sweep.isHysteresis() ? "up" : "violated", sweep.points(), property, tracks));
    if (sweep.isHysteresis()) {
      lines.add(shares("down", sweep.down(), property, tracks));
    }
    return new Chart(property, "share of the runs that violate it", Units.RATIO, lines, property);
  }

  private static Line shares(String label, List<Point> points, String property, Tracks tracks) {
    double[] shares =
        points.stream()
            .mapToDouble(point -> share(point.votes(property)).orElse(Double.NaN))
            .toArray();
    int track = tracks.add("", Units.RATIO, Sampler.columns(shares));
    return new Line(label, track, Sampler.VALUE, false);
  }

  private static Optional<Double> share(Votes votes) {
    int known = votes.holds() + votes.violated();
    return known == 0 ? Optional.empty() : Optional.of((double) votes.violated() / known);
  }

  private void table() {
    html.open("section", "id", "levels").element("h2", "Levels").open("div", "class", "wide");
    html.open("table").open("thead").open("tr").element("th", sweep.axis(), "scope", "col");
    Map<String, List<Point>> ways = new LinkedHashMap<>();
    ways.put(sweep.isHysteresis() ? ", up" : "", sweep.points());
    if (sweep.isHysteresis()) {
      ways.put(", down", sweep.down());
    }
    for (String way : ways.keySet()) {
      sweep.asked().properties().forEach(name -> html.element("th", name + way, "scope", "col"));
      sweep.asked().measures().forEach(name -> html.element("th", name + way, "scope", "col"));
    }
    html.close("tr").close("thead").open("tbody");
    for (int i = 0; i < sweep.points().size(); i++) {
      html.open("tr").element("th", sweep.points().get(i).level().text(), "scope", "row");
      for (List<Point> points : ways.values()) {
        Point point = points.get(i);
        sweep.asked().properties().forEach(name -> html.element("td", words(point.votes(name))));
        sweep.asked().measures().forEach(name -> html.element("td", words(name, point.band(name))));
      }
      html.close("tr");
    }
    html.close("tbody").close("table").close("div").close("section");
  }

  private static String words(Votes votes) {
    if (votes.runs() == 0) {
      return "no run";
    } else if (votes.isUnanimous()) {
      return votes.majority().word();
    }
    return "violated in %d of %d".formatted(votes.violated(), votes.runs());
  }

  private static String words(String measure, @Nullable Band band) {
    if (band == null) {
      return "no data";
    }
    String unit = Units.ofMeasurement(measure);
    String mean = Amounts.of(band.mean(), unit);
    return band.runs() == 1
        ? mean
        : "%s (%s to %s)"
            .formatted(mean, Amounts.of(band.low(), unit), Amounts.of(band.high(), unit));
  }

  // ---- maps

  private void propertyMap(String property) {
    map(
        property,
        "Share of the runs that violate it; darker is more.",
        point -> share(point.votes(property)).orElse(Double.NaN),
        share -> Amounts.of(share, Units.RATIO),
        0,
        1);
  }

  private void measureMap(String measure) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Point point : sweep.points()) {
      Band band = point.band(measure);
      low = band == null ? low : Math.min(low, band.mean());
      high = band == null ? high : Math.max(high, band.mean());
    }
    map(
        measure,
        "Means over the seeds; darker is more.",
        point -> {
          Band band = point.band(measure);
          return band == null ? Double.NaN : band.mean();
        },
        mean -> Amounts.of(mean, Units.ofMeasurement(measure)),
        low,
        high);
  }

  private void map(
      String title,
      String note,
      ToDoubleFunction<Point> value,
      DoubleFunction<String> words,
      double low,
      double high) {
    List<Level> across = sweep.levels(0);
    List<Level> up = new ArrayList<>(sweep.levels(1));
    Collections.reverse(up);
    html.open("section").element("h2", title).element("p", note, "class", "quiet");
    html.open("div", "class", "wide").open("table", "class", "map").open("thead").open("tr");
    html.element(
        "th", sweep.asked().paths().get(1) + " \\ " + sweep.asked().paths().get(0), "scope", "col");
    across.forEach(level -> html.element("th", level.text(), "scope", "col"));
    html.close("tr").close("thead").open("tbody");
    for (Level row : up) {
      html.open("tr").element("th", row.text(), "scope", "row");
      for (Level column : across) {
        double number = sweep.at(column, row).map(value::applyAsDouble).orElse(Double.NaN);
        double share = high > low ? (number - low) / (high - low) : 0;
        int heat = Double.isNaN(number) ? 0 : TextMap.shade(share);
        html.element(
            "td", Double.isNaN(number) ? "–" : words.apply(number), "class", "heat-" + heat);
      }
      html.close("tr");
    }
    html.close("tbody").close("table").close("div").close("section");
  }

  private void files() {
    html.open("section", "id", "files").element("h2", "Files").open("ul", "class", "files");
    for (String file : List.of("sweep.csv", "sweep.json", "scenario.yaml")) {
      html.open("li").element("a", file, "href", file).close("li");
    }
    html.close("ul").close("section");
  }
}
