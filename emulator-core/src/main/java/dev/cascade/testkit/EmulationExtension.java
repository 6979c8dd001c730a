package dev.cascade.testkit;

import dev.cascade.run.Emulation;
import dev.cascade.run.Words;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes the emulations that tests ask for, and keeps the runs of tests that failed. */
final class EmulationExtension implements ParameterResolver, TestExecutionExceptionHandler {
  static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(
        ExtensionContext.Namespace.create(EmulationExtension.class, context.getUniqueId()));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Emulation.class;
  }

  @Override
  public Emulation resolveParameter(ParameterContext parameter, ExtensionContext context) {
    EmulationTest asked =
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), EmulationTest.class)
            .orElseThrow();
    Variant variant = store(context).getOrDefault(Variant.class, Variant.class, Variant.PLAIN);
    ScenarioFile file = read(asked);
    List<String> mitigations = new ArrayList<>(List.of(asked.mitigations()));
    mitigations.addAll(variant.mitigations());
    Long seed = variant.seed();
    if (seed == null) {
      seed = asked.seed() >= 0 ? asked.seed() : file.scenario(mitigations).timing().seed();
    }
    Emulation emulation = Emulation.of(file, mitigations, seed);
    store(context)
        .computeIfAbsent(Held.class, key -> new Held(new ArrayList<>()), Held.class)
        .emulations()
        .add(emulation);
    return emulation;
  }

  private static ScenarioFile read(EmulationTest asked) {
    ModelCatalog models = ModelCatalog.load().withBuiltIns(Words.ENGINE_METRICS, List.of());
    return new ScenarioReader(models).read(source(asked.value()), Overrides.set(asked.set()));
  }

  /** A file from the working directory; if there is none, a resource. */
  private static ScenarioSource source(String name) {
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      try (InputStream in =
          Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
        if (in != null) {
          return new ScenarioSource(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return ScenarioSource.file(path);
  }

  /** Assertions of this kit have told where their run is kept; all else is told here. */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    Held held = store(context).get(Held.class, Held.class);
    // The test's method has left the stack.
    String test = RunningTest.name(context.getRequiredTestClass(), context.getRequiredTestMethod());
    if (held != null && !(thrown instanceof FailedRun.Failure)) {
      held.emulations().stream()
          .filter(Emulation::isStarted)
          .map(emulation -> new FailedRun(emulation.giveUp(), test))
          .forEach(run -> thrown.addSuppressed(run.failure("The run of the failed test:")));
    }
    throw thrown;
  }

  /** Closed by JUnit when the test is over. */
  private record Held(List<Emulation> emulations) implements AutoCloseable {
    @Override
    public void close() {
      emulations.forEach(Emulation::close);
    }
  }
}
