package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
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
    html.open("thead").open("tr").element("th", "work for", "scope", "col");
    html.element("th", "whose caller", "scope", "col");
    for (String heading : List.of("requests", "messages", "CPU", "share")) {
      html.element("th", heading, "scope", "col", "class", "number");
    }
    html.element("th", byCpu ? "of CPU" : "of messages", "scope", "col");
    html.close("tr").close("thead").open("tbody");
    for (JsonNode account : work.path("accounts")) {
      String cause =
          plural(account.path("purpose").asText()) + " of " + account.path("from").asText();
      row(cause, words(account.path("end").asText()), account.path("end").asText(), account);
    }
    row("requests under way", "may still be answered", "unfinished", work.path("unfinished"));
    row("no request", "timers, gossip, control, the clients' own", "own", work.path("own"));
    html.close("tbody").open("tfoot").open("tr").element("th", "together", "scope", "row");
    html.open("td").close("td");
    numbers(work.path("total"));
    html.open("td").close("td").close("tr").close("tfoot").close("table").close("div");
  }

  private void row(String cause, String caller, String style, JsonNode amount) {
    html.open("tr").element("th", cause, "scope", "row").element("td", caller);
    numbers(amount);
    String width = String.format(Locale.ROOT, "%.1f", BAR_WIDTH * share(amount));
    html.open("td").open("svg", "class", "share", "aria-hidden", "true");
    html.open("g", "class", style);
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

  private static String plural(String purpose) {
    String word = purpose.replace('-', ' ');
    return word.endsWith("y") ? word.replaceFirst("y$", "ies") : word + "s";
  }

  private static String words(String end) {
    return switch (end) {
      case "answered" -> "waited";
      case "given-up" -> "had given up";
      case "shed" -> "was turned away";
      default -> "was cut off";
    };
  }
}
