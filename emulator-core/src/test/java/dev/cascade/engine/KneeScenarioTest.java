package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.node.Cost;
import dev.cascade.node.HostSpec;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The knee of a node with 16 cores: 25 programs work 3 of every 10 ms, evenly spread, and some
 * threads always. What a burst takes is flat as long as the cores suffice, and then climbs.
 */
class KneeScenarioTest {
  private static final int CORES = 16;
  private static final int PROGRAMS = 25;
  private static final Duration PERIOD = Duration.ofMillis(10);
  private static final Duration BURST = Duration.ofMillis(3);
  private static final double BURST_MILLIS = 3;
  private static final double GAP_MILLIS = 10.0 / PROGRAMS; // between the starts of two bursts

  /** Each of some ten changes of speed while a burst lasts may be rounded to a nanosecond. */
  private static final double ROUNDING_MILLIS = 1e-4;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void theKneeOfANodeIsWhereDemandPassesItsCores(int wakeUp) {
    List<Double> bursts = new ArrayList<>();
    World world =
        World.of()
            .hosts(
                "node",
                1,
                HostSpec.cores(CORES),
                boot -> {
                  for (int i = 0; i < PROGRAMS; i++) {
                    Duration phase = PERIOD.multipliedBy(i).dividedBy(PROGRAMS);
                    boot.start("program-" + i, program(phase, bursts));
                  }
                  for (int i = 0; i < wakeUp; i++) {
                    boot.start("wake-up-" + i, busy());
                  }
                });
    try (Engine engine = World.run(world.start(), Duration.ofSeconds(2))) {
      bursts.clear(); // it has settled
      World.run(engine, Duration.ofSeconds(4));
    }

    double expected = burstMillis(wakeUp);
    assertThat(bursts)
        .hasSize(PROGRAMS * 200)
        .allSatisfy(burst -> assertThat(burst).isCloseTo(expected, within(ROUNDING_MILLIS)));
    // 25 x 0.3 = 7.5 cores of bursts: with 8 threads there are 15.5 of 16, with 9 there are 16.5.
    assertThat(expected > BURST_MILLIS + ROUNDING_MILLIS).isEqualTo(wakeUp >= 9);
  }

  /**
   * A burst starts every 0.4 ms, and each takes R = 0.4 m + f, where m is whole and f below 0.4:
   * after a start m + 1 bursts are under way for f, then m. With d threads beside them each gets
   * s(n) = min(1, 16 / (d + n)) of a core, so that in R it gets
   *
   * <pre>3 = m (f s(m + 1) + (0.4 - f) s(m)) + f s(m + 1)</pre>
   *
   * of which f follows for each m; one of them is between 0 and 0.4.
   */
  private static double burstMillis(int threads) {
    for (int m = 0; m < PROGRAMS; m++) {
      double fewer = speed(threads + m);
      double more = speed(threads + m + 1);
      double rest = (BURST_MILLIS - m * GAP_MILLIS * fewer) / ((m + 1) * more - m * fewer);
      if (rest >= 0 && rest < GAP_MILLIS) {
        return m * GAP_MILLIS + rest;
      }
    }
    throw new AssertionError("The node never settles with " + threads + " threads.");
  }

  private static double speed(int runnable) {
    return Math.min(1, (double) CORES / runnable);
  }

  private static ProcessSpec<Object> program(Duration phase, List<Double> bursts) {
    return ProcessSpec.<Object>of(
            env ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerAtFixedRate("burst", phase.plusMillis(1), PERIOD);
                      long[] due = {phase.plusMillis(1).toNanos()};
                      return Behaviors.receiveMessage(
                          burst -> {
                            bursts.add((env.nowNanos() - due[0]) / 1e6);
                            due[0] += PERIOD.toNanos();
                            return Behaviors.same();
                          });
                    }))
        .cost(burst -> Cost.work(BURST));
  }

  private static ProcessSpec<Object> busy() {
    return ProcessSpec.<Object>of(
            env ->
                Behaviors.setup(
                    context -> {
                      context.getSelf().tell("on");
                      return Behaviors.receiveMessage(
                          on -> {
                            context.getSelf().tell("on");
                            return Behaviors.same();
                          });
                    }))
        .cost(on -> Cost.work(Duration.ofMillis(7)));
  }
}
