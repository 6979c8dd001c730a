package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run counted, as tables: measurements, work, drops, messages, journal, guesses. */
final class RunTables {
  private static final int DROPS_MAX = 100;
  private static final int MILESTONES_MAX = 300;

  private final Html html;
  private final JsonNode about;
  private final JsonNode results;

  /** Of what {@code run.json} and {@code results.json} say. */
  RunTables(Html html, JsonNode about, JsonNode results) {
    this.html = html;
    this.about = about;
    this.results = results;
  }

  /** Writes them all. */
  void write(List<JsonNode> milestones) {
    numbers();
    work();
    drops();
    messages();
    milestones(milestones);
    guesses();
  }

  private void numbers() {
    JsonNode measurements = results.path("measurements");
    JsonNode steady = results.path("steadyState");
    if (!measurements.isEmpty()) {
      html.section("measurements", "Measurements");
      html.open("div", "class", "wide").open("table");
      html.head("measurement", "=value");
      measurements
          .properties()
          .forEach(
              one -> {
                html.open("tr").element("th", one.getKey(), "scope", "row");
                html.element(
                    "td", Outcomes.measurement(one.getKey(), one.getValue()), "class", "number");
                html.close("tr");
              });
      html.close("tbody").close("table").close("div").close("section");
    }
    if (!steady.path("before").isEmpty() || !steady.path("after").isEmpty()) {
      html.section("steady-state", "Steady state");
      html.open("div", "class", "wide").open("table");
      html.head("", "probe", "tested", "result", "=measured");
      for (String when : List.of("before", "after")) {
        for (JsonNode probe : steady.path(when)) {
          html.open("tr").open("td");
          Marks.ofResult(html, probe.path("result").asText());
          html.close("td").element("th", probe.path("name").asText(), "scope", "row");
          html.element("td", when).element("td", probe.path("result").asText());
          html.element("td", Outcomes.number(probe.path("measured")), "class", "number");
          html.close("tr");
        }
      }
      html.close("tbody").close("table").close("div").close("section");
    }
  }

  private void work() {
    JsonNode work = results.path("work");
    if (!work.path("total").isMissingNode()) { // runs of earlier versions have none
      html.section("work", "Work: whom it served");
      new WorkTable(html, work).write();
      html.close("section");
    }
  }

  private void drops() {
    html.section("drops", "Drops");
    List<JsonNode> drops = new ArrayList<>();
    results.path("drops").forEach(drops::add);
    drops.sort(
        (one, other) -> Long.compare(other.path("count").asLong(), one.path("count").asLong()));
    if (drops.isEmpty()) {
      html.element("p", "No message was dropped.", "class", "quiet").close("section");
      return;
    }
    html.open("div", "class", "wide").open("table");
    html.head("place", "message", "why", "=count");
    for (JsonNode drop : drops.subList(0, Math.min(DROPS_MAX, drops.size()))) {
      html.open("tr").element("th", drop.path("place").asText(), "scope", "row");
      html.element("td", drop.path("type").asText());
      html.element("td", drop.path("reason").asText());
      html.element("td", Amounts.number(drop.path("count").decimalValue()), "class", "number");
      html.close("tr");
    }
    html.close("tbody").close("table").close("div");
    if (drops.size() > DROPS_MAX) {
      String more = "and %d more kinds, in results.json".formatted(drops.size() - DROPS_MAX);
      html.element("p", more, "class", "quiet");
    }
    html.close("section");
  }

  private void guesses() {
    JsonNode guesses = results.path("guesses");
    if (guesses.isEmpty()) {
      return; // none, or a run of an earlier version
    }
    html.section("guesses", "Guesses");
    html.element(
        "p",
        "Defaults that nobody has measured, and that the scenario leaves as they are. Which of them matter:",
        "class",
        "quiet");
    html.open("p", "class", "repeat");
    html.element("code", "./cascade sensitivity " + about.path("scenario").asText()).close("p");
    html.open("div", "class", "wide").open("table");
    html.head("key", "value", "guessed from");
    for (JsonNode guess : guesses) {
      html.open("tr").element("th", guess.path("path").asText(), "scope", "row");
      html.element("td", guess.path("value").asText());
      html.element("td", guess.path("note").asText()).close("tr");
    }
    html.close("tbody").close("table").close("div").close("section");
  }

  private void messages() {
    html.section("messages", "Messages");
    html.element("p", "What came into being, and what became of it.", "class", "quiet");
    html.open("div", "class", "accounts");
    account("came", List.of("sent", "duplicated"));
    account("became", List.of("handled", "dropped", "lostInCrashes", "queued", "inFlight"));
    html.close("div").close("section");
  }

  private void account(String title, List<String> parts) {
    html.open("table").element("caption", title, "class", "unseen").open("tbody");
    BigDecimal sum = BigDecimal.ZERO;
    for (String part : parts) {
      BigDecimal count = results.path("messages").path(part).decimalValue();
      sum = sum.add(count);
      String words = part.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
      html.open("tr").element("th", words, "scope", "row");
      html.element("td", Amounts.number(count), "class", "number").close("tr");
    }
    html.close("tbody").open("tfoot").open("tr").element("th", "together", "scope", "row");
    html.element("td", Amounts.number(sum), "class", "number").close("tr").close("tfoot");
    html.close("table");
  }

  private void milestones(List<JsonNode> milestones) {
    if (milestones.isEmpty()) {
      return;
    }
    html.section("journal", "Journal");
    html.open("details").element("summary", milestones.size() + " entries, events left out");
    html.open("div", "class", "wide").open("table");
    html.head("=time", "kind", "name", "");
    for (JsonNode entry : milestones.subList(0, Math.min(MILESTONES_MAX, milestones.size()))) {
      html.open("tr");
      html.element("td", Amounts.time(entry.path("time").decimalValue()), "class", "number");
      html.element("td", entry.path("kind").asText());
      html.element("th", entry.path("name").asText(), "scope", "row");
      html.element("td", fields(entry)).close("tr");
    }
    html.close("tbody").close("table").close("div");
    html.element("p", "All of it is in journal.jsonl.", "class", "quiet").close("details");
    html.close("section");
  }

  private static String fields(JsonNode entry) {
    return entry.properties().stream()
        .filter(field -> !List.of("time", "kind", "name").contains(field.getKey()))
        .map(field -> field.getKey() + " " + field.getValue().asText())
        .collect(Collectors.joining(", "));
  }
}
