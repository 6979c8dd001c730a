package dev.cascade.cli;

import dev.cascade.cli.explore.Look;
import dev.cascade.cli.explore.Shrinker;
import dev.cascade.cli.explore.Shrinker.Failing;
import dev.cascade.random.DurationText;
import dev.cascade.run.Emulation;
import dev.cascade.run.RunOptions;
import dev.cascade.run.RunResult;
import dev.cascade.run.UnsupportedScenarioException;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ReducibleScenario;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioException;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import dev.cascade.schedule.Schedule;
import dev.cascade.schedule.ScheduleCounts;
import dev.cascade.schedule.Strategy;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Makes a failing run smaller: runs candidates on all cores, and writes what is left. */
final class Shrinking implements Shrinker.Trial {
  private static final long TELL_EVERY_NANOS = 10_000_000_000L;

  private final Path file;
  private final String property;
  private final Budget budget;
  private final OutputOptions output;
  private final long beganNanos = System.nanoTime();
  private Schedule schedule = Schedule.RANDOM;
  private long toldNanos = System.nanoTime();
  private int runs;
  private int candidates;
  private boolean stopped;

  /**
   * How much it may try.
   *
   * @param runs in all
   * @param attempts seeds with which a candidate is tried until it fails
   * @param limitNanos on the wall clock
   */
  record Budget(int runs, int attempts, long limitNanos) {}

  /**
   * What came of it.
   *
   * @param file where the smaller scenario is
   * @param gone what it has less, in words
   * @param violation when its property is violated
   * @param runs how many were made for it
   */
  record Shrunk(Path file, List<String> gone, Duration violation, int runs) {}

  /** One run of a candidate: its seed, and when it was violated if it was. */
  private record Attempt(
      long seed,
      Schedule schedule,
      @Nullable Duration violation,
      @Nullable ScheduleCounts counts) {}

  Shrinking(Path file, String property, Budget budget, OutputOptions output) {
    this.file = file;
    this.property = property;
    this.budget = budget;
    this.output = output;
  }

  /** Says at once that the file is there, rather than when all is done. */
  static void checkUnused(Path file) {
    if (Files.exists(file)) {
      throw new UsageException(
          "The file (%s) is there already, and stays as it is. Maybe choose another name?"
              .formatted(file));
    }
  }

  /**
   * Shrinks a run.
   *
   * @param text of its scenario file, which stands alone
   * @param violation when its property was violated
   */
  Shrunk shrink(String text, String command, Duration violation) {
    checkUnused(file);
    ReducibleScenario before = ReducibleScenario.of(text);
    Scenario scenario = read(before);
    Schedule own = scenario.timing().schedule();
    schedule = own == null ? Schedule.RANDOM : own;
    Failing smallest = new Shrinker(property, new Failing(before, violation), this).shrink();
    List<String> gone = smallest.scenario().lessThan(before);
    write(scenario, command, smallest, gone);
    return new Shrunk(file, gone, smallest.violation(), runs);
  }

  private static Scenario read(ReducibleScenario candidate) {
    return new ScenarioReader(Models.catalog())
        .read(new ScenarioSource("the shrunk scenario", candidate.text()), Overrides.NONE)
        .scenario();
  }

  @Override
  public boolean isOver() {
    return stopped
        || runs >= budget.runs()
        || System.nanoTime() - beganNanos >= budget.limitNanos();
  }

  @Override
  public @Nullable Failing of(ReducibleScenario candidate) {
    Scenario scenario;
    try {
      scenario = read(candidate);
    } catch (ScenarioException invalid) {
      return null; // what is left refers to what is gone
    }
    candidates++;
    Attempt found = attempt(scenario);
    tell();
    if (found == null || found.violation() == null) {
      return null;
    }
    if (found.counts() != null && schedule.strategy() != Strategy.RANDOM) {
      schedule = schedule.steps((int) Math.max(1, found.counts().messages()));
    }
    Schedule kept = found.schedule().strategy() == Strategy.RANDOM ? null : found.schedule();
    return new Failing(candidate.chosen(found.seed(), kept), found.violation());
  }

  /** Tries it as it is first, then with other seeds; null if none fails. */
  private @Nullable Attempt attempt(Scenario scenario) {
    Attempt[] found = new Attempt[1];
    Schedule own = scenario.timing().schedule();
    Attempt asItIs =
        new Attempt(scenario.timing().seed(), own == null ? Schedule.RANDOM : own, null, null);
    List<Attempt> all = new ArrayList<>(List.of(asItIs));
    LongStream.rangeClosed(1, budget.attempts() - 1L)
        .forEach(
            seed ->
                all.add(
                    new Attempt(
                        seed,
                        schedule.strategy() == Strategy.RANDOM ? schedule : schedule.seed(null),
                        null,
                        null)));
    Crew crew = new Crew(RunOptions.DEFAULT);
    try (crew) {
      crew.stream(
          all.stream()
              .map(
                  one ->
                      new Crew.Job<>(() -> emulation(scenario, one), result -> look(one, result)))
              .iterator(),
          beganNanos + budget.limitNanos(),
          attempt -> {
            runs++;
            found[0] = attempt;
            return attempt.violation() == null && runs < budget.runs();
          });
      stopped |= crew.isStopped();
    } catch (UnsupportedScenarioException impossible) {
      return null;
    }
    return found[0];
  }

  private static Emulation emulation(Scenario scenario, Attempt attempt) {
    return Emulation.of(scenario.seed(attempt.seed()).schedule(attempt.schedule()));
  }

  private Attempt look(Attempt attempt, RunResult result) {
    boolean hit = !Look.hits(result, List.of(property)).isEmpty();
    return new Attempt(
        attempt.seed(),
        attempt.schedule(),
        hit ? result.property(property).result().firstViolation() : null,
        result.recording().schedule());
  }

  private void tell() {
    long now = System.nanoTime();
    if (!output.quiet && now - toldNanos >= TELL_EVERY_NANOS) {
      toldNanos = now;
      output
          .screen()
          .err()
          .println(
              "shrinking: %d candidates, %d of %d runs".formatted(candidates, runs, budget.runs()));
      output.screen().err().flush();
    }
  }

  private void write(Scenario original, String command, Failing smallest, List<String> gone) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# %s, shrunk: %s is violated at %s.\n"
            .formatted(
                original.metadata().name(), property, DurationText.format(smallest.violation())));
    text.append("# From: %s\n".formatted(command));
    text.append(gone.isEmpty() ? "# Nothing could be left out.\n" : "# Left out, or made less:\n");
    gone.forEach(line -> text.append("#   ").append(line).append('\n'));
    text.append(smallest.scenario().text());
    try {
      Files.writeString(
          file, text.toString(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException taken) {
      checkUnused(file);
    } catch (IOException failed) {
      throw new UsageException(
          "The file (%s) cannot be written. Maybe choose another place?".formatted(file));
    }
  }
}
