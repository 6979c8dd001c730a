package dev.cascade.cli;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.fault.Fault;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunFolderException;
import dev.cascade.run.RunJson;
import dev.cascade.run.Words;
import dev.cascade.scenario.ScenarioException;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.scenario.ScenarioReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists what there is. */
@Command(
    name = "list",
    description = "Lists scenarios, models, faults, metrics, mitigations or runs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ListCommand implements Callable<Integer> {
  /** What can be listed. */
  enum Kind {
    scenarios,
    models,
    faults,
    metrics,
    mitigations,
    runs
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "scenarios",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if absent.")
  Kind kind = Kind.scenarios;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SCENARIO",
      completionCandidates = ScenarioNames.class,
      description = "For mitigations: the scenario.")
  @Nullable String scenario;

  @Mixin KeptRunsOption runs = new KeptRunsOption();

  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    List<Map<String, String>> rows =
        switch (kind) {
          case scenarios -> scenarios();
          case models -> models();
          case faults -> faults();
          case metrics -> metrics();
          case mitigations -> mitigations();
          case runs -> runs();
        };
    if (output.isText()) {
      Table table = new Table();
      rows.forEach(row -> table.row(List.copyOf(row.values())));
      output.screen().out().print(table.text(""));
      output.screen().out().flush();
    } else {
      ArrayNode json = RunJson.MAPPER.createArrayNode();
      for (Map<String, String> row : rows) {
        ObjectNode object = json.addObject();
        row.forEach(object::put);
      }
      output.print(json);
    }
    return ExitCode.AS_EXPECTED.code;
  }

  private static Map<String, String> row(String... fields) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      row.put(fields[i], fields[i + 1]);
    }
    return row;
  }

  private static List<Map<String, String>> scenarios() {
    List<Map<String, String>> rows = new ArrayList<>();
    for (String name : Home.scenarioNames()) {
      rows.add(row("name", name, "title", title(name)));
    }
    return rows;
  }

  private static String title(String name) {
    try {
      String title = ScenarioReader.metadata(Home.find(name)).title();
      return title == null ? "" : title;
    } catch (ScenarioException invalid) {
      return "(invalid: cascade validate " + name + ")";
    }
  }

  private static ScenarioFile read(String name) {
    return new ScenarioReader(Models.catalog()).read(Home.find(name));
  }

  private static List<Map<String, String>> models() {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Model<?> model : Models.catalog().models().values()) {
      rows.add(row("name", model.name(), "summary", model.summary()));
    }
    return rows;
  }

  private static List<Map<String, String>> faults() {
    List<Map<String, String>> rows = new ArrayList<>();
    for (JsonSubTypes.Type type : Fault.class.getAnnotation(JsonSubTypes.class).value()) {
      JsonClassDescription description = type.value().getAnnotation(JsonClassDescription.class);
      rows.add(row("name", type.name(), "summary", description == null ? "" : description.value()));
    }
    return rows;
  }

  private static List<Map<String, String>> metrics() {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    Words.ENGINE_METRICS.forEach(info -> rows.put(info.name(), metric(info, "engine")));
    for (Model<?> model : Models.catalog().models().values()) {
      model.metrics().forEach(info -> rows.putIfAbsent(info.name(), metric(info, model.name())));
    }
    return List.copyOf(rows.values());
  }

  private static Map<String, String> metric(MetricInfo info, String model) {
    return row(
        "name", info.name(),
        "kind", info.kind().name().toLowerCase(Locale.ROOT),
        "model", model,
        "labels", String.join(",", info.labels()),
        "help", info.help());
  }

  private List<Map<String, String>> mitigations() {
    if (scenario == null) {
      throw new UsageException("Whose mitigations? Maybe cascade list mitigations SCENARIO");
    }
    return read(scenario).mitigations().stream()
        .map(
            mitigation ->
                row(
                    "name",
                    mitigation.name(),
                    "description",
                    mitigation.description() == null ? "" : mitigation.description()))
        .toList();
  }

  private static Map<String, String> row(RunFolder run) {
    try {
      JsonNode about = run.about();
      return row(
          "run", run.path().toString(),
          "verdict", about.path("verdict").asText(),
          "ending", about.path("ending").asText(),
          "traceHash", about.path("traceHash").asText());
    } catch (RunFolderException broken) {
      return row(
          "run", run.path().toString(), "verdict", "unreadable", "ending", "", "traceHash", "");
    }
  }

  private List<Map<String, String>> runs() {
    List<Map<String, String>> rows = new ArrayList<>();
    for (RunFolder run : RunFolder.list(runs.folder())) {
      rows.add(row(run));
    }
    if (rows.isEmpty() && output.isText() && !output.quiet) {
      output
          .screen()
          .err()
          .println(
              "cascade: there are no runs below %s. Maybe make one: cascade run queue"
                  .formatted(runs.folder()));
    }
    return rows;
  }
}
