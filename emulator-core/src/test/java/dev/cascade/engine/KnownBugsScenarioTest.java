package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.property.ClopperPearson;
import dev.cascade.schedule.KnownRates;
import dev.cascade.schedule.Program;
import dev.cascade.schedule.Programs;
import dev.cascade.schedule.Schedule;
import dev.cascade.schedule.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Actors on the engine go wrong as often as all orders of their messages, enumerated, say. */
class KnownBugsScenarioTest {
  private static final int COPIES = 300;
  private static final int RUNS = 40;

  /**
   * On either side. With 11 walks and 10 programs under PCT, 21 intervals: all hold the truth with
   * a probability of 1 − 21 · 2 · 0.0005 = 97.9 % at least, and seeds are fixed.
   */
  private static final double MISS = 0.0005;

  static List<Program> walked() {
    return KnownRates.walked();
  }

  static List<Program> programs() {
    return Programs.enumerable();
  }

  @ParameterizedTest
  @MethodSource("walked")
  void latenciesThatForgetAreAWalk(Program program) {
    int wrong = ProgramWorld.run(program, COPIES, 1, null).wrong();
    ClopperPearson interval = ClopperPearson.of(wrong, COPIES, MISS, MISS);

    assertThat(KnownRates.walk(program))
        .as("%s: %d of %d", program, wrong, COPIES)
        .isBetween(interval.low(), interval.high());
  }

  /** Runs of a program under PCT of its depth: each is an engine of its own. */
  @ParameterizedTest
  @MethodSource("programs")
  void prioritiesOnTheEngineAreThoseEnumerated(Program program) {
    int steps = KnownRates.steps(program);
    Schedule schedule = new Schedule(Strategy.PCT, Math.min(3, program.depth()), steps, null);
    int wrong = 0;
    for (long seed = 1; seed <= RUNS; seed++) {
      ProgramWorld.Ended ended = ProgramWorld.run(program, 1, seed, schedule);
      assertThat(ended.counts()).isNotNull();
      assertThat(ended.counts().messages()).isLessThanOrEqualTo(steps);
      wrong += ended.wrong();
    }
    ClopperPearson interval = ClopperPearson.of(wrong, RUNS, MISS, MISS);

    assertThat(KnownRates.pct(program, schedule))
        .as("%s: %d of %d", program, wrong, RUNS)
        .isBetween(interval.low(), interval.high());
  }

  @Test
  void plantedRaceIsFoundByEveryStrategy() {
    Program race = Programs.lostUpdate(2);
    for (Schedule schedule :
        List.of(
            Schedule.RANDOM,
            Schedule.parse("pct:depth=2,steps=6"),
            Schedule.parse("delay:depth=2,steps=6"))) {
      // Each finds it in a third of all runs at least: none of 20 would be 1 in 3,000, and seeds
      // are fixed.
      int wrong = 0;
      for (long seed = 1; seed <= 20; seed++) {
        wrong += ProgramWorld.run(race, 1, seed, schedule).wrong();
      }
      assertThat(wrong).as("%s", schedule).isPositive();
    }
  }

  @Test
  void whoeverLooksOnChangesNothing() {
    Program program = Programs.diningPhilosophers(3);

    assertThat(ProgramWorld.run(program, 20, 7, Schedule.RANDOM).traceHash())
        .isEqualTo(ProgramWorld.run(program, 20, 7, null).traceHash());
  }

  @Test
  void scheduleRepeatsAndItsSeedMatters() {
    Program program = Programs.diningPhilosophers(3);
    Schedule schedule = Schedule.parse("pct:depth=3,steps=24,seed=5");

    ProgramWorld.Ended once = ProgramWorld.run(program, 1, 7, schedule);

    assertThat(ProgramWorld.run(program, 1, 7, schedule)).isEqualTo(once);
    assertThat(ProgramWorld.run(program, 1, 7, schedule.seed(6L)).counts().order())
        .isNotEqualTo(once.counts().order());
  }
}
