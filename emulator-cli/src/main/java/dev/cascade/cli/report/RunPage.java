package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.metrics.Series;
import dev.cascade.metrics.SeriesFile;
import dev.cascade.run.Ending;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.run.Shell;
import dev.cascade.run.SpaceTime;
import dev.cascade.run.Verdict;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.html}: one run on one page. It is made of the run's folder alone, so that it can be
 * made again at any time, and holds nothing that differs between two runs of the same but what
 * {@code run.json} says of the wall clock, and where it is.
 */
public final class RunPage {
  /** The file's name in the run's folder. */
  public static final String FILE = "report.html";

  /** As many points as a chart has pixels, or a few more to zoom into. */
  private static final int POINTS_MAX = 480;

  /** Single series that can be picked; there may be thousands. */
  private static final int SERIES_MAX = 400;

  /** Characters of numbers: they are most of the page. */
  private static final long NUMBERS_MAX = 3_000_000;

  private static final int EVENTS_MAX = 20;

  private final JsonNode about;
  private final JsonNode results;
  private final SeriesFile.Content series;
  private final String run;
  private final List<String> files;
  private final String prefix;
  private final double end;
  private final double warmup;
  private final History history;
  private final List<History.Step> steps;
  private final Map<String, List<String>> whys;
  private final @Nullable SpaceTime around;
  private final Html html = new Html();

  private RunPage(
      RunFolder folder,
      SeriesFile.Content series,
      Path file,
      Map<String, List<String>> whys,
      @Nullable SpaceTime around)
      throws IOException {
    this.whys = whys;
    this.around = around;
    this.about = folder.about();
    this.results = folder.results();
    this.series = series;
    this.run = Shell.quoted(folder.argument());
    this.files = filesOf(folder.path());
    this.prefix = prefix(file, folder.path());
    this.end = results.path("virtualSeconds").asDouble();
    this.warmup = about.path("warmupNanos").asLong() / 1e9;
    this.history = new History(folder.journal(), end);
    this.steps = history.steps();
  }

  /** What leads from the page to the folder: nothing, as a rule. */
  private static String prefix(Path file, Path folder) {
    Path from = file.toAbsolutePath().normalize().getParent();
    Path to = folder.toAbsolutePath().normalize();
    if (from == null || from.equals(to)) {
      return "";
    }
    boolean sameRoot = Objects.equals(from.getRoot(), to.getRoot());
    return (sameRoot ? from.relativize(to) : to).toString().replace('\\', '/') + "/";
  }

  private static List<String> filesOf(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(FILE))
          .sorted()
          .toList();
    }
  }

  /** Writes the page into the folder of a run whose series are at hand. */
  public static void write(RunFolder folder, SeriesFile.Content series) throws IOException {
    write(folder, series, folder.path().resolve(FILE));
  }

  /** Writes the page of a run to a file. */
  public static void write(RunFolder folder, SeriesFile.Content series, Path file)
      throws IOException {
    write(folder, series, file, Map.of());
  }

  /**
   * The same with reasons.
   *
   * @param whys of properties that were violated, what led to it in lines
   */
  public static void write(
      RunFolder folder, SeriesFile.Content series, Path file, Map<String, List<String>> whys)
      throws IOException {
    write(folder, series, file, whys, null);
  }

  /**
   * The same with a diagram.
   *
   * @param around the messages around a violation; null for none
   */
  public static void write(
      RunFolder folder,
      SeriesFile.Content series,
      Path file,
      Map<String, List<String>> whys,
      @Nullable SpaceTime around)
      throws IOException {
    Files.writeString(file, new RunPage(folder, series, file, whys, around).text());
  }

  private String text() {
    ObjectNode numbers = RunJson.MAPPER.createObjectNode();
    html.element("a", "Skip to the properties", "class", "skip", "href", "#properties");
    header();
    timeline();
    postMortem();
    properties();
    messagesAround();
    charts(numbers);
    new RunTables(html, about, results).write(history.milestones());
    files();
    html.close("main");
    footer();
    return Page.of(title() + " · " + about.path("verdict").asText(), html, numbers);
  }

  private String title() {
    return results.path("title").asText(about.path("scenario").asText());
  }

  // ---- what it was

  private void header() {
    Verdict verdict = Verdict.valueOf(about.path("verdict").asText().toUpperCase(Locale.ROOT));
    Ending ending =
        Ending.valueOf(about.path("ending").asText().toUpperCase(Locale.ROOT).replace('-', '_'));
    html.open("header").open("p", "class", "verdict");
    Marks.verdict(html, verdict);
    html.element("span", Reasons.of(ending, verdict, variant()), "class", "reason").close("p");
    html.element("h1", title());
    String description = results.path("description").asText("");
    if (!description.isBlank()) {
      // Lines of a file end where its editor is full; paragraphs end at empty lines.
      for (String paragraph : description.strip().split("\\R\\s*\\R", -1)) {
        html.element("p", paragraph.replaceAll("\\s+", " "), "class", "description");
      }
    }
    html.open("dl", "class", "facts");
    fact("scenario", about.path("scenario").asText());
    fact("seed", about.path("seed").asText());
    fact("mitigations", mitigations());
    fact("emulated", Amounts.time(results.path("virtualSeconds").decimalValue()));
    fact("messages", Amounts.number(results.path("messages").path("sent").decimalValue()));
    fact("trace", about.path("traceHash").asText());
    html.close("dl");
    html.open("p", "class", "repeat").element("span", "repeat with", "class", "quiet").text(" ");
    html.element("code", about.path("command").asText()).close("p");
    failure();
    html.close("header").open("main");
  }

  private String variant() {
    return about.path("mitigations").isEmpty() ? "the base" : mitigations();
  }

  private String mitigations() {
    List<String> names = new ArrayList<>();
    about.path("mitigations").forEach(name -> names.add(name.asText()));
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private void fact(String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close("div");
  }

  private void failure() {
    JsonNode failure = results.path("failure");
    if (failure.isMissingNode()) {
      return;
    }
    html.open("section", "class", "failure").element("h2", "What failed");
    html.element("p", failure.path("message").asText());
    html.element(
        "p",
        "%s, at %s, %s"
            .formatted(
                failure.path("kind").asText(),
                Amounts.time(failure.path("time").decimalValue()),
                failure.path("actor").asText()),
        "class",
        "quiet");
    html.open("pre");
    failure.path("lastEvents").forEach(line -> html.text(line.asText() + "\n"));
    html.close("pre").close("section");
  }

  // ---- the timeline

  private void timeline() {
    html.section("timeline", "Timeline");
    Timeline timeline = new Timeline(html, end).open("What happened when");
    if (!steps.isEmpty()) {
      timeline.heading("Faults and operators");
    }
    for (History.Step step : steps) {
      String words = words(step);
      timeline.row(Integer.toString(step.number()), "number", step.name(), words);
      timeline.bar(step.kind(), step.from(), step.to() == null ? step.from() : step.to(), words);
      timeline.endRow();
    }
    if (!results.path("properties").isEmpty()) {
      timeline.heading("Properties: when they were violated");
    }
    Map<String, List<History.Stretch>> pending = history.pending();
    for (JsonNode property : results.path("properties")) {
      bars(timeline, property, pending.getOrDefault(property.path("name").asText(), List.of()));
    }
    events(timeline);
    timeline.close();
    legend();
    html.close("section");
  }

  private void postMortem() {
    JsonNode entries = results.path("timeline");
    if (!entries.isEmpty()) {
      html.section("post-mortem", "Beside the post-mortem");
      PostMortemTable.write(html, entries);
      html.close("section");
    }
  }

  private static String words(History.Step step) {
    String when = time(step.from());
    Double to = step.to();
    return "%s %s: %s at %s%s"
        .formatted(
            step.kind(), step.name(), step.what(), when, to == null ? "" : " until " + time(to));
  }

  private void bars(Timeline timeline, JsonNode property, List<History.Stretch> pending) {
    String name = property.path("name").asText();
    timeline.row(
        Marks.sign(property), Marks.style(property), name, name + ": " + Outcomes.said(property));
    timeline.bars(property, pending).endRow();
  }

  private void events(Timeline timeline) {
    Map<String, List<Double>> events = history.events();
    if (events.isEmpty()) {
      return;
    }
    timeline.heading("State changes");
    int shown = 0;
    for (Map.Entry<String, List<Double>> event : events.entrySet()) {
      if (++shown > EVENTS_MAX) {
        break;
      }
      int count = event.getValue().size();
      String words = "%s, %d times".formatted(event.getKey(), count);
      timeline.row("", "", event.getKey() + (count > 1 ? " × " + count : ""), words);
      // Marks nearer than a thousandth of the run are one on any screen.
      TreeMap<Long, Double> apart = new TreeMap<>();
      event.getValue().forEach(at -> apart.putIfAbsent(Math.round(1000 * at / end), at));
      apart
          .values()
          .forEach(at -> timeline.bar("event", at, at, event.getKey() + " at " + time(at)));
      timeline.endRow();
    }
    if (events.size() > EVENTS_MAX) {
      timeline.heading("and %d more kinds, in journal.jsonl".formatted(events.size() - EVENTS_MAX));
    }
  }

  private void legend() {
    html.open("ul", "class", "legend");
    String drawn = html.toString();
    for (String kind : List.of("fault", "operator", "action", "violated", "pending", "event")) {
      if (!drawn.contains("<g class=\"" + kind + "\">")) {
        continue;
      }
      html.open("li").open("svg", "class", "key", "aria-hidden", "true").open("g", "class", kind);
      html.open("rect", "x", "1", "y", "1", "width", "14", "height", "10").close("rect");
      html.close("g").close("svg").text(kind.equals("pending") ? "not yet decided" : kind);
      html.close("li");
    }
    html.close("ul");
  }

  // ---- what was judged

  private void properties() {
    html.section("properties", "Properties");
    if (results.path("properties").isEmpty()) {
      html.element("p", "The scenario has none.", "class", "quiet").close("section");
      return;
    }
    html.open("div", "class", "wide").open("table", "class", "properties");
    html.head("", "property", "result", "expected", "=measured", "=first violation", "=longest");
    for (JsonNode property : results.path("properties")) {
      html.open("tr").open("td");
      Marks.of(html, property);
      html.close("td").open("th", "scope", "row").text(property.path("name").asText());
      html.element("code", JudgedCharts.rule(property), "class", "rule");
      notes(property);
      askWhy(property);
      html.close("th");
      html.element("td", Outcomes.result(property));
      html.element("td", Outcomes.expected(property));
      html.element("td", Outcomes.measured(property), "class", "number");
      html.element("td", Outcomes.first(property), "class", "number");
      html.element("td", Outcomes.longest(property), "class", "number").close("tr");
      why(property.path("name").asText());
    }
    html.close("tbody").close("table").close("div").close("section");
  }

  /** How to ask what led to its first violation. */
  private void askWhy(JsonNode property) {
    String name = property.path("name").asText();
    if (property.path("firstViolation").isNumber() && !whys.containsKey(name)) {
      String command = "./cascade why %s %s".formatted(run, Shell.quoted(name));
      html.open("span", "class", "note").text("why: ").element("code", command).close("span");
    }
  }

  /** What led to its first violation, in a row of its own. */
  private void why(String property) {
    List<String> lines = whys.get(property);
    if (lines != null) {
      html.open("tr", "class", "why").open("td").close("td").open("td", "colspan", "6");
      html.open("details").element("summary", "why " + property);
      html.element("pre", String.join("\n", lines)).close("details").close("td").close("tr");
    }
  }

  private void messagesAround() {
    if (around != null) {
      html.open("section", "id", "messages-around");
      html.element("h2", "Messages around the first violation of " + around.property());
      html.element(
          "p",
          "Time runs downwards; rows are apart by the logarithm of the time between them. Blue arrows led"
              + " to the violation, hovering shows what a message said; beside the lines stand events and gauges.",
          "class",
          "quiet");
      html.open("div", "class", "wide").trusted(MessagesSvg.inline(around)).close("div");
      html.close("section");
    }
  }

  private void notes(JsonNode property) {
    List<String> notes = new ArrayList<>();
    String description = property.path("rule").path("description").asText("");
    notes.add(description);
    if (!property.path("conclusion").asText().equals("met")) {
      notes.add(property.path("reasoning").asText(""));
    }
    notes.add(property.path("reason").asText(""));
    for (JsonNode threshold : property.path("thresholds")) {
      notes.add(Outcomes.threshold(threshold));
    }
    property.path("notes").forEach(note -> notes.add(note.asText()));
    for (String note : notes) {
      if (!note.isBlank() && !note.equals("null")) {
        html.element("span", note, "class", "note");
      }
    }
  }

  // ---- charts

  private void charts(ObjectNode numbers) {
    Grid grid = Grid.of(series.store(), POINTS_MAX);
    Tracks tracks = new Tracks(new Sampler(grid));
    ChartChoice choice = new ChartChoice(series.store(), series.infos(), tracks);
    numbers.put("end", end);
    numbers.put("warmup", warmup);
    numbers.put("times", Packed.exact(grid.times()));
    marks(numbers);
    Charts charts = new Charts(html, tracks, numbers.putArray("charts"));
    html.section("charts", "Charts");
    controls(grid);
    List<Chart> judged =
        new JudgedCharts(series, warmup, grid, tracks, choice).of(results.path("properties"));
    if (!judged.isEmpty()) {
      html.element("h3", "What the properties judge");
      charts.grid(judged);
    }
    String rules = rules();
    choice
        .sections(name -> rules.contains("\"" + name + "\""))
        .forEach(section -> charts.section(section));
    picker(choice, tracks);
    html.close("section");
    numbers.set("tracks", tracks.json());
  }

  private String rules() {
    StringBuilder rules = new StringBuilder();
    results.path("properties").forEach(p -> rules.append(JudgedCharts.rule(p)).append('\n'));
    return rules.toString();
  }

  private void marks(ObjectNode numbers) {
    ArrayNode marks = numbers.putArray("marks");
    steps.forEach(step -> step.addTo(marks));
    // Nearer than a thousandth of the run they are one on any screen.
    ArrayNode events = numbers.putArray("events");
    history.events().values().stream()
        .flatMap(List::stream)
        .map(at -> Math.round(1000 * at / end))
        .distinct()
        .sorted()
        .forEach(at -> events.add(at * end / 1000));
    ObjectNode violations = numbers.putObject("violations");
    for (JsonNode property : results.path("properties")) {
      violations.set(property.path("name").asText(), property.path("violations"));
    }
  }

  private void controls(Grid grid) {
    html.open("p", "class", "quiet").text("Numbers are those of ");
    html.text(
        grid.isExact()
            ? "each tick."
            : "several ticks each; what is shaded reaches to the extremes of single ticks.");
    html.text(" Shaded upright: faults and operators, numbered as above; ticks at");
    html.text(" the bottom: state changes. Drag to zoom all charts;");
    html.text(" with the keyboard, arrows move the cursor, + and - zoom, 0 shows all.");
    html.close("p");
    html.open("p", "class", "controls", "hidden", "");
    html.element("output", "", "id", "range", "aria-live", "polite");
    html.element("button", "show all", "type", "button", "id", "all").close("p");
  }

  private void picker(ChartChoice choice, Tracks tracks) {
    int left = 0;
    int picked = 0;
    for (Series one : choice.liveliest()) {
      if (picked < SERIES_MAX && tracks.packedLength() < NUMBERS_MAX) {
        tracks.of(List.of(one));
        picked++;
      } else {
        left++;
      }
    }
    html.open("div", "id", "picker", "hidden", "").element("h3", "Other series");
    html.open("label").text("Find ").open("input", "type", "search", "id", "find", "size", "40");
    html.close("label");
    html.element("p", "", "id", "found", "class", "quiet", "aria-live", "polite");
    html.open("ul", "id", "picks").close("ul");
    html.open("div", "id", "picked", "class", "grid").close("div");
    if (left > 0) {
      html.element(
          "p",
          "%d series that changed less are not on this page; they are in metrics.csv."
              .formatted(left),
          "class",
          "quiet");
    }
    html.close("div");
  }

  private void files() {
    html.section("files", "Files");
    html.open("ul", "class", "files");
    for (String file : files) {
      html.open("li").element("a", file, "href", prefix + file);
      html.element("span", FileWords.of(file), "class", "quiet").close("li");
    }
    html.close("ul").close("section");
  }

  private void footer() {
    html.open("footer").open("p", "class", "quiet");
    html.text(
        "cascade %s, Java %s; begun %s, took %s on the wall clock"
            .formatted(
                about.path("cascade").asText(),
                about.path("java").asText(),
                about.path("start").asText(),
                Amounts.span(about.path("wallSeconds").decimalValue())));
    html.close("p").close("footer");
  }

  private static String time(double seconds) {
    return Amounts.time(new BigDecimal(seconds));
  }
}
