package dev.cascade.cli.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.property.ClopperPearson;
import dev.cascade.random.RandomStream;
import dev.cascade.schedule.ScheduleCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The interval holds the truth as often as it says, also if the search ends with its hits. */
class TallyTest {
  private static Look look(long seed, boolean hit, long choices, long order) {
    List<String> hits = hit ? List.of("p") : List.of();
    return new Look(seed, hits, true, 0.5, new ScheduleCounts(10, choices, order), null);
  }

  private static Tally tally(int enough, double rate, int runsMax, RandomStream random) {
    Tally tally = new Tally(enough);
    for (int i = 0; i < runsMax; i++) {
      if (!tally.add(look(i, random.chance(rate), 1, i))) {
        break;
      }
    }
    return tally;
  }

  /**
   * 4,000 searches. If the interval misses the truth in 5 % of them, 246 or more misses (five
   * deviations of √(4,000 · 0.05 · 0.95) = 13.8 above 200, less rounding) come once in millions.
   */
  @Test
  void intervalHoldsTheTruth() {
    RandomStream random = RandomStream.of(5);
    for (int enough : new int[] {0, 1, 3}) {
      int missed = 0;
      for (int i = 0; i < 4_000; i++) {
        ClopperPearson interval = tally(enough, 0.07, 60, random).interval();
        missed += interval.low() > 0.07 || interval.high() < 0.07 ? 1 : 0;
      }
      assertThat(missed).as("ending with %d", enough).isLessThan(270);
    }
  }

  @Test
  void searchEndsWithItsHits() {
    Tally tally = new Tally(2);

    assertThat(tally.add(look(1, false, 1, 1))).isTrue();
    assertThat(tally.add(look(2, true, 1, 2))).isTrue();
    assertThat(tally.add(look(3, true, 1, 3))).isFalse();
    assertThat(tally.hits()).extracting(Look::seed).containsExactly(2L, 3L);
    assertThat(tally.secondsPerRun()).isEqualTo(0.5);
  }

  @Test
  void firstRunThatHitsSaysNothingOfTheUpperEnd() {
    Tally tally = new Tally(1);
    tally.add(look(1, true, 1, 1));

    // P(a hit at once) = p: 2.5 % at 0.025, and no p is too high.
    assertThat(tally.interval().low()).isCloseTo(0.025, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(tally.interval().high()).isEqualTo(1);
  }

  @Test
  void nothingIsControlledWithoutChoiceOrDifference() {
    Tally without = new Tally(0);
    without.add(look(1, false, 0, 1));
    without.add(look(2, false, 0, 2));
    Tally same = new Tally(0);
    same.add(look(1, false, 5, 1));
    same.add(look(2, false, 5, 1));
    Tally different = new Tally(0);
    different.add(look(1, false, 5, 1));
    different.add(look(2, false, 5, 2));

    assertThat(without.controlledSomething()).isFalse();
    assertThat(same.controlledSomething()).isFalse();
    assertThat(different.controlledSomething()).isTrue();
  }
}
