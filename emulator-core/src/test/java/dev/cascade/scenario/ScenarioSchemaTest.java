package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema says what the reader says; an independent validator is the judge. */
class ScenarioSchemaTest {
  private static final String SCHEMA = ScenarioSchema.of(TestModels.CATALOG);

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(SCHEMA);

  private List<com.networknt.schema.Error> validate(String yaml) {
    return schema.validate(yaml, InputFormat.YAML);
  }

  @Test
  void exampleFits() {
    assertThat(validate(ScenarioReaderTest.example().text())).isEmpty();
  }

  @Test
  void mergedExampleFits() {
    Scenario scenario =
        new ScenarioReader(TestModels.CATALOG)
            .read(ScenarioReaderTest.example(), Overrides.NONE)
            .scenario("cheap-endpoint");

    assertThat(validate(scenario.merged())).isEmpty();
    assertThat(validate(YamlWriter.write(Rendering.document(scenario)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "duration: 6m, duration: six",
    "duration: 6m, durations: 6m",
    "seed: 42, seed: x",
    "model: service, model: servize",
    "threads: 8, threads: many",
    "threads: 8, thread: 8",
    "discipline: fifo, discipline: fofi",
    "jitter: 200us, jiter: 200us",
    "executor: constant-arrival-rate, executor: constant",
    "rate: $(clientRate), rates: $(clientRate)",
    "action: scale, action: scael",
    "over: 20s, ovre: 20s",
    "'target: {name: edge, mode: all}', 'target: {name: edge, mode: al}'",
    "always: sum, alway: sum",
    "severity: warn, severity: warning",
    "recovers: holds, recovers: [holds]",
    "combine:, combines:",
    "policy: least-request, unknown: 1",
  })
  void whatTheReaderRefusesDoesNotFit(String old, String broken) {
    String text = ScenarioReaderTest.example().text();
    assertThat(text).contains(old);

    assertThat(validate(text.replace(old, broken))).isNotEmpty();
  }

  @Test
  void keysAreExplained() throws Exception {
    JsonNode root = new JsonMapper().readTree(SCHEMA);

    assertThat(root.at("/properties/spec/properties/seed/description").asText())
        .isEqualTo("Every random draw derives from it; --seed overrides.");
    assertThat(root.at("/properties/spec/properties/method/description").asText()).isNotEmpty();
    assertThat(root.at("/$defs/TestModels.ServiceConfig/properties/threads/description").asText())
        .isEqualTo("Worker threads.");
    assertThat(root.at("/$defs/TestModels.HealthCheck/properties/timeout/default").asText())
        .isEqualTo("1s");
  }

  @Test
  void sameModelsGiveTheSameText() {
    List<TestModels.Service> none = List.of();

    assertThat(ScenarioSchema.of(TestModels.CATALOG)).isEqualTo(SCHEMA).endsWith("}\n");
    assertThat(ScenarioSchema.of(ModelCatalog.of(none))).isNotEqualTo(SCHEMA);
  }
}
