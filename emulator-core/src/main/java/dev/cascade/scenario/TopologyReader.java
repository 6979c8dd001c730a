package dev.cascade.scenario;

import dev.cascade.node.Model;
import dev.cascade.node.Suggestion;
import dev.cascade.scenario.Tree.Mapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the topology and the loads, which are entries of the model {@code load}. */
final class TopologyReader {
  static final String LOAD_MODEL = "load";

  private final SpecReader spec;
  private final ModelCatalog catalog;
  private final List<TopologyEntry<?>> entries = new ArrayList<>();
  private final Unread unread = new Unread();
  private final Map<String, Model<?>> models = new TreeMap<>();
  private final List<Model<?>> used = new ArrayList<>();
  private final List<Model<?>> switchedOff = new ArrayList<>();
  private boolean unknownModel;

  TopologyReader(SpecReader spec, ModelCatalog catalog) {
    this.spec = spec;
    this.catalog = catalog;
    spec.items(Section.TOPOLOGY).forEach(this::entry);
    spec.items(Section.LOAD).forEach(this::load);
  }

  /** The models of all entries. */
  Collection<Model<?>> models() {
    return used;
  }

  /** The models of entries that are not enabled. */
  List<Model<?>> switchedOff() {
    return switchedOff;
  }

  /** Whether an entry names a model that is not there. */
  boolean hasUnknownModel() {
    return unknownModel;
  }

  /** The entries that could be read and are enabled. */
  List<TopologyEntry<?>> entries() {
    return entries;
  }

  /** What is known of the entries that could not be read. */
  Unread unread() {
    return unread;
  }

  /** The model of an entry, also of one that could not be read, by its name or that of a host. */
  Optional<Model<?>> modelOfPlace(String place) {
    Model<?> found = null;
    for (Map.Entry<String, Model<?>> entry : models.entrySet()) {
      // In order, so that of two names that fit a host's beginning the longer one is found.
      if (TopologyEntry.owns(entry.getKey(), place)) {
        found = entry.getValue();
      }
    }
    return Optional.ofNullable(found);
  }

  private void entry(Mapping item) {
    Optional<Forms.Entry> form = spec.binder().bind(item, Forms.Entry.class);
    String modelName = item.text("model");
    Optional<Model<?>> model =
        modelName == null ? Optional.empty() : model(modelName, item.valueLocation("model"));
    Tree config = item.get("config");
    Tree given = config == null ? Tree.emptyMapping(item.location()) : config;
    add(item, form, model, given, List.of());
  }

  private void load(Mapping item) {
    List<String> own = RecordShape.of(Forms.Load.class).names();
    Optional<Forms.Entry> form =
        spec.binder()
            .bind(item.only(own), Forms.Load.class)
            .map(
                load ->
                    new Forms.Entry(
                        load.name(),
                        LOAD_MODEL,
                        load.replicas(),
                        load.zones(),
                        load.labels(),
                        load.enabled(),
                        null));
    add(item, form, model(LOAD_MODEL, item.location()), item.without(own), own);
  }

  private Optional<Model<?>> model(String name, Location at) {
    Optional<Model<?>> model = catalog.find(name);
    if (model.isEmpty()) {
      unknownModel = true;
      spec.problems()
          .error(
              at,
              "The model (%s) is unknown.%s"
                  .formatted(name, Suggestion.maybe(name, catalog.names())));
    }
    return model;
  }

  private void add(
      Mapping item,
      Optional<Forms.Entry> form,
      Optional<? extends Model<?>> model,
      Tree config,
      List<String> taken) {
    String name = item.text("name");
    Optional<TopologyEntry<?>> entry =
        model.isPresent() ? typed(item, form, model.get(), config, taken) : Optional.empty();
    model.ifPresent(used::add);
    if (name != null && model.isPresent()) {
      models.put(name, model.get());
    }
    boolean enabled = form.map(Forms.Entry::enabled).orElse(true);
    if (!enabled) {
      model.ifPresent(switchedOff::add);
    } else if (entry.isPresent()) {
      entries.add(entry.get());
    } else if (name != null) {
      unread.add(name, item);
    }
  }

  private <C> Optional<TopologyEntry<?>> typed(
      Mapping item, Optional<Forms.Entry> form, Model<C> model, Tree config, List<String> taken) {
    Optional<C> typed =
        config instanceof Mapping mapping
            ? spec.binder().bindRest(mapping, model.configType(), taken)
            : spec.binder().bind(config, model.configType());
    if (form.isEmpty() || typed.isEmpty()) {
      return Optional.empty();
    }
    Forms.Entry own = form.get();
    return spec.binder()
        .make(
            item,
            () ->
                new TopologyEntry<>(
                    own.name(), model, typed.get(), own.replicas(), own.zones(), own.labels()));
  }
}
