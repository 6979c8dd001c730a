package dev.cascade.architecture;

import dev.cascade.node.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The models that a run would find, as far as they are this project's. */
final class RegisteredModels {
  private RegisteredModels() {}

  static List<Model<?>> all() {
    List<Model<?>> models = new ArrayList<>();
    for (Model<?> model : ServiceLoader.load(Model.class)) {
      if (model.getClass().getPackageName().startsWith("dev.cascade.models")) {
        models.add(model);
      }
    }
    return models;
  }
}
