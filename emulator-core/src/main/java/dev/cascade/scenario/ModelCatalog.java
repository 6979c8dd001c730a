package dev.cascade.scenario;

import dev.cascade.node.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The models that scenarios can name. */
public final class ModelCatalog {
  private final SortedMap<String, Model<?>> models;

  private ModelCatalog(SortedMap<String, Model<?>> models) {
    this.models = Collections.unmodifiableSortedMap(models);
  }

  /** All models on the class path. */
  public static ModelCatalog load() {
    List<Model<?>> models = new ArrayList<>();
    for (Model<?> model : ServiceLoader.load(Model.class)) {
      models.add(model);
    }
    return of(models);
  }

  /**
   * These models.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public static ModelCatalog of(Collection<? extends Model<?>> models) {
    SortedMap<String, Model<?>> byName = new TreeMap<>();
    for (Model<?> model : models) {
      Model<?> other = byName.put(model.name(), model);
      if (other != null) {
        throw new IllegalArgumentException(
            "Two models have the name ("
                + model.name()
                + "): "
                + other.getClass().getName()
                + " and "
                + model.getClass().getName()
                + ". Maybe the same jar twice?");
      }
    }
    return new ModelCatalog(byName);
  }

  /** The model of a name. */
  public Optional<Model<?>> find(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /** The names of all models. */
  public Collection<String> names() {
    return models.keySet();
  }

  /** All models by their names, in order. */
  public Map<String, Model<?>> models() {
    return models;
  }
}
