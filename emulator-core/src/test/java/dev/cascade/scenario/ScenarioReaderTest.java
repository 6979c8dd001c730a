package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Rate;
import dev.cascade.scenario.TestModels.BalancerConfig;
import dev.cascade.scenario.TestModels.LoadConfig;
import dev.cascade.scenario.TestModels.ServiceConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The complete example reads into the values that it says. */
class ScenarioReaderTest {
  static ScenarioSource example() {
    String name = "checks-eat-a-service.yaml";
    try (InputStream stream = ScenarioReaderTest.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(stream).readAllBytes();
      return new ScenarioSource(name, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final ScenarioReader reader = new ScenarioReader(TestModels.CATALOG);

  @Test
  void exampleBecomesTypedValues() {
    Scenario scenario = reader.read(example(), Overrides.NONE).scenario();

    assertThat(scenario.metadata().name()).isEqualTo("checks-eat-a-service");
    assertThat(scenario.timing())
        .isEqualTo(
            new Timing(42, Duration.ofMinutes(6), Duration.ofSeconds(30), Duration.ofMillis(500)));
    ServiceConfig pricing = (ServiceConfig) scenario.topology().get(0).config();
    BalancerConfig edge = (BalancerConfig) scenario.topology().get(1).config();
    LoadConfig shoppers = (LoadConfig) scenario.topology().get(2).config();
    assertThat(pricing.endpoints().get(1).hold().mean()).isEqualTo(Duration.ofMillis(25));
    assertThat(edge.healthCheck().interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(shoppers.rate()).isEqualTo(new Rate(300));
    assertThat(scenario.method()).hasSize(2);
  }
}
