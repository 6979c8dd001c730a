package dev.cascade.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.engine.MessageCounts;
import dev.cascade.engine.RunFailure;
import dev.cascade.property.ProbeResult;
import dev.cascade.property.PropertyResult;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.Stretch;
import dev.cascade.property.TimelineFinding;
import dev.cascade.random.DurationText;
import dev.cascade.scenario.GuessedValue;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run as JSON; keys keep their order, numbers are in base units. */
public final class RunJson {
  /** Writes JSON for files and for people: indented, numbers without exponents. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private RunJson() {}

  /**
   * What {@code run -o json} prints.
   *
   * @param folder where the run is kept, or null
   */
  public static ObjectNode summary(RunResult result, @Nullable String folder) {
    ObjectNode json = NODES.objectNode();
    head(json, result);
    json.put("virtualSeconds", JsonNumbers.seconds(result.end().virtualTime()));
    json.put("wallSeconds", wallSeconds(result));
    json.put("events", result.recording().events());
    json.set("messages", messages(result.recording().messages()));
    json.set("work", WorkJson.of(result.recording().work()));
    ArrayNode properties = json.putArray("properties");
    for (PropertyVerdict property : result.findings().properties()) {
      properties.add(brief(property));
    }
    timeline(json, result);
    json.set("measurements", measurements(result.findings().measurements()));
    json.put("runFolder", folder);
    return json;
  }

  /** What {@code results.json} holds: nothing that differs between two runs of the same. */
  static ObjectNode results(RunResult result) {
    ObjectNode json = NODES.objectNode();
    head(json, result);
    json.put("title", result.scenario().metadata().title());
    json.put("description", result.scenario().metadata().description());
    json.put("scenarioHash", result.scenario().hash());
    json.put("ending", result.end().ending().word());
    json.put("virtualSeconds", JsonNumbers.seconds(result.end().virtualTime()));
    json.set("messages", messages(result.recording().messages()));
    json.set("work", WorkJson.of(result.recording().work()));
    ArrayNode drops = json.putArray("drops");
    result.recording().messages().dropped().forEach((drop, count) -> drops.add(drop(drop, count)));
    ArrayNode properties = json.putArray("properties");
    for (PropertyVerdict property : result.findings().properties()) {
      properties.add(full(property));
    }
    timeline(json, result);
    ObjectNode steady = json.putObject("steadyState");
    steady.set("before", probes(result.findings().steadyBefore()));
    steady.set("after", probes(result.findings().steadyAfter()));
    json.set("measurements", measurements(result.findings().measurements()));
    json.set("guesses", guesses(result.scenario().guesses()));
    RunFailure failure = result.end().failure();
    if (failure != null) {
      json.set("failure", failure(failure));
    }
    return json;
  }

  private static void head(ObjectNode json, RunResult result) {
    json.put("verdict", result.verdict().word());
    json.put("scenario", result.scenario().metadata().name());
    json.put("seed", result.scenario().timing().seed());
    ArrayNode mitigations = json.putArray("mitigations");
    result.scenario().active().forEach(mitigations::add);
    json.put("traceHash", result.recording().traceHash());
  }

  /** Milliseconds are as fine as a wall clock means anything. */
  static BigDecimal wallSeconds(RunResult result) {
    return BigDecimal.valueOf(result.end().wallTime().toMillis(), 3);
  }

  private static ObjectNode messages(MessageCounts counts) {
    return NODES
        .objectNode()
        .put("sent", counts.sent())
        .put("duplicated", counts.duplicated())
        .put("handled", counts.handled())
        .put("dropped", counts.droppedTotal())
        .put("lostInCrashes", counts.lostInCrashes())
        .put("queued", counts.queued())
        .put("inFlight", counts.inFlight());
  }

  private static ObjectNode drop(MessageCounts.Drop drop, long count) {
    return NODES
        .objectNode()
        .put("place", drop.place())
        .put("type", drop.type())
        .put("reason", drop.reason())
        .put("count", count);
  }

  private static ObjectNode brief(PropertyVerdict property) {
    PropertyResult result = property.result();
    ObjectNode json = NODES.objectNode();
    json.put("name", property.name());
    json.put("result", result.result().word());
    json.set("expected", MAPPER.valueToTree(property.expected().written()));
    json.put("measured", JsonNumbers.of(result.measured()));
    json.put("firstViolation", JsonNumbers.seconds(result.firstViolation()));
    if (!property.thresholds().isEmpty()) {
      json.set("thresholds", thresholds(property.thresholds()));
    }
    return json;
  }

  /** The timeline's entries, if there are any. */
  private static void timeline(ObjectNode json, RunResult result) {
    if (result.findings().timeline().isEmpty()) {
      return;
    }
    ArrayNode entries = json.putArray("timeline");
    for (TimelineVerdict verdict : result.findings().timeline()) {
      TimelineFinding finding = verdict.finding();
      ObjectNode entry = entries.addObject();
      entry.put("name", verdict.name());
      put(entry, "description", finding.entry().description());
      entry.put("clock", finding.entry().clock().toString());
      entry.put("kind", finding.entry().key());
      entry.put("scored", verdict.isScored());
      entry.put("expected", seconds(finding.expected()));
      entry.put("measured", seconds(finding.measured()));
      entry.put("tolerance", seconds(finding.tolerance()));
      entry.put("result", finding.result().word());
      if (verdict.isScored()) {
        entry.put("conclusion", verdict.conclusion().match().word());
      }
      entry.put("reason", finding.reason());
    }
  }

  private static ArrayNode thresholds(List<ThresholdVerdict> thresholds) {
    ArrayNode json = NODES.arrayNode();
    for (ThresholdVerdict threshold : thresholds) {
      json.addObject()
          .put("threshold", threshold.limit().text())
          .put("result", threshold.result().word())
          .put("measured", JsonNumbers.of(threshold.measured()))
          .put("measure", threshold.limit().measure().name().toLowerCase(Locale.ROOT));
    }
    return json;
  }

  private static ObjectNode full(PropertyVerdict property) {
    PropertyResult result = property.result();
    ObjectNode json = brief(property);
    json.set("rule", rule(property));
    json.put("severity", property.spec().severity().name().toLowerCase(Locale.ROOT));
    json.put("conclusion", property.conclusion().match().word());
    json.put("reasoning", property.conclusion().reasoning());
    json.put("longestViolation", seconds(result.longestViolation()));
    ArrayNode violations = json.putArray("violations");
    for (Stretch stretch : result.violations()) {
      violations.addArray().add(seconds(stretch.from())).add(seconds(stretch.to()));
    }
    json.put("slowestResponse", JsonNumbers.seconds(result.slowestResponse()));
    json.put("reason", result.reason());
    ArrayNode notes = json.putArray("notes");
    result.notes().forEach(notes::add);
    return json;
  }

  /** What must hold, by the keys of the scenario file. */
  private static ObjectNode rule(PropertyVerdict property) {
    ObjectNode json = NODES.objectNode();
    if (!property.thresholds().isEmpty()) {
      return json.put(
          "thresholds",
          property.thresholds().stream()
              .map(threshold -> threshold.limit().text())
              .collect(Collectors.joining(", ")));
    }
    PropertySpec spec = property.spec();
    json.put(spec.mode().name().toLowerCase(Locale.ROOT), spec.expression());
    put(json, "when", spec.when());
    put(json, "within", spec.within());
    put(json, "holdsFor", spec.holdsFor());
    put(json, "for", spec.forDuration());
    put(json, "description", spec.description());
    return json;
  }

  private static void put(ObjectNode json, String key, @Nullable Object value) {
    if (value instanceof Duration duration) {
      json.put(key, DurationText.format(duration));
    } else if (value != null) {
      json.put(key, value.toString());
    }
  }

  private static @Nullable BigDecimal seconds(@Nullable Duration duration) {
    return JsonNumbers.seconds(duration);
  }

  private static ArrayNode probes(List<ProbeResult> probes) {
    ArrayNode json = NODES.arrayNode();
    for (ProbeResult probe : probes) {
      json.addObject()
          .put("name", probe.name())
          .put("result", probe.result().word())
          .put("measured", JsonNumbers.of(probe.measured()));
    }
    return json;
  }

  private static ObjectNode measurements(Map<String, @Nullable Double> measurements) {
    ObjectNode json = NODES.objectNode();
    measurements.forEach((name, value) -> json.put(name, JsonNumbers.of(value)));
    return json;
  }

  private static ArrayNode guesses(List<GuessedValue> guesses) {
    ArrayNode json = NODES.arrayNode();
    for (GuessedValue guess : guesses) {
      json.addObject()
          .put("path", guess.path())
          .put("value", guess.value())
          .put("unit", guess.unit())
          .put("note", guess.note());
    }
    return json;
  }

  private static ObjectNode failure(RunFailure failure) {
    ObjectNode json = NODES.objectNode();
    json.put("kind", failure.kind().name().toLowerCase(Locale.ROOT));
    json.put("time", JsonNumbers.seconds(Duration.ofNanos(failure.timeNanos())));
    json.put("actor", failure.actor());
    json.put("message", failure.message());
    ArrayNode last = json.putArray("lastEvents");
    failure.lastEvents().forEach(last::add);
    return json;
  }

  /** One line of {@code journal.jsonl}. */
  static ObjectNode journal(JournalEntry entry) {
    ObjectNode json = NODES.objectNode();
    json.put("time", JsonNumbers.seconds(Duration.ofNanos(entry.timeNanos())));
    json.put("kind", entry.kind().word());
    json.put("name", entry.name());
    entry.fields().forEach((key, value) -> json.put(clearOf(key), value));
    return json;
  }

  /** A model may call its fields what it likes. */
  private static String clearOf(String key) {
    return key.equals("time") || key.equals("kind") || key.equals("name") ? key + "_" : key;
  }

  /** JSON as text, indented, with a line break at its end. */
  public static String text(Object json) {
    try {
      return MAPPER.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** JSON as text in one line. */
  static String line(ObjectNode json) {
    try {
      return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json)
          + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
