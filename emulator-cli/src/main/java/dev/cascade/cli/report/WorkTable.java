package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cascade.engine.WorkCounts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The work ledger on a page: whom the work served, line by line, with a bar for each share. */
final class WorkTable {
  private static final int BAR_WIDTH = 160;

  private final Html html;
  private final JsonNode work;
  private final boolean byCpu;

  /** Writes into a page what {@code results.json} says. */
  WorkTable(Html html, JsonNode work) {
    this.html = html;
    this.work = work;
    this.byCpu = work.path("total").path("cpuSeconds").asDouble() > 0;
  }

  /** Writes the table. */
  void write() {
    html.open("div", "class", "wide").open("table", "class", "work");
    html.open("thead").open("tr").element("th", "end", "scope", "col");
    html.element("th", "for", "scope", "col");
    for (String heading : List.of("requests", "messages", "CPU", "share")) {
      html.element("th", heading, "scope", "col", "class", "number");
    }
    html.element("th", byCpu ? "of CPU" : "of messages", "scope", "col");
    html.close("tr").close("thead").open("tbody");
    for (JsonNode account : work.path("accounts")) {
      String cause =
          "%s{from=%s}".formatted(account.path("purpose").asText(), account.path("from").asText());
      row(account.path("end").asText(), cause, account);
    }
    row(WorkCounts.UNFINISHED, "", work.path(WorkCounts.UNFINISHED));
    row(WorkCounts.OWN, "", work.path(WorkCounts.OWN));
    html.close("tbody").open("tfoot").open("tr").element("th", "together", "scope", "row");
    html.open("td").close("td");
    numbers(work.path("total"));
    html.open("td").close("td").close("tr").close("tfoot").close("table").close("div");
  }

  private void row(String end, String cause, JsonNode amount) {
    html.open("tr").open("th", "scope", "row").text(end);
    html.element("span", meaning(end), "class", "note").close("th").element("td", cause);
    numbers(amount);
    String width = String.format(Locale.ROOT, "%.1f", BAR_WIDTH * share(amount));
    html.open("td").open("svg", "class", "share", "aria-hidden", "true");
    html.open("g", "class", end);
    html.open("rect", "x", "0", "y", "3", "width", width, "height", "10").close("rect");
    html.close("g").close("svg").close("td").close("tr");
  }

  private void numbers(JsonNode amount) {
    number(Amounts.number(amount.path("requests").decimalValue()));
    number(Amounts.number(amount.path("messages").decimalValue()));
    number(byCpu ? Amounts.span(amount.path("cpuSeconds").decimalValue()) : "-");
    number(Amounts.number(BigDecimal.valueOf(Math.round(1000 * share(amount)), 1)) + " %");
  }

  private void number(String text) {
    html.element("td", text, "class", "number");
  }

  private double share(JsonNode amount) {
    String unit = byCpu ? "cpuSeconds" : "messages";
    double total = work.path("total").path(unit).asDouble();
    return total == 0 ? 0 : amount.path(unit).asDouble() / total;
  }

  private static String meaning(String end) {
    return switch (end) {
      case "answered" -> "the caller still waited";
      case "given-up" -> "the caller had given up";
      case "shed" -> "turned away, or dropped by a full queue";
      case "lost" -> "lost on a link, or with its server";
      case WorkCounts.UNFINISHED -> "may still be answered";
      default -> "no request: timers, gossip, control, the clients' own";
    };
  }
}
