package dev.cascade.cli.report;

import dev.cascade.cli.report.Chart.Group;
import dev.cascade.cli.report.Chart.Line;
import dev.cascade.cli.report.Chart.Section;
import dev.cascade.metrics.GaugeSeries;
import dev.cascade.metrics.Series;
import dev.cascade.metrics.SeriesKey;
import dev.cascade.metrics.SeriesStore;
import dev.cascade.node.MetricInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses charts for the series that a run has, whatever its models are: one for each metric of
 * each service, load, balancer … that a label names, with rates first, then durations, then gauges.
 */
final class ChartChoice {
  /** More lines than this nobody tells apart; they are put together. */
  private static final int LINES_MAX = 6;

  private static final int GAUGES_MAX = 4;

  /** Groups of a section that are shown at once, if no property names any. */
  private static final int OPEN_MAX = 2;

  /** Labels that say what a series is about, in the order of sections, with their titles. */
  private static final Map<String, String> SUBJECTS = subjects();

  /** Labels that say what came of something, before all others that a chart may be split by. */
  private static final List<String> OUTCOMES =
      List.of("outcome", "status", "result", "reason", "state", "path", "endpoint", "type");

  private final Tracks tracks;
  private final Map<String, List<Series>> families = new TreeMap<>();
  private final Map<String, String> help = new TreeMap<>();

  ChartChoice(SeriesStore store, List<MetricInfo> infos, Tracks tracks) {
    this.tracks = tracks;
    for (Series series : store.series()) {
      families.computeIfAbsent(series.key().name(), name -> new ArrayList<>()).add(series);
    }
    infos.forEach(info -> help.put(info.name(), info.help()));
  }

  private static Map<String, String> subjects() {
    Map<String, String> subjects = new LinkedHashMap<>();
    subjects.put("load", "Load");
    subjects.put("service", "Services");
    subjects.put("load_balancer", "Load balancers");
    subjects.put("database", "Databases");
    subjects.put("cache", "Caches");
    subjects.put("broker", "Brokers");
    subjects.put("topic", "Topics");
    subjects.put("pool", "Pools");
    subjects.put("deployment", "Deployments");
    subjects.put("group", "Groups");
    return subjects;
  }

  /** The label that says what a series is about; empty if it has none that is known. */
  static String subjectOf(SeriesKey key) {
    return SUBJECTS.keySet().stream()
        .filter(label -> key.label(label) != null)
        .findFirst()
        .orElse("");
  }

  /**
   * The series of one metric that are about the same.
   *
   * @param subject the label that says what they are about; empty if there is none
   * @param name its value, or the beginning of the metric's name
   * @param series at least one
   */
  record Part(String subject, String name, List<Series> series) {
    /** The metric's name. */
    String metric() {
      return series.get(0).key().name();
    }
  }

  /** A chart and where it stands. */
  record Placed(String subject, String name, Chart chart) {}

  /** All series: for each of their subjects rates, then durations, then gauges. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (List<Series> family : inOrder()) {
      SeriesKey first = family.get(0).key();
      String subject = subjectOf(first);
      Map<String, List<Series>> byName =
          subject.isEmpty() ? one(prefix(first.name()), family) : split(family, subject);
      byName.forEach((name, series) -> parts.add(new Part(subject, name, series)));
    }
    return parts;
  }

  /** A chart for each part, in sections; gauges that stay at 0 show nothing. */
  List<Section> sections(Predicate<String> isJudged) {
    return arranged(
        parts().stream()
            .filter(part -> !isIdle(part))
            .map(part -> new Placed(part.subject(), part.name(), chart(part)))
            .toList(),
        isJudged);
  }

  private static boolean isIdle(Part part) {
    return part.series().stream().allMatch(ChartChoice::isIdle);
  }

  private static boolean isIdle(Series series) {
    return series instanceof GaugeSeries gauge
        && IntStream.range(0, gauge.changes())
            .map(gauge::tickOf)
            .allMatch(tick -> gauge.minAt(tick) == 0 && gauge.maxAt(tick) == 0);
  }

  /** Charts in sections by their subjects, in groups by name; what is judged is open. */
  static List<Section> arranged(List<Placed> charts, Predicate<String> isJudged) {
    Map<String, Map<String, List<Chart>>> bySubject = new LinkedHashMap<>();
    SUBJECTS.keySet().forEach(label -> bySubject.put(label, new TreeMap<>()));
    bySubject.put("", new TreeMap<>());
    for (Placed placed : charts) {
      Objects.requireNonNull(bySubject.get(placed.subject()))
          .computeIfAbsent(placed.name(), none -> new ArrayList<>())
          .add(placed.chart());
    }
    List<Section> sections = new ArrayList<>();
    bySubject.forEach(
        (label, groups) -> {
          if (!groups.isEmpty()) {
            sections.add(new Section(title(label), groups(groups, isJudged)));
          }
        });
    return sections;
  }

  private static String title(String label) {
    return label.isEmpty() ? "Everything else" : Objects.requireNonNull(SUBJECTS.get(label));
  }

  private static List<Group> groups(Map<String, List<Chart>> byName, Predicate<String> isJudged) {
    boolean anyJudged = byName.keySet().stream().anyMatch(isJudged);
    List<Group> groups = new ArrayList<>();
    byName.forEach(
        (name, charts) -> {
          boolean open = anyJudged ? isJudged.test(name) : groups.size() < OPEN_MAX;
          groups.add(new Group(name, open, charts));
        });
    return groups;
  }

  /** Rates, what failed, durations, gauges. */
  private List<List<Series>> inOrder() {
    return families.values().stream()
        .sorted(Comparator.comparingInt(family -> rank(family.get(0))))
        .toList();
  }

  private static int rank(Series series) {
    String name = series.key().name();
    return switch (series.kind()) {
      case COUNTER -> name.contains("requests_total") ? 0 : name.contains("fail") ? 1 : 4;
      case HISTOGRAM -> 2;
      case GAUGE -> 3;
    };
  }

  private static String prefix(String metric) {
    int end = metric.indexOf('_');
    return end < 0 ? metric : metric.substring(0, end);
  }

  private static Map<String, List<Series>> one(String name, List<Series> series) {
    Map<String, List<Series>> one = new TreeMap<>();
    one.put(name, series);
    return one;
  }

  private static Map<String, List<Series>> split(List<Series> series, String label) {
    return series.stream()
        .collect(
            Collectors.groupingBy(
                each -> Objects.requireNonNullElse(each.key().label(label), ""),
                TreeMap::new,
                Collectors.toList()));
  }

  private Chart chart(Part part) {
    return new Chart(
        part.metric(),
        help(part.metric()),
        Units.of(part.series().get(0)),
        lines(part.series(), part.subject()));
  }

  /** What is known of a metric; empty if nothing is. */
  String help(String metric) {
    return help.getOrDefault(metric, "");
  }

  /** The lines of some series of one metric. */
  List<Line> lines(List<Series> series, String subject) {
    return switch (series.get(0).kind()) {
      case HISTOGRAM -> quantiles(series);
      case COUNTER -> counters(series, subject);
      case GAUGE -> gauges(series, subject);
    };
  }

  private List<Line> quantiles(List<Series> series) {
    int track = tracks.of(series);
    return Stream.of("p50", "p95", "p99", "max")
        .map(column -> new Line(column, track, column, false))
        .toList();
  }

  private List<Line> counters(List<Series> series, String subject) {
    String label = splitBy(series, subject);
    if (label.isEmpty()) {
      return List.of(new Line("rate", tracks.of(series), Sampler.VALUE, true));
    }
    return linesBy(series, label);
  }

  private List<Line> gauges(List<Series> series, String subject) {
    if (series.size() == 1) {
      return List.of(new Line("value", tracks.of(series), Sampler.VALUE, true));
    }
    String label = splitBy(series, subject);
    if (!label.isEmpty()) {
      return linesBy(series, label);
    }
    if (series.size() <= GAUGES_MAX) {
      return linesBy(series, "host");
    }
    String all = "mean of " + series.size() + ", least to greatest shaded";
    return List.of(new Line(all, tracks.of(series), Sampler.VALUE, true));
  }

  private List<Line> linesBy(List<Series> series, String label) {
    List<Line> lines = new ArrayList<>();
    split(series, label)
        .forEach(
            (value, part) ->
                lines.add(
                    new Line(
                        value.isEmpty() ? "none" : value, tracks.of(part), Sampler.VALUE, true)));
    return lines;
  }

  /** The label whose values make a few lines; empty if there is none. */
  private static String splitBy(List<Series> series, String subject) {
    List<String> labels = new ArrayList<>(OUTCOMES);
    series.get(0).key().labelKeys().stream()
        .filter(key -> !labels.contains(key))
        .forEach(labels::add);
    for (String label : labels) {
      if (label.equals(subject) || label.equals("host")) {
        continue;
      }
      int values = split(series, label).size();
      if (values >= 2 && values <= LINES_MAX) {
        return label;
      }
    }
    return "";
  }

  /** All series of the run, those that changed most first. */
  List<Series> liveliest() {
    return families.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(Series::changes).reversed())
        .toList();
  }

  /** The series of one metric, none if there is no such metric. */
  List<Series> family(String name) {
    return families.getOrDefault(name, List.of());
  }
}
