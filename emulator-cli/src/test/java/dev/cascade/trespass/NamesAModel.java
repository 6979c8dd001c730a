package dev.cascade.trespass;

import dev.cascade.models.trespass.UsesWhatModelsMustNot;

/** Core that knows a model; as the model knows it, too, the two packages form a cycle. */
public final class NamesAModel {
  Class<?> model() {
    return UsesWhatModelsMustNot.class;
  }
}
