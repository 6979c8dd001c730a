package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.cli.report.Chart.Group;
import dev.cascade.cli.report.Chart.Line;
import dev.cascade.cli.report.Chart.Section;
import java.util.List;

/** Writes charts: places for the page's script to draw in, and tables for readers without one. */
final class Charts {
  private final Html html;
  private final Tracks tracks;
  private final ArrayNode charts;

  /**
   * Writes into a page.
   *
   * @param charts what the script reads
   */
  Charts(Html html, Tracks tracks, ArrayNode charts) {
    this.html = html;
    this.tracks = tracks;
    this.charts = charts;
  }

  /** A section of groups that fold. */
  void section(Section section) {
    html.element("h3", section.title());
    for (Group group : section.groups()) {
      html.open("details", group.open() ? new String[] {"class", "group", "open", ""} : CLOSED);
      html.open("summary").element("span", group.name());
      html.element("span", count(group.charts().size()), "class", "quiet").close("summary");
      grid(group.charts());
      html.close("details");
    }
  }

  private static final String[] CLOSED = {"class", "group"};

  private static String count(int charts) {
    return charts == 1 ? "1 chart" : charts + " charts";
  }

  /** Charts side by side. */
  void grid(List<Chart> shown) {
    html.open("div", "class", "grid");
    shown.forEach(this::chart);
    html.close("div");
  }

  private void chart(Chart chart) {
    String number = Integer.toString(charts.size());
    ObjectNode json = charts.addObject();
    json.put("title", chart.title());
    json.put("unit", chart.unit());
    if (!chart.judged().isEmpty()) {
      json.put("judged", chart.judged());
    }
    ArrayNode lines = json.putArray("lines");
    for (Line line : chart.lines()) {
      ObjectNode node = lines.addObject();
      node.put("label", line.label()).put("track", line.track()).put("column", line.column());
      if (line.band() && tracks.get(line.track()).columns().containsKey(Sampler.LOW)) {
        node.put("band", true);
      }
      if (line.look().bound()) {
        node.put("bound", true);
      }
      if (line.look().variant() >= 0) {
        node.put("variant", line.look().variant());
      }
    }
    html.open("figure", "class", "chart", "data-chart", number);
    html.open("figcaption").element("b", chart.title());
    if (!chart.note().isEmpty()) {
      html.element("span", chart.note(), "class", "quiet");
    }
    html.close("figcaption");
    html.open("div", "class", "plot").close("div");
    html.open("noscript");
    table(chart);
    html.close("noscript").close("figure");
  }

  /** Least, mean and greatest of each line. */
  private void table(Chart chart) {
    html.open("table").open("thead").open("tr");
    for (String heading : List.of("line", "least", "mean", "greatest")) {
      html.element("th", heading, "scope", "col");
    }
    html.close("tr").close("thead").open("tbody");
    for (Line line : chart.lines()) {
      Tracks.Track track = tracks.get(line.track());
      double[] values = track.columns().getOrDefault(line.column(), new double[0]);
      double[] lows = track.columns().getOrDefault(Sampler.LOW, values);
      double[] highs = track.columns().getOrDefault(Sampler.HIGH, values);
      html.open("tr").element("th", line.label(), "scope", "row");
      html.element("td", Amounts.of(Extremes.of(lows).min(), chart.unit()));
      html.element("td", Amounts.of(Extremes.of(values).mean(), chart.unit()));
      html.element("td", Amounts.of(Extremes.of(highs).max(), chart.unit())).close("tr");
    }
    html.close("tbody").close("table");
  }

  /** What a column comes to; NaN where there is nothing in it. */
  private record Extremes(double min, double mean, double max) {
    static Extremes of(double[] column) {
      double min = Double.NaN;
      double max = Double.NaN;
      double sum = 0;
      int count = 0;
      for (double value : column) {
        if (Double.isFinite(value)) {
          min = count == 0 ? value : Math.min(min, value);
          max = count == 0 ? value : Math.max(max, value);
          sum += value;
          count++;
        }
      }
      return new Extremes(min, count == 0 ? Double.NaN : sum / count, max);
    }
  }
}
