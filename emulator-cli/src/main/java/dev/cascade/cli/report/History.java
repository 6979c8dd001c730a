package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.fault.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened in a run, in the order of the journal: steps, events, and how properties stood. */
final class History {
  private static final Set<String> FAULTS = faults(Fault.class, new TreeSet<>());

  private final List<JsonNode> journal;
  private final double end;

  /**
   * A step of the method.
   *
   * @param number from 1, as charts show it
   * @param name of the step
   * @param kind {@code fault}, {@code operator} or {@code action}
   * @param from when it was done, in seconds
   * @param to when it was undone; null if it was not
   * @param what was done, and to what
   */
  record Step(int number, String name, String kind, double from, @Nullable Double to, String what) {
    /** Adds it to what the charts shade. */
    void addTo(ArrayNode marks) {
      ObjectNode mark = marks.addObject();
      mark.put("number", number).put("kind", kind).put("from", from);
      if (to != null) {
        mark.put("to", to);
      }
    }
  }

  /**
   * A time between two states.
   *
   * @param from in seconds
   * @param to in seconds
   */
  record Stretch(double from, double to) {}

  /** What the journal says of a run that ended at a time, in seconds. */
  History(List<JsonNode> journal, double end) {
    this.journal = journal;
    this.end = end;
  }

  private static Set<String> faults(Class<?> type, Set<String> words) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    if (permitted == null) {
      words.add(type.getSimpleName().toLowerCase(Locale.ROOT));
    } else {
      Stream.of(permitted).forEach(each -> faults(each, words));
    }
    return words;
  }

  private static double time(JsonNode entry) {
    return entry.path("time").asDouble();
  }

  private List<JsonNode> of(String kind) {
    return journal.stream().filter(entry -> entry.path("kind").asText().equals(kind)).toList();
  }

  /** The steps that were done. */
  List<Step> steps() {
    List<JsonNode> visible = of("visible");
    List<JsonNode> undone = of("undo");
    List<Step> steps = new ArrayList<>();
    for (JsonNode entry : of("step")) {
      String name = entry.path("name").asText();
      String action = entry.path("action").asText();
      boolean operator = visible.stream().anyMatch(v -> v.path("name").asText().equals(name));
      String kind = operator ? "operator" : FAULTS.contains(action) ? "fault" : "action";
      Double to =
          undone.stream()
              .filter(u -> u.path("name").asText().equals(name) && time(u) >= time(entry))
              .map(History::time)
              .findFirst()
              .orElse(null);
      String target = entry.path("target").asText();
      String what = target.isEmpty() ? action : action + " " + target;
      steps.add(new Step(steps.size() + 1, name, kind, time(entry), to, what));
    }
    return steps;
  }

  /** When each event happened, by its name. */
  Map<String, List<Double>> events() {
    Map<String, List<Double>> events = new TreeMap<>();
    for (JsonNode entry : of("event")) {
      events.computeIfAbsent(entry.path("name").asText(), n -> new ArrayList<>()).add(time(entry));
    }
    return events;
  }

  /** When properties were neither violated nor well: false for too short a time, or not reached. */
  Map<String, List<Stretch>> pending() {
    Map<String, List<Stretch>> pending = new LinkedHashMap<>();
    Map<String, Double> since = new LinkedHashMap<>();
    for (JsonNode entry : of("property")) {
      String name = entry.path("name").asText();
      Double from = since.remove(name);
      if (from != null) {
        add(pending, name, from, time(entry));
      }
      if (entry.path("to").asText().equals("pending")) {
        since.put(name, time(entry));
      }
    }
    since.forEach((name, from) -> add(pending, name, from, end));
    return pending;
  }

  private static void add(
      Map<String, List<Stretch>> stretches, String name, double from, double to) {
    stretches.computeIfAbsent(name, none -> new ArrayList<>()).add(new Stretch(from, to));
  }

  /** All but events: what a reader looks through. */
  List<JsonNode> milestones() {
    return journal.stream().filter(e -> !e.path("kind").asText().equals("event")).toList();
  }
}
