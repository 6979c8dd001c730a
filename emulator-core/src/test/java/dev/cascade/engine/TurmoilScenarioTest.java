package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever strikes, every message is accounted for at every step, and the history is the same for
 * any number of shards.
 */
class TurmoilScenarioTest {
  private static final Duration LONG = Duration.ofSeconds(1);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  private record Result(String hash, MessageCounts messages, List<String> failures) {}

  private static Result run(long seed, int shards) {
    List<String> failures = new ArrayList<>();
    try (Engine engine = Turmoil.world(seed, shards)) {
      Turmoil.strike(
          engine,
          seed,
          LONG,
          () -> {
            if (failures.isEmpty() && engine.messages().missing() != 0) {
              failures.add(engine.nowNanos() + " ns: missing in " + engine.messages());
            }
          });
      if (engine.failure() != null) {
        failures.add(engine.failure().toString());
      }
      return new Result(engine.traceHash(), engine.messages(), failures);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostFromTheAccountsAndShardsDoNotMatter(long seed) {
    Result one = run(seed, 1);
    assertThat(one.failures()).isEmpty();
    for (int shards : new int[] {2, 3, 8}) {
      Result many = run(seed, shards);
      assertThat(many.failures()).as(shards + " shards").isEmpty();
      assertThat(many.messages()).as(shards + " shards").isEqualTo(one.messages());
      assertThat(many.hash()).as(shards + " shards").isEqualTo(one.hash());
    }
  }

  @Test
  void everythingThatShouldHappenHappened() {
    long sent = 0;
    long duplicated = 0;
    long lostInCrashes = 0;
    Set<String> reasons = new TreeSet<>();
    for (long seed = 1; seed <= 5; seed++) {
      MessageCounts messages = run(seed, 1).messages();
      sent += messages.sent();
      duplicated += messages.duplicated();
      lostInCrashes += messages.lostInCrashes();
      messages.dropped().keySet().forEach(drop -> reasons.add(drop.reason()));
    }
    assertThat(sent).isGreaterThan(50_000);
    assertThat(duplicated).isPositive();
    assertThat(lostInCrashes).isPositive();
    assertThat(reasons)
        .contains("full", "refused", "interface-full", "link-full", "lost", "cut", "rejected")
        .contains("host-down", "no-listener", "late");
  }
}
