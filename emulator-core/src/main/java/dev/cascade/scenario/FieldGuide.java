package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JavaType;
import dev.cascade.fault.Fault;
import dev.cascade.node.Action;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Suggestion;
import dev.cascade.property.Expectation;
import dev.cascade.property.Functions;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.SteadyState;
import dev.cascade.property.TimelineEntry;
import dev.cascade.scenario.RecordShape.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documentation of scenario files by path, {@code service.endpoints.calls}: made of the same
 * records as reader and schema, so that it says what they do.
 */
public final class FieldGuide {
  private static final String MAPPING = "a mapping";

  /** How the type of a choice is told. */
  private static final String VARIANTS = "by its ";

  /** Topics whose parts are also found by their names alone. */
  private static final List<String> GROUPS =
      List.of("models", "faults", "actions", "expressions", "metrics", "events");

  private final ModelCatalog catalog;
  private final List<Topic> topics = new ArrayList<>();

  private FieldGuide(ModelCatalog catalog) {
    this.catalog = catalog;
    topics.add(of("metadata", Metadata.class, "What the scenario is called and about."));
    topics.addAll(keys(Timing.class));
    for (Section section : Section.values()) {
      topics.add(section(section));
    }
    topics.add(group("models", "What entries of the topology can be.", this::models));
    topics.add(group("faults", "What a step can do to any system.", this::faults));
    topics.add(group("actions", "What operators can do to entries of a model.", this::actions));
    topics.add(group("expressions", "CEL, with functions of metrics.", FieldGuide::functions));
    topics.add(group("metrics", "What can be measured.", this::metrics));
    topics.add(group("events", "What models record, for event('…').", this::events));
  }

  /** The documentation of scenarios with these models. */
  public static FieldGuide of(ModelCatalog catalog) {
    return new FieldGuide(catalog);
  }

  /**
   * Something that has documentation.
   *
   * @param name the last part of its path
   * @param type what its value looks like, with its unit; empty if it has none
   * @param required whether it must be there
   * @param defaultText what its absence means, as in a file; null if nothing is said
   * @param description sentences; empty if there are none
   * @param parts what it consists of, found when it is asked for: types may be recursive
   */
  public record Topic(
      String name,
      String type,
      boolean required,
      @Nullable String defaultText,
      String description,
      Supplier<List<Topic>> parts) {
    private Optional<Topic> part(String word) {
      return parts.get().stream().filter(part -> part.name.equals(word)).findFirst();
    }
  }

  /** All topics at the top. */
  public List<Topic> topics() {
    return List.copyOf(topics);
  }

  /**
   * The topic of a path; a model, fault, action, metric or event is found by its name alone.
   *
   * @throws IllegalArgumentException if there is none, with what was maybe meant
   */
  public Topic find(String path) {
    String[] words = path.replaceFirst("^spec\\.", "").split("\\.", -1);
    Topic topic = first(words[0]);
    StringBuilder walked = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      Topic next = part(topic, words[i]).orElse(null);
      if (next == null) {
        List<String> known = topic.parts().get().stream().map(Topic::name).toList();
        throw new IllegalArgumentException(
            "The topic (%s) has no part (%s).%s"
                .formatted(walked, words[i], Suggestion.maybe(words[i], known)));
      }
      walked.append('.').append(words[i]);
      topic = next;
    }
    return topic;
  }

  private Topic first(String word) {
    Optional<Topic> top = topics.stream().filter(topic -> topic.name().equals(word)).findFirst();
    List<Topic> named =
        topics.stream()
            .filter(topic -> GROUPS.contains(topic.name()))
            .flatMap(topic -> topic.parts().get().stream())
            .toList();
    // The section load and the model of that name are one thing.
    return top.or(() -> named.stream().filter(topic -> topic.name().equals(word)).findFirst())
        .orElseThrow(
            () -> {
              TreeSet<String> known = new TreeSet<>();
              Stream.concat(topics.stream(), named.stream())
                  .forEach(topic -> known.add(topic.name()));
              return new IllegalArgumentException(
                  "There is no topic (%s).%s".formatted(word, Suggestion.maybe(word, known)));
            });
  }

  /** A part by its name, or by that of a part of one of its variants: {@code hold.mean}. */
  private static Optional<Topic> part(Topic topic, String word) {
    Optional<Topic> own = topic.part(word);
    return own.isPresent() || !topic.type().contains(VARIANTS)
        ? own
        : topic.parts().get().stream().flatMap(variant -> variant.part(word).stream()).findFirst();
  }

  // ---- sections

  private Topic section(Section section) {
    Topic topic =
        switch (section) {
          case CONFIGURATION -> leaf(section.key, "a mapping by name");
          case NETWORK -> of(section.key, NetworkSpec.class, "");
          case TOPOLOGY -> list(section.key, this::entry);
          case LINKS -> list(section.key, () -> joined(Forms.Ends.class, keys(Link.class)));
          case LOAD -> list(section.key, this::load);
          case STEADY_STATE -> of(section.key, SteadyState.class, "");
          case METHOD, ROLLBACKS -> list(section.key, () -> keys(Forms.Step.class));
          case PROPERTIES -> list(section.key, () -> keys(PropertySpec.class));
          case THRESHOLDS ->
              topic(
                  section.key,
                  "a mapping by metric, each a list of texts or mappings",
                  () -> keys(Forms.Threshold.class));
          case TIMELINE -> list(section.key, () -> keys(TimelineEntry.class));
          case MEASUREMENTS ->
              topic(
                  section.key,
                  "a mapping by name, each an expression or a mapping",
                  () -> keys(Forms.Measurement.class));
          case MITIGATIONS -> list(section.key, () -> keys(Forms.Overlay.class));
          case EXPECT ->
              topic(
                  section.key,
                  "a mapping by variant, each a mapping by property, each holds, violated,"
                      + " unknown, any or a mapping",
                  () -> keys(Expectation.class));
        };
    String more =
        switch (section) {
          case METHOD, ROLLBACKS -> " What a step does: faults, actions.";
          case PROPERTIES, TIMELINE, MEASUREMENTS ->
              " How conditions and numbers are written: expressions.";
          case TOPOLOGY -> " What an entry can be: models.";
          default -> "";
        };
    return new Topic(
        topic.name(), topic.type(), false, null, section.description + more, topic.parts());
  }

  private List<Topic> entry() {
    List<Topic> parts = new ArrayList<>();
    for (Topic key : keys(Forms.Entry.class)) {
      parts.add(
          key.name().equals("config")
              ? new Topic("config", MAPPING, false, null, key.description(), () -> configurations())
              : key);
    }
    return parts;
  }

  private List<Topic> load() {
    return joined(
        Forms.Load.class,
        catalog
            .find(TopologyReader.LOAD_MODEL)
            .map(model -> keys(model.configType()))
            .orElseGet(List::of));
  }

  // ---- groups

  private List<Topic> models() {
    return catalog.models().values().stream().map(this::model).toList();
  }

  private List<Topic> configurations() {
    return catalog.models().values().stream()
        .map(model -> of(model.name(), model.configType(), model.summary()))
        .toList();
  }

  private Topic model(Model<?> model) {
    String page = model.getClass().getPackageName().replaceFirst(".*\\.", "");
    boolean ours = model.getClass().getPackageName().startsWith("dev.cascade.models.");
    String sources = ours ? " Sources, metrics and events: docs/models/" + page + ".md." : "";
    return of(model.name(), model.configType(), model.summary() + sources);
  }

  private List<Topic> faults() {
    return Variants.of(Fault.class).map(this::variants).orElseThrow();
  }

  private List<Topic> actions() {
    Map<String, Topic> actions = new TreeMap<>();
    for (Model<?> model : catalog.models().values()) {
      for (Action<?, ?> action : model.actions()) {
        String summary = "%s Of the model %s.".formatted(action.summary(), model.name());
        actions.merge(
            action.name(),
            of(action.name(), action.parameters(), summary),
            (one, other) ->
                new Topic(
                    one.name(),
                    one.type(),
                    false,
                    null,
                    one.description() + " " + other.description(),
                    one.parts()));
      }
    }
    return List.copyOf(actions.values());
  }

  private static List<Topic> functions() {
    return Functions.ALL.stream()
        .map(
            function ->
                new Topic(
                    function.name(), function.signature(), false, null, function.help(), List::of))
        .toList();
  }

  private List<Topic> metrics() {
    return catalog.allMetrics().stream().map(FieldGuide::metric).toList();
  }

  private static Topic metric(MetricInfo info) {
    String labels = info.labels().isEmpty() ? "" : " by " + String.join(", ", info.labels());
    String type = "a " + RecordShape.word(info.kind()) + labels;
    return new Topic(info.name(), type, false, null, info.help(), List::of);
  }

  private List<Topic> events() {
    Map<String, Topic> events = new TreeMap<>();
    for (Model<?> model : catalog.models().values()) {
      for (EventInfo info : model.events()) {
        String fields = info.fields().isEmpty() ? "" : " with " + String.join(", ", info.fields());
        events.putIfAbsent(
            info.name(),
            new Topic(info.name(), "an event" + fields, false, null, info.help(), List::of));
      }
    }
    return List.copyOf(events.values());
  }

  // ---- records

  private static Topic group(String name, String description, Supplier<List<Topic>> parts) {
    return new Topic(name, "", false, null, description, parts);
  }

  private static Topic topic(String name, String type, Supplier<List<Topic>> parts) {
    return new Topic(name, type, false, null, "", parts);
  }

  private static Topic leaf(String name, String type) {
    return topic(name, type, List::of);
  }

  private static Topic list(String name, Supplier<List<Topic>> parts) {
    return topic(name, "a list, each " + MAPPING, parts);
  }

  private Topic of(String name, Class<?> type, String description) {
    return new Topic(name, MAPPING, false, null, description, () -> keys(type));
  }

  private List<Topic> joined(Class<?> first, List<Topic> others) {
    List<Topic> all = new ArrayList<>(keys(first));
    all.addAll(others);
    return all;
  }

  private List<Topic> keys(Class<?> type) {
    return RecordShape.of(type).keys().stream().map(this::key).toList();
  }

  private Topic key(RecordKey key) {
    return new Topic(
        key.name(),
        type(key.type()),
        key.required(),
        key.defaultText(),
        key.description() == null ? "" : key.description(),
        () -> parts(key.type()));
  }

  private List<Topic> variants(Variants variants) {
    List<Topic> topics = new ArrayList<>();
    variants
        .types()
        .forEach(
            (name, type) -> {
              JsonClassDescription about = type.getAnnotation(JsonClassDescription.class);
              topics.add(of(name, type, about == null ? "" : about.value()));
            });
    return topics;
  }

  private List<Topic> parts(JavaType type) {
    if (type.isContainerType()) {
      return parts(type.getContentType());
    }
    Class<?> raw = type.getRawClass();
    Optional<Variants> variants = Variants.of(raw);
    if (variants.isPresent()) {
      return variants(variants.get());
    }
    return RecordShape.isMapping(raw) ? keys(raw) : List.of();
  }

  /** What a value looks like, in the words of the reader's messages. */
  static String type(JavaType type) {
    if (type.isCollectionLikeType()) {
      return "a list, each " + type(type.getContentType());
    }
    if (type.isMapLikeType()) {
      return "a mapping by name, each " + type(type.getContentType());
    }
    Class<?> raw = type.getRawClass();
    if (raw == Tree.class || raw == Object.class) {
      return "any value";
    }
    Optional<Variants> variants = Variants.of(raw);
    if (variants.isPresent()) {
      String mapping =
          "%s %s%s: %s"
              .formatted(
                  MAPPING,
                  VARIANTS,
                  variants.get().key(),
                  String.join(", ", variants.get().types().keySet()));
      Class<?> plain = variants.get().plain();
      return plain == null
          ? mapping
          : type(RecordShape.of(plain).keys().get(0).type()) + ", or " + mapping;
    }
    if (!RecordShape.isMapping(raw)) {
      return Scalars.expected(raw);
    }
    return RecordShape.textCreator(raw).isPresent() ? "a text, or " + MAPPING : MAPPING;
  }
}
