package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.node.MetricInfo;
import dev.cascade.run.RunJson;
import java.util.List;

/**
 * A dashboard for Grafana, in its classic JSON model: a panel for each metric of a run, by the
 * names that {@code metrics.om} has. The run begins at the epoch there, and so does the dashboard's
 * time.
 */
public final class GrafanaDashboard {
  private static final int COLUMNS = 2;
  private static final int WIDTH = 24 / COLUMNS; // of the grid's 24 units
  private static final int HEIGHT = 8;
  private static final int SCHEMA_VERSION = 39; // Grafana 10.4 and later read it

  private GrafanaDashboard() {}

  /**
   * The dashboard of a run.
   *
   * @param title of the run
   * @param metrics that it kept
   * @param seconds that it lasted
   */
  public static ObjectNode of(String title, List<MetricInfo> metrics, double seconds) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    json.putNull("id");
    json.put("title", title).put("schemaVersion", SCHEMA_VERSION).put("version", 1);
    json.put("editable", true).put("timezone", "utc");
    json.putArray("tags").add("cascade");
    json.putObject("time")
        .put("from", "1970-01-01T00:00:00.000Z")
        .put("to", java.time.Instant.EPOCH.plusMillis((long) (1000 * seconds)).toString());
    json.putObject("templating")
        .putArray("list")
        .addObject()
        .put("name", "datasource")
        .put("label", "Data source")
        .put("type", "datasource")
        .put("query", "prometheus");
    ArrayNode panels = json.putArray("panels");
    for (int i = 0; i < metrics.size(); i++) {
      panel(panels.addObject(), i, metrics.get(i));
    }
    return json;
  }

  private static void panel(ObjectNode panel, int place, MetricInfo metric) {
    panel.put("id", place + 1).put("type", "timeseries").put("title", metric.name());
    panel.put("description", metric.help());
    panel
        .putObject("gridPos")
        .put("x", place % COLUMNS * WIDTH)
        .put("y", place / COLUMNS * HEIGHT)
        .put("w", WIDTH)
        .put("h", HEIGHT);
    datasource(panel);
    panel.putObject("fieldConfig").putObject("defaults").put("unit", unit(metric));
    ObjectNode target = panel.putArray("targets").addObject();
    datasource(target);
    target.put("refId", "A").put("expr", expression(metric));
  }

  private static void datasource(ObjectNode json) {
    json.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
  }

  private static String unit(MetricInfo metric) {
    return switch (metric.kind()) {
      case COUNTER -> "ops";
      case HISTOGRAM -> "s";
      case GAUGE -> metric.name().endsWith("_seconds") ? "s" : "short";
    };
  }

  private static String expression(MetricInfo metric) {
    String labels = String.join(", ", metric.labels());
    String by = labels.isEmpty() ? "" : " by (" + labels + ")";
    return switch (metric.kind()) {
      case COUNTER -> {
        String name = metric.name();
        yield "sum%s (rate(%s[$__rate_interval]))"
            .formatted(by, name.endsWith("_total") ? name : name + "_total");
      }
      case HISTOGRAM ->
          "histogram_quantile(0.95, sum by (le%s) (rate(%s_bucket[$__rate_interval])))"
              .formatted(labels.isEmpty() ? "" : ", " + labels, metric.name());
      case GAUGE -> metric.name();
    };
  }
}
