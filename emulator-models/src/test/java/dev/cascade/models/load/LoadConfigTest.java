package dev.cascade.models.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cascade.models.http.Retries;
import dev.cascade.models.load.LoadConfig.Arrivals;
import dev.cascade.models.load.LoadConfig.Executor;
import dev.cascade.models.load.LoadConfig.Pick;
import dev.cascade.node.Rate;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadConfigTest {
  private static LoadConfig load(
      Executor executor,
      @Nullable String path,
      List<PathWeight> paths,
      @Nullable Rate rate,
      List<Stage> stages,
      @Nullable Integer vus) {
    return new LoadConfig(
        executor,
        "server",
        path,
        paths,
        rate,
        null,
        stages,
        Arrivals.POISSON,
        vus,
        DurationDistribution.constant(Duration.ZERO),
        LoadConfig.DEFAULT_MAX_VUS,
        Duration.ofSeconds(1),
        null,
        Pick.RANDOM);
  }

  @Test
  void eachExecutorHasKeysOfItsOwn() {
    Rate rate = new Rate(1);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> load(Executor.CONSTANT_ARRIVAL_RATE, "/", List.of(), null, List.of(), null))
        .withMessage("The executor (constant-arrival-rate) needs the key rate.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(Executor.CONSTANT_VUS, "/", List.of(), rate, List.of(), 3))
        .withMessage(
            "The rate (1/s) belongs to the executor constant-arrival-rate. Maybe leave it out?");
  }

  @Test
  void onePathOrAMix() {
    List<PathWeight> mix = List.of(new PathWeight("/a", 1));
    Rate rate = new Rate(1);

    assertThat(load(Executor.CONSTANT_ARRIVAL_RATE, null, mix, rate, List.of(), null).mix())
        .isEqualTo(mix);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(Executor.CONSTANT_ARRIVAL_RATE, "/", mix, rate, List.of(), null))
        .withMessage("A load needs either path or paths, not both. Maybe path: /?");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> load(Executor.CONSTANT_ARRIVAL_RATE, "a", List.of(), rate, List.of(), null))
        .withMessage("The path (a) must begin with '/'. Maybe /a?");
  }

  @Test
  void estimateCountsAllAttempts() {
    LoadConfig config =
        LoadConfig.atRate("server", "/", 5).patience(Duration.ofSeconds(3), Retries.atOnce(4));

    assertThat(new LoadModel().estimates("users", config, 1))
        .containsExactly(
            "users asks server up to 5.0 times a second, and 25.0 if all attempts fail.");
  }

  @Test
  void virtualUsersAreSharedOut() {
    LoadConfig config =
        LoadConfig.users("server", "/", 7, DurationDistribution.constant(Duration.ofSeconds(1)));

    assertThat(List.of(0, 1, 2).stream().map(host -> new Share(host, 3).users(config)))
        .containsExactly(3, 2, 2);
  }
}
