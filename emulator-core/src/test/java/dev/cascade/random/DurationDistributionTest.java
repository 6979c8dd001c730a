package dev.cascade.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.cascade.random.DurationDistribution.Constant;
import dev.cascade.random.DurationDistribution.Exponential;
import dev.cascade.random.DurationDistribution.Histogram;
import dev.cascade.random.DurationDistribution.Histogram.Bucket;
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

  /** 20 up to 2 ms, 70 up to 20 ms, and 10 beyond. */
  private static final Histogram MEASURED =
      new Histogram(List.of(new Bucket(SHORT, 20), new Bucket(LONG, 90), new Bucket(null, 100)));

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
            mixture,
            MEASURED);

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

  @Test
  void aHistogramDrawsEachBucketAsOftenAsItWasMeasured() {
    RandomStream random = RandomStream.of(1);
    int draws = 100_000;
    int[] upTo = new int[3]; // 2 ms, half of the second bucket, 20 ms
    int atLast = 0;
    double sum = 0;
    for (int i = 0; i < draws; i++) {
      long nanos = MEASURED.sampleNanos(random);
      sum += nanos;
      upTo[0] += nanos <= 2_000_000 ? 1 : 0;
      upTo[1] += nanos <= 11_000_000 ? 1 : 0;
      upTo[2] += nanos < 20_000_000 ? 1 : 0;
      atLast += nanos == 20_000_000 ? 1 : 0;
    }

    // A share has a deviation of at most 0.5 / sqrt(100,000) = 0.0016; four of them are 0.0064.
    assertThat(upTo[0] / (double) draws).isCloseTo(0.2, within(0.0064));
    assertThat(upTo[1] / (double) draws).isCloseTo(0.55, within(0.0064));
    assertThat(upTo[2] / (double) draws).isCloseTo(0.9, within(0.0064));
    assertThat(atLast).isEqualTo(draws - upTo[2]);
    // 0.2 × 1 ms + 0.7 × 11 ms + 0.1 × 20 ms; a deviation of 6.3 ms makes four of 0.08 ms.
    assertThat(MEASURED.mean()).isEqualTo(Duration.ofNanos(9_900_000));
    assertThat(sum / draws / 1e6).isCloseTo(9.9, within(0.08));
  }

  @Test
  void bucketsThatDoNotAddUpAreAMistake() {
    assertThatThrownBy(() -> new Histogram(List.of(new Bucket(SHORT, 20), new Bucket(LONG, 10))))
        .hasMessageContaining("count (10)")
        .hasMessageContaining("the one before (20)");
    assertThatThrownBy(() -> new Histogram(List.of(new Bucket(LONG, 20), new Bucket(SHORT, 30))))
        .hasMessageContaining("le (2ms)");
    assertThatThrownBy(() -> new Histogram(List.of(new Bucket(null, 20))))
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> new Histogram(List.of(new Bucket(SHORT, 0))))
        .hasMessageContaining("(0)");
  }
}
