package dev.cascade.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.cascade.random.DurationDistribution.Constant;
import dev.cascade.random.DurationDistribution.Exponential;
import dev.cascade.random.DurationDistribution.LogNormal;
import dev.cascade.random.DurationDistribution.Mixture;
import dev.cascade.random.DurationDistribution.Uniform;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Distributions cross the wire, and know their shortest sample. */
class DurationDistributionTest {
  private static final Duration SHORT = Duration.ofMillis(2);
  private static final Duration LONG = Duration.ofMillis(20);

  private final JsonMapper mapper = JsonMapper.builder().addModule(new JavaTimeModule()).build();

  @Test
  void everyDistributionSurvivesJson() throws Exception {
    Mixture mixture =
        new Mixture(
            List.of(
                new Mixture.Part(0.9, new Constant(SHORT)),
                new Mixture.Part(0.1, new Uniform(SHORT, LONG))));
    List<DurationDistribution> all =
        List.of(
            new Constant(SHORT),
            new Uniform(SHORT, LONG),
            new Exponential(SHORT),
            new LogNormal(SHORT, LONG),
            mixture);

    for (DurationDistribution distribution : all) {
      String json = mapper.writerFor(DurationDistribution.class).writeValueAsString(distribution);

      assertThat(mapper.readValue(json, DurationDistribution.class)).isEqualTo(distribution);
    }
  }

  @Test
  void plainDurationIsAConstant() throws Exception {
    assertThat(mapper.readValue("\"2ms\"", DurationDistribution.class))
        .isEqualTo(new Constant(SHORT));
  }

  @Test
  void mixtureIsAsShortAsItsShortestPart() {
    Mixture mixture =
        new Mixture(
            List.of(
                new Mixture.Part(1, new Constant(LONG)),
                new Mixture.Part(1, new Uniform(SHORT, LONG))));

    assertThat(mixture.min()).isEqualTo(SHORT);
  }
}
