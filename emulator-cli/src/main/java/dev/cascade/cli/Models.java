package dev.cascade.cli;

import dev.cascade.run.Words;
import dev.cascade.scenario.ModelCatalog;
import java.util.List;

/** The models on the class path, with what the engine itself measures. */
final class Models {
  private Models() {}

  static ModelCatalog catalog() {
    return ModelCatalog.load().withBuiltIns(Words.ENGINE_METRICS, List.of());
  }
}
