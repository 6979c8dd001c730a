package dev.cascade.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.property.ClopperPearson;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Priorities find known bugs as often as an independent enumeration says, and as PCT promises. */
class PrioritiesTest {
  private static final int RUNS = 2_000;

  /**
   * On either side. With 10 programs and as many depths, 30 intervals: all of them hold the truth
   * with a probability of 1 − 30 · 2 · 0.0005 = 97 % at least, and seeds are fixed.
   */
  private static final double MISS = 0.0005;

  static List<Program> programs() {
    return Programs.enumerable();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void rateIsThatOfTheEnumeration(Program program) {
    Enumerator enumerator = new Enumerator(program);
    int steps = enumerator.size().messages();
    for (int depth = 1; depth <= Math.min(3, program.depth()); depth++) {
      Schedule schedule = new Schedule(Strategy.PCT, depth, steps, null);
      int wrong =
          (int)
              LongStream.rangeClosed(1, RUNS)
                  .filter(seed -> ProgramRun.goesWrong(program, schedule, seed))
                  .count();
      ClopperPearson interval = ClopperPearson.of(wrong, RUNS, MISS, MISS);

      assertThat(enumerator.pct(depth, steps))
          .as("%s at depth %d: %d of %d runs", program, depth, wrong, RUNS)
          .isBetween(interval.low(), interval.high());
    }
  }

  /** 1/(n k^(d−1)) for n chains and k messages (Burckhardt et al. 2010, theorem 9). */
  @ParameterizedTest
  @MethodSource("programs")
  void boundOfPctHolds(Program program) {
    Enumerator enumerator = new Enumerator(program);
    Enumerator.Size size = enumerator.size();
    double bound = 1 / (size.chains() * Math.pow(size.messages(), program.depth() - 1));

    double exact = enumerator.pct(program.depth(), size.messages());

    assertThat(exact).isGreaterThanOrEqualTo(bound);
  }

  @Test
  void whatNeedsNoChangeIsFoundWithoutOne() {
    // Bob's one message after all of Alice's: its priority is the lower of two in half of all runs,
    // whatever they are; a walk does it in 1 of 2^8, as each of 8 others must come first.
    Enumerator enumerator = new Enumerator(Programs.unevenSenders(4));

    assertThat(enumerator.pct(1, 1)).isEqualTo(1.0 / 2);
    assertThat(enumerator.walk()).isLessThan(1.0 / 50);
  }

  @Test
  void depthThatIsTooSmallFindsNothing() {
    assertThat(new Enumerator(Programs.lostUpdate(2)).pct(1, 6)).isZero();
    assertThat(new Enumerator(Programs.alternation(3)).pct(2, 10)).isZero();
  }
}
