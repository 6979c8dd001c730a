package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;

/** The timeline of a post-mortem beside the run's: expected, measured, in time or not. */
final class PostMortemTable {
  private PostMortemTable() {}

  /** Writes it. */
  static void write(Html html, JsonNode timeline) {
    html.open("div", "class", "wide").open("table", "class", "properties");
    html.open("thead").open("tr");
    for (String heading : new String[] {"", "entry", "clock"}) {
      html.element("th", heading, "scope", "col");
    }
    for (String heading : new String[] {"expected", "measured", "off by", "tolerance"}) {
      html.element("th", heading, "scope", "col", "class", "number");
    }
    html.close("tr").close("thead").open("tbody");
    timeline.forEach(entry -> row(html, entry));
    html.close("tbody").close("table").close("div");
  }

  private static void row(Html html, JsonNode entry) {
    boolean given = entry.path("kind").asText().equals("given");
    html.open("tr").open("td");
    if (entry.path("scored").asBoolean()) {
      Marks.of(html, entry);
    }
    html.close("td").open("th", "scope", "row").text(entry.path("name").asText());
    String reason = entry.path("reason").asText("");
    for (String note : new String[] {entry.path("description").asText(""), given ? "" : reason}) {
      if (!note.isBlank() && !note.equals("null")) {
        html.element("span", note, "class", "note");
      }
    }
    html.close("th").element("td", entry.path("clock").asText());
    html.element("td", time(entry.path("expected")), "class", "number");
    html.element("td", time(entry.path("measured")), "class", "number");
    html.element("td", given ? "given" : late(entry), "class", "number");
    html.element("td", given ? "" : "±" + time(entry.path("tolerance")), "class", "number");
    html.close("tr");
  }

  private static String late(JsonNode entry) {
    if (!entry.path("expected").isNumber() || !entry.path("measured").isNumber()) {
      return "–";
    }
    var late =
        entry.path("measured").decimalValue().subtract(entry.path("expected").decimalValue());
    return (late.signum() < 0 ? "−" : "+") + Amounts.time(late.abs());
  }

  private static String time(JsonNode seconds) {
    return seconds.isNumber() ? Amounts.time(seconds.decimalValue()) : "–";
  }
}
