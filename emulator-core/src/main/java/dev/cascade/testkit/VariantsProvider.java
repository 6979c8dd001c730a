package dev.cascade.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a test for each seed with each mitigation that its annotations name. */
final class VariantsProvider implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return annotation(context, Seeds.class).isPresent()
        || annotation(context, Mitigations.class).isPresent();
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    List<Long> seeds =
        annotation(context, Seeds.class)
            .map(seen -> Variant.seeds(seen.value()))
            .orElse(Collections.singletonList(null));
    List<List<String>> mitigations =
        annotation(context, Mitigations.class)
            .map(seen -> Stream.of(seen.value()).map(both -> List.of(both.split(","))).toList())
            .orElse(List.of(List.of()));
    List<TestTemplateInvocationContext> all = new ArrayList<>();
    for (List<String> mitigation : mitigations) {
      for (Long seed : seeds) {
        all.add(new Invocation(new Variant(seed, mitigation)));
      }
    }
    return all.stream();
  }

  private static <A extends java.lang.annotation.Annotation> Optional<A> annotation(
      ExtensionContext context, Class<A> type) {
    return AnnotationSupport.findAnnotation(context.getTestMethod(), type);
  }

  private record Invocation(Variant variant) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int index) {
      return variant.displayName();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(
          (BeforeEachCallback)
              context -> EmulationExtension.store(context).put(Variant.class, variant));
    }
  }
}
