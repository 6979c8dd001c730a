package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Trackers decide step by step; here they are compared with the definitions, applied to the whole
 * run at once. No data is either truth, and so is what would have come after the end: a verdict is
 * sure if it is the same in the worst and in the best case.
 */
class TrackersByDefinitionTest {
  private static final int RUNS = 20_000;
  private final RandomStream random = RandomStream.of(17);

  private String ticks() {
    int length = 1 + random.nextInt(10);
    String letters = random.chance(0.5) ? "TF" : "TTFFU";
    StringBuilder ticks = new StringBuilder();
    for (int i = 0; i < length; i++) {
      ticks.append(letters.charAt(random.nextInt(letters.length())));
    }
    return ticks.toString();
  }

  private static String afterwards(String ticks, char always) {
    return ticks + String.valueOf(always).repeat(30);
  }

  @Test
  void safety() {
    Set<Result> seen = EnumSet.noneOf(Result.class);
    for (int run = 0; run < RUNS; run++) {
      String ticks = ticks();
      long patience = random.nextInt(4);
      boolean atBest = isViolated(ticks.replace('U', 'T'), patience);
      boolean atWorst = isViolated(afterwards(ticks.replace('U', 'F'), lastBad(ticks)), patience);
      Result expected = atBest ? Result.VIOLATED : atWorst ? Result.UNKNOWN : Result.HOLDS;

      SafetyTracker tracker = new SafetyTracker(patience * Ticks.SECOND);
      for (int i = 0; i < ticks.length(); i++) {
        tracker.tick((i + 1) * Ticks.SECOND, Ticks.truth(ticks.charAt(i)));
      }

      assertThat(tracker.finish(ticks.length() * Ticks.SECOND).result())
          .as("%s for %d", ticks, patience)
          .isEqualTo(expected);
      seen.add(expected);
    }
    assertThat(seen).hasSize(3);
  }

  /** A run that ends true is not doubted for what might have come; one that ends otherwise is. */
  private static char lastBad(String ticks) {
    return ticks.endsWith("T") ? 'T' : 'F';
  }

  private static boolean isViolated(String ticks, long patience) {
    for (int from = 0; from < ticks.length(); from++) {
      for (int to = from; to < ticks.length() && ticks.charAt(to) == 'F'; to++) {
        if (to - from >= patience) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void eventually() {
    Set<Result> seen = EnumSet.noneOf(Result.class);
    for (int run = 0; run < RUNS; run++) {
      String ticks = ticks();
      double within = 1 + random.nextInt(8) / 2.0;
      double holdsFor = random.nextInt(4);
      List<Double> triggers = new ArrayList<>();
      for (double time = random.nextInt(6) / 2.0;
          time < ticks.length();
          time += 0.5 + random.nextInt(6) / 2.0) {
        triggers.add(time);
      }
      if (triggers.isEmpty()) {
        continue;
      }

      Result expected = Result.HOLDS;
      for (double trigger : triggers) {
        boolean atWorst = isAnswered(ticks.replace('U', 'F'), trigger, within, holdsFor);
        // After the end it might have begun at any instant up to the deadline.
        boolean atBest =
            trigger + within > ticks.length()
                || isAnswered(afterwards(ticks.replace('U', 'T'), 'T'), trigger, within, holdsFor);
        if (!atBest) {
          expected = Result.VIOLATED;
        } else if (!atWorst && expected == Result.HOLDS) {
          expected = Result.UNKNOWN;
        }
      }

      assertThat(tracked(ticks, triggers, within, holdsFor))
          .as("%s triggered at %s, within %s, holdsFor %s", ticks, triggers, within, holdsFor)
          .isEqualTo(expected);
      seen.add(expected);
    }
    assertThat(seen).hasSize(3);
  }

  /** There are ticks from one to another, all true, that begin in time and last. */
  private static boolean isAnswered(String ticks, double trigger, double within, double holdsFor) {
    for (int from = 0; from < ticks.length(); from++) {
      for (int to = from; to < ticks.length() && ticks.charAt(to) == 'T'; to++) {
        double begin = Math.max(from + 1, trigger);
        boolean afterTrigger = to >= trigger;
        if (afterTrigger && begin <= trigger + within && to + 1 - begin >= holdsFor) {
          return true;
        }
      }
    }
    return false;
  }

  private static Result tracked(
      String ticks, List<Double> triggers, double within, double holdsFor) {
    EventuallyTracker tracker =
        new EventuallyTracker((long) (within * 1e9), (long) (holdsFor * 1e9), 0);
    int next = 0;
    for (int i = 0; i < ticks.length(); i++) {
      while (next < triggers.size() && triggers.get(next) <= i + 1) {
        tracker.trigger((long) (triggers.get(next++) * 1e9));
      }
      tracker.tick((i + 1) * Ticks.SECOND, Ticks.truth(ticks.charAt(i)));
    }
    return tracker.finish(ticks.length() * Ticks.SECOND).result();
  }
}
