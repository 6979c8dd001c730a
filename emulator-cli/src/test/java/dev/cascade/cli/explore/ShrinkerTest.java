package dev.cascade.cli.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.cli.explore.Shrinker.Failing;
import dev.cascade.scenario.ReducibleScenario;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is not needed goes, what is needed stays, and it ends. */
class ShrinkerTest {
  private static final String MANY = many();

  private static String many() {
    StringBuilder text = new StringBuilder("spec:\n  duration: 10m\n  topology:\n");
    for (int i = 1; i <= 40; i++) {
      text.append("    - {name: e%d, model: m, replicas: 16, config: {threads: 8}}\n".formatted(i));
    }
    text.append("  method:\n");
    for (int i = 1; i <= 20; i++) {
      text.append(
          "    - {name: s%d, at: 4m, action: cpu, target: e%d, percent: 80%%, duration: 64s}\n"
              .formatted(i, 41 - i));
    }
    return text
        + "  properties:\n    - {name: p, never: event('x')}\n    - {name: q, never: event('y')}\n";
  }

  /** Fails whenever what is needed is there; a minute in. */
  private static final class Counted implements Shrinker.Trial {
    private final Predicate<ReducibleScenario> needed;
    private final int most;
    private int tried;

    Counted(int most, Predicate<ReducibleScenario> needed) {
      this.most = most;
      this.needed = needed;
    }

    @Override
    public @Nullable Failing of(ReducibleScenario candidate) {
      tried++;
      return needed.test(candidate) ? new Failing(candidate, Duration.ofMinutes(1)) : null;
    }

    @Override
    public boolean isOver() {
      return tried >= most;
    }
  }

  private static ReducibleScenario shrunk(Counted trial) {
    Failing from = new Failing(ReducibleScenario.of(MANY), Duration.ofMinutes(1));
    return new Shrinker("p", from, trial).shrink().scenario();
  }

  @Test
  void whatIsNeededIsLeft() {
    Counted trial =
        new Counted(
            1_000,
            candidate ->
                candidate.entries().contains("e7")
                    && candidate.steps().contains("s3") // whose target is e38
                    && candidate.duration() != null
                    && candidate.duration().compareTo(Duration.ofSeconds(61)) >= 0);

    ReducibleScenario small = shrunk(trial);

    assertThat(small.entries()).containsExactly("e7", "e38");
    assertThat(small.steps()).containsExactly("s3");
    assertThat(small.duration()).isEqualTo(Duration.ofSeconds(62));
    assertThat(small.text())
        .contains("replicas: 1\n", "threads: 1\n", "name: p\n")
        .doesNotContain("name: q");
    // Halving 40 entries and 20 steps down to 2 and 1, and turning down 8 knobs, twice over.
    assertThat(trial.tried).isLessThan(200);
    assertThat(small.lessThan(ReducibleScenario.of(MANY)))
        .anyMatch(line -> line.startsWith("entries: e1, e2, "))
        .contains("duration: 10m → 1m2s", "properties: q")
        .contains("topology.e7.replicas: 16 → 1");
  }

  @Test
  void stepsBecomeWeakerAndEarlier() {
    ReducibleScenario small =
        shrunk(
            new Counted(
                1_000,
                candidate ->
                    candidate.steps().contains("s1")
                        && candidate.text().matches("(?s).*percent: [48]0%.*")));

    assertThat(small.text()).contains("percent: 40%");
    assertThat(small.lessThan(ReducibleScenario.of(MANY)))
        .anyMatch(line -> line.startsWith("method.s1.at: 4m → "))
        .anyMatch(
            line ->
                line.startsWith("method.s1.duration: 1m4s → ")
                    || line.startsWith("method.s1.duration: 64s → "));
  }

  /** Replicas can become fewer only when no step names a late one. */
  @Test
  void hostsBecomeTheFirstAndConfigurationGoes() {
    ReducibleScenario before =
        ReducibleScenario.of(
            """
            spec:
              duration: 4s
              configuration: {all: [shop, stock], rate: 5/s}
              topology:
                - {name: shop, model: m, replicas: 9, config: {peers: $(all)}}
                - {name: stock, model: m, replicas: 9}
              method:
                - {name: move, at: 1s, action: reconnect, target: shop, hosts: [shop-1, shop-8]}
              properties: [{name: p, never: "event('x')"}]
            """);
    Counted trial =
        new Counted(
            1_000,
            candidate -> {
              String text = candidate.text();
              int replicas =
                  text.contains("replicas: 9")
                      ? 9
                      : text.matches("(?s).*replicas: [2-9].*") ? 2 : 1;
              boolean named = replicas == 9 || !text.matches("(?s).*shop-[3-9].*");
              return candidate.entries().contains("shop")
                  && candidate.steps().contains("move")
                  && text.contains("all:")
                  && replicas > 1
                  && named;
            });

    ReducibleScenario small =
        new Shrinker("p", new Failing(before, Duration.ofSeconds(2)), trial).shrink().scenario();

    assertThat(small.entries()).containsExactly("shop");
    assertThat(small.configuration()).containsExactly("all");
    assertThat(small.text()).doesNotContain("stock", "shop-8").contains("replicas: 2");
    assertThat(small.lessThan(before)).contains("configuration: rate", "entries: stock");
  }

  @Test
  void budgetEndsIt() {
    Counted trial = new Counted(5, candidate -> true);

    shrunk(trial);

    assertThat(trial.tried).isEqualTo(5);
  }

  @Test
  void whatCannotShrinkStays() {
    ReducibleScenario small = shrunk(new Counted(1_000, candidate -> false));

    assertThat(small.text()).isEqualTo(ReducibleScenario.of(MANY).text());
  }
}
