package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * A table of bars over the time of a run, drawn as SVG whose positions are percentages: it fits any
 * width without a script, and its words keep their size.
 */
final class Timeline {
  private static final double[] STEPS = {
    1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900,
    1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400
  };
  private static final int STEPS_MAX = 8;

  private final Html html;
  private final double end;

  /** Of a run that ended at a time, in seconds. */
  Timeline(Html html, double end) {
    this.html = html;
    this.end = end <= 0 ? 1 : end;
  }

  /** Begins it, with its axis. */
  Timeline open(String caption) {
    html.open("table", "class", "timeline");
    html.element("caption", caption, "class", "unseen");
    html.trusted("<colgroup><col class=\"names\"><col></colgroup>");
    html.open("thead").open("tr").element("td", "").open("th", "scope", "col");
    html.open("svg", "class", "axis", "role", "img", "aria-label", "0 to " + time(end));
    double step = step();
    for (int i = 0; i * step <= end * 1.0001; i++) {
      double at = i * step;
      String anchor = i == 0 ? "start" : at > 0.95 * end ? "end" : "middle";
      html.open("line", "x1", x(at), "x2", x(at), "y1", "16", "y2", "20").close("line");
      // Where there is little room, every other word is left out.
      String place = i % 2 == 0 ? "even" : "odd";
      html.element("text", time(at), "x", x(at), "y", "12", "text-anchor", anchor, "class", place);
    }
    html.close("svg").close("th").close("tr").close("thead").open("tbody");
    return this;
  }

  private double step() {
    for (double step : STEPS) {
      if (end / step <= STEPS_MAX) {
        return step;
      }
    }
    return end / STEPS_MAX;
  }

  /**
   * Begins a row.
   *
   * @param mark a sign with its class, or empty
   */
  Timeline row(String mark, String markClass, String label, String words) {
    html.open("tr").open("th", "scope", "row");
    if (!mark.isEmpty()) {
      html.element("span", mark, "class", markClass, "aria-hidden", "true").text(" ");
    }
    html.text(label).close("th").open("td");
    html.open("svg", "class", "track", "role", "img", "aria-label", words);
    return this;
  }

  /** A bar from one time to another, at least wide enough to be seen. */
  Timeline bar(String kind, double from, double to, String words) {
    html.open("g", "class", kind).element("title", words);
    if (to > from) {
      html.open("rect", "x", x(from), "width", x(to - from), "y", "3", "height", "12");
      html.close("rect");
    }
    html.open("line", "x1", x(from), "x2", x(from), "y1", "3", "y2", "15").close("line");
    html.close("g");
    return this;
  }

  /** When a property was violated, and before that not yet decided. */
  Timeline bars(JsonNode property, List<History.Stretch> pending) {
    for (History.Stretch stretch : pending) {
      String words = "not yet decided from %s to %s";
      bar(
          "pending",
          stretch.from(),
          stretch.to(),
          words.formatted(time(stretch.from()), time(stretch.to())));
    }
    for (JsonNode stretch : property.path("violations")) {
      double from = stretch.path(0).asDouble();
      double to = stretch.path(1).asDouble();
      bar("violated", from, to, "violated from %s to %s".formatted(time(from), time(to)));
    }
    return this;
  }

  /** Ends a row. */
  Timeline endRow() {
    html.close("svg").close("td").close("tr");
    return this;
  }

  /** A line between groups of rows. */
  Timeline heading(String text) {
    html.open("tr", "class", "heading").element("th", text, "colspan", "2", "scope", "rowgroup");
    html.close("tr");
    return this;
  }

  void close() {
    html.close("tbody").close("table");
  }

  private String x(double seconds) {
    return String.format(Locale.ROOT, "%.3f%%", 100 * Math.min(1, Math.max(0, seconds / end)));
  }

  private static String time(double seconds) {
    return Amounts.time(new BigDecimal(seconds));
  }
}
