package dev.cascade.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cascade.node.Model;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.ModelDefaults;
import dev.cascade.scenario.ScenarioSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema in the repository is that of its models, and every scenario there fits it. */
class SchemaFileTest {
  private static final Path CONFIG = Path.of("").toAbsolutePath().getParent().resolve("config");
  private static final Path FILE =
      CONFIG.resolve("schema").resolve("scenario-v1alpha1.schema.json");
  private static final String WRITE = "cascade.writeSchema";

  private static String generated() {
    return ScenarioSchema.of(ModelCatalog.of(RegisteredModels.all()));
  }

  @Test
  void fileIsWhatTheModelsMakeOfIt() throws IOException {
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, generated());
    }

    assertThat(Files.readString(FILE))
        .as(
            "write it anew: mvn test -pl emulator-cli -am -Dtest=SchemaFileTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D"
                + WRITE
                + "=true")
        .isEqualTo(generated());
  }

  static List<Model<?>> models() {
    return RegisteredModels.all();
  }

  /** Defaults in the repository are those of the models, and YAML that says them. */
  @ParameterizedTest
  @MethodSource("models")
  void defaultsAreThoseOfTheModel(Model<?> model) throws IOException {
    Path file = CONFIG.resolve("models").resolve(model.name() + ".yaml");
    String generated = ModelDefaults.of(model);
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
    }

    assertThat(Files.readString(file))
        .as("write it anew, as the schema: -D" + WRITE + "=true")
        .isEqualTo(generated);
    new ObjectMapper(new YAMLFactory()).readTree(generated);
  }

  @Test
  void noOtherModelHasDefaults() throws IOException {
    try (Stream<Path> files = Files.list(CONFIG.resolve("models"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(models().stream().map(Model::name).toList());
    }
  }

  static List<Path> scenarios() throws IOException {
    try (Stream<Path> files = Files.list(CONFIG.resolve("scenarios"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everyScenarioFits(Path scenario) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(generated());

    assertThat(schema.validate(Files.readString(scenario), InputFormat.YAML)).isEmpty();
  }
}
