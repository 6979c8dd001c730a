package dev.cascade.cli;

import dev.cascade.cli.explore.Look;
import dev.cascade.cli.explore.Tally;
import dev.cascade.run.Emulation;
import dev.cascade.run.RunOptions;
import dev.cascade.scenario.Scenario;
import dev.cascade.schedule.Schedule;
import dev.cascade.schedule.ScheduleCounts;
import dev.cascade.schedule.Strategy;
import java.io.PrintWriter;
import java.util.stream.LongStream;

/** Runs a scenario over many seeds or schedules, on all cores, and looks at each run. */
final class Search {
  private static final long TELL_EVERY_NANOS = 10_000_000_000L;

  private final SearchOptions asked;
  private final OutputOptions output;
  private final long beganNanos = System.nanoTime();
  private long toldNanos = beganNanos;

  /** How a search ended. */
  enum End {
    FOUND("found"),
    RUNS("runs"),
    TIME("time"),
    INTERRUPTED("interrupted"),
    FAILED("failed");

    final String word;

    End(String word) {
      this.word = word;
    }
  }

  Search(SearchOptions asked, OutputOptions output) {
    this.asked = asked;
    this.output = output;
  }

  /** The schedule of all runs, without the seed that each has of its own. */
  Schedule schedule(Scenario scenario) {
    Schedule.Scope scope = asked.scope();
    Strategy strategy = asked.strategy;
    Schedule drawn = Schedule.RANDOM.scope(scope);
    if (strategy == Strategy.RANDOM) {
      return drawn;
    }
    Integer given = asked.steps;
    if (given != null) {
      return new Schedule(strategy, asked.depth, given, null, scope);
    }
    Schedule pilot = strategy == Strategy.PCT ? new Schedule(strategy, 1, 1, null, scope) : drawn;
    ScheduleCounts[] counts = new ScheduleCounts[1];
    try (Emulation emulation = emulation(scenario, pilot, asked.from)) {
      counts[0] = emulation.options(RunOptions.DEFAULT.failFast(true)).run().recording().schedule();
    }
    long messages = counts[0] == null ? 1 : counts[0].messages();
    return new Schedule(
        strategy,
        asked.depth,
        (int) Math.max(1, Math.min(Integer.MAX_VALUE, messages)),
        null,
        scope);
  }

  private Emulation emulation(Scenario scenario, Schedule schedule, long number) {
    return Emulation.of(asked.variant(scenario, schedule, number));
  }

  /** Runs until enough deviates, or a limit is met. */
  End run(Scenario scenario, Schedule schedule, Tally tally) {
    Crew crew = new Crew(RunOptions.DEFAULT.failFast(true));
    try (crew) {
      boolean inTime =
          crew.stream(
              LongStream.range(asked.from, asked.from + asked.runsMax)
                  .mapToObj(
                      number ->
                          new Crew.Job<>(
                              () -> emulation(scenario, schedule, number),
                              result -> Look.of(result, number, asked.properties)))
                  .iterator(),
              beganNanos + asked.limitNanos(),
              look -> {
                boolean goOn = tally.add(look);
                tellProgress(tally);
                return goOn;
              });
      if (tally.failed() != null) {
        return End.FAILED;
      }
      return tally.hasEnough()
          ? End.FOUND
          : crew.isStopped() ? End.INTERRUPTED : inTime ? End.RUNS : End.TIME;
    }
  }

  private void tellProgress(Tally tally) {
    long now = System.nanoTime();
    if (output.quiet || now - toldNanos < TELL_EVERY_NANOS) {
      return;
    }
    toldNanos = now;
    PrintWriter err = output.screen().err();
    err.println(
        "%d of %d runs done, %d deviate, %d schedules, %s runs/s"
            .formatted(
                tally.runs(),
                asked.runsMax,
                tally.hits().size(),
                tally.schedules(),
                Figures.of(tally.runs() / ((now - beganNanos) / 1e9))));
    err.flush();
  }
}
