package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.cli.report.Chart.Line;
import dev.cascade.metrics.Series;
import dev.cascade.metrics.SeriesFile;
import dev.cascade.node.MetricInfo;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.run.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code compare.html}: the base and its mitigations side by side. Tables say what became of each
 * over all seeds, charts show one seed of all of them on one axis of time.
 */
public final class ComparePage {
  /** The file's name. */
  public static final String FILE = "compare.html";

  private static final int POINTS_MAX = 400;

  /** Characters of numbers: they are most of the page. */
  private static final long NUMBERS_MAX = 4_000_000;

  /**
   * A variant over all seeds, as one row of a table.
   *
   * @param variant its name
   * @param match whether it was as expected: a word of {@code results.json}; empty if nothing was
   * @param cells in the order of the headings
   */
  public record Row(String variant, String match, List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * Variants side by side.
   *
   * @param name of the property or measurement
   * @param headings of the cells
   * @param rows one for each variant
   */
  public record Block(String name, List<String> headings, List<Row> rows) {
    public Block {
      headings = List.copyOf(headings);
      rows = List.copyOf(rows);
    }
  }

  /**
   * The run that is shown of a variant.
   *
   * @param variant its name
   * @param folder where it is kept
   * @param series its series
   */
  public record Shown(String variant, RunFolder folder, SeriesFile.Content series) {}

  /**
   * What the page is about.
   *
   * @param verdict over all
   * @param command that compares them again
   * @param seeds in words
   * @param shownSeed the one of the charts
   * @param properties one block each
   * @param measurements one block each
   */
  public record Findings(
      Verdict verdict,
      String command,
      String seeds,
      long shownSeed,
      List<Block> properties,
      List<Block> measurements) {
    public Findings {
      properties = List.copyOf(properties);
      measurements = List.copyOf(measurements);
    }
  }

  private final Findings findings;
  private final List<Shown> shown;
  private final Path file;
  private final Html html = new Html();
  private final List<JsonNode> results = new ArrayList<>();
  private final List<History> histories = new ArrayList<>();
  private final double end;
  private final int ticksEach;

  private ComparePage(Findings findings, List<Shown> shown, Path file) {
    this.findings = findings;
    this.shown = shown;
    this.file = file;
    double latest = 0;
    int ticks = 0;
    for (Shown one : shown) {
      JsonNode result = one.folder().results();
      double its = result.path("virtualSeconds").asDouble();
      results.add(result);
      histories.add(new History(one.folder().journal(), its));
      latest = Math.max(latest, its);
      ticks = Math.max(ticks, one.series().store().ticks());
    }
    this.end = latest;
    this.ticksEach = Grid.ticksEach(ticks, POINTS_MAX);
  }

  /**
   * Writes the page.
   *
   * @param shown the run of each variant, the base first; at least one
   */
  public static void write(Findings findings, List<Shown> shown, Path file) throws IOException {
    Files.writeString(file, new ComparePage(findings, List.copyOf(shown), file).text());
  }

  private String text() {
    ObjectNode numbers = RunJson.MAPPER.createObjectNode();
    header();
    blocks("properties", "Properties", findings.properties());
    blocks("measurements", "Measurements", findings.measurements());
    timeline();
    charts(numbers);
    runs();
    html.close("main");
    return Page.of(title() + " · compared", html, numbers);
  }

  private String title() {
    JsonNode base = results.get(0);
    return base.path("title").asText(shown.get(0).folder().about().path("scenario").asText());
  }

  private void header() {
    html.open("header").open("p", "class", "verdict");
    Marks.verdict(html, findings.verdict());
    String variants = shown.size() == 1 ? "1 variant" : shown.size() + " variants";
    html.element("span", variants + ", " + findings.seeds(), "class", "reason").close("p");
    html.element("h1", title()).open("dl", "class", "facts");
    fact("scenario", shown.get(0).folder().about().path("scenario").asText());
    fact("variants", String.join(", ", shown.stream().map(Shown::variant).toList()));
    html.close("dl");
    html.open("p", "class", "repeat").element("span", "repeat with", "class", "quiet").text(" ");
    html.element("code", findings.command()).close("p");
    html.close("header").open("main");
  }

  private void fact(String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close("div");
  }

  private void blocks(String id, String title, List<Block> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    html.open("section", "id", id).element("h2", title);
    for (Block block : blocks) {
      html.element("h3", block.name()).open("div", "class", "wide");
      html.open("table", "class", "compared").open("thead").open("tr");
      html.open("td").close("td").element("th", "variant", "scope", "col");
      for (String heading : block.headings()) {
        if (heading.isEmpty()) {
          html.open("td").close("td");
        } else {
          html.element("th", heading, "scope", "col");
        }
      }
      html.close("tr").close("thead").open("tbody");
      for (Row row : block.rows()) {
        html.open("tr").open("td");
        if (!row.match().isEmpty()) {
          Marks.mark(html, Marks.ofMatch(row.match()), row.match());
        }
        html.close("td").element("th", row.variant(), "scope", "row");
        row.cells().forEach(cell -> html.element("td", cell));
        html.close("tr");
      }
      html.close("tbody").close("table").close("div");
    }
    html.close("section");
  }

  private void timeline() {
    html.open("section", "id", "timeline").element("h2", "When they were violated");
    html.element("p", "Of seed " + findings.shownSeed() + ".", "class", "quiet");
    Timeline timeline = new Timeline(html, end).open("When each variant violated each property");
    for (JsonNode property : results.get(0).path("properties")) {
      String name = property.path("name").asText();
      timeline.heading(name);
      for (int i = 0; i < shown.size(); i++) {
        JsonNode its = propertyOf(results.get(i), name);
        if (its != null) {
          String variant = shown.get(i).variant();
          timeline.row(
              Marks.sign(its), Marks.style(its), variant, variant + ": " + Outcomes.said(its));
          timeline.bars(its, histories.get(i).pending().getOrDefault(name, List.of()));
          timeline.endRow();
        }
      }
    }
    timeline.close();
    html.close("section");
  }

  private static @Nullable JsonNode propertyOf(JsonNode result, String name) {
    for (JsonNode property : result.path("properties")) {
      if (property.path("name").asText().equals(name)) {
        return property;
      }
    }
    return null;
  }

  // ---- charts

  private void charts(ObjectNode numbers) {
    Shown longest = shown.get(0);
    for (Shown one : shown) {
      if (one.series().store().ticks() > longest.series().store().ticks()) {
        longest = one;
      }
    }
    Grid grid = new Grid(longest.series().store(), ticksEach);
    Tracks tracks = new Tracks(new Sampler(grid));
    numbers.put("end", end);
    numbers.put("warmup", longest.folder().about().path("warmupNanos").asLong() / 1e9);
    numbers.put("times", Packed.exact(grid.times()));
    numbers.putObject("violations");
    ArrayNode marks = numbers.putArray("marks");
    histories.get(0).steps().forEach(step -> step.addTo(marks));
    Charts charts = new Charts(html, tracks, numbers.putArray("charts"));
    html.open("section", "id", "charts").element("h2", "Charts");
    html.element(
        "p",
        "Of seed %d, rates and 95th percentiles. Shaded upright: faults and operators of the base."
                .formatted(findings.shownSeed())
            + " Drag to zoom all charts; a name below a chart hides its line.",
        "class",
        "quiet");
    html.open("p", "class", "controls", "hidden", "");
    html.element("output", "", "id", "range", "aria-live", "polite");
    html.element("button", "show all", "type", "button", "id", "all").close("p");
    List<Chart> judged = judged(tracks);
    if (!judged.isEmpty()) {
      html.element("h3", "What the properties judge");
      charts.grid(judged);
    }
    String rules = rules();
    ChartChoice.arranged(placed(tracks), name -> rules.contains("\"" + name + "\""))
        .forEach(charts::section);
    html.close("section");
    numbers.set("tracks", tracks.json());
  }

  private String rules() {
    StringBuilder rules = new StringBuilder();
    results.get(0).path("properties").forEach(p -> rules.append(JudgedCharts.rule(p)));
    return rules.toString();
  }

  /** One chart for each property that judges a number, with a line for each variant. */
  private List<Chart> judged(Tracks tracks) {
    List<Chart> charts = new ArrayList<>();
    for (JsonNode property : results.get(0).path("properties")) {
      List<Line> lines = new ArrayList<>();
      Line bound = null;
      Chart last = null;
      for (Shown one : shown) {
        Grid grid = new Grid(one.series().store(), ticksEach);
        ChartChoice none = new ChartChoice(one.series().store(), List.of(), tracks);
        double warmup = one.folder().about().path("warmupNanos").asLong() / 1e9;
        Chart chart =
            new JudgedCharts(one.series(), warmup, grid, tracks, none)
                .measured(property, one.variant(), false);
        if (chart != null) {
          last = chart;
          lines.add(line(one, chart.lines().get(0).track()));
          bound = chart.lines().get(chart.lines().size() - 1);
        }
      }
      if (last != null && bound != null) {
        if (bound.look().bound()) {
          lines.add(bound);
        }
        charts.add(new Chart(last.title(), last.note(), last.unit(), lines));
      }
    }
    return charts;
  }

  private Line line(Shown one, int track) {
    return Line.variant(one.variant(), shown.indexOf(one), track);
  }

  /** Where a chart stands, over all variants. */
  private record Place(String subject, String name, String metric) {}

  private List<ChartChoice.Placed> placed(Tracks tracks) {
    Map<Place, Map<Shown, List<Series>>> parts = new LinkedHashMap<>();
    for (Shown one : shown) {
      ChartChoice choice = new ChartChoice(one.series().store(), List.of(), tracks);
      for (ChartChoice.Part part : choice.parts()) {
        parts
            .computeIfAbsent(
                new Place(part.subject(), part.name(), part.metric()), p -> new LinkedHashMap<>())
            .put(one, part.series());
      }
    }
    List<ChartChoice.Placed> placed = new ArrayList<>();
    parts.forEach(
        (place, series) -> {
          if (tracks.packedLength() < NUMBERS_MAX) {
            Chart chart = chart(place, series, tracks);
            placed.add(new ChartChoice.Placed(place.subject(), place.name(), chart));
          }
        });
    return placed;
  }

  private Chart chart(Place place, Map<Shown, List<Series>> series, Tracks tracks) {
    List<Line> lines = new ArrayList<>();
    String unit = "";
    boolean durations = false;
    for (Map.Entry<Shown, List<Series>> one : series.entrySet()) {
      Sampler sampler = new Sampler(new Grid(one.getKey().series().store(), ticksEach));
      Map<String, double[]> columns = sampler.columns(one.getValue());
      unit = Units.of(one.getValue().get(0));
      durations = columns.containsKey("p95");
      Map<String, double[]> kept = new LinkedHashMap<>();
      kept.put(
          Sampler.VALUE, columns.getOrDefault(durations ? "p95" : Sampler.VALUE, new double[0]));
      int track = tracks.add("", unit, kept);
      lines.add(line(one.getKey(), track));
    }
    String title = durations ? place.metric() + ", p95" : place.metric();
    return new Chart(title, help(place.metric()), unit, lines);
  }

  private String help(String metric) {
    return shown.get(0).series().infos().stream()
        .filter(info -> info.name().equals(metric))
        .map(MetricInfo::help)
        .findFirst()
        .orElse("");
  }

  private void runs() {
    html.open("section", "id", "runs").element("h2", "Runs shown");
    html.open("ul", "class", "files");
    Path here = file.toAbsolutePath().normalize().getParent();
    for (Shown one : shown) {
      Path report = one.folder().path().toAbsolutePath().normalize().resolve(RunPage.FILE);
      String link = here == null ? RunPage.FILE : here.relativize(report).toString();
      html.open("li").element("a", one.variant(), "href", link.replace('\\', '/')).close("li");
    }
    html.close("ul").close("section");
  }
}
