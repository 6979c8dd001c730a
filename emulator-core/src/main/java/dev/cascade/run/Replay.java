package dev.cascade.run;

import dev.cascade.engine.Engine;
import dev.cascade.engine.HandledMessage;
import dev.cascade.engine.RunFailure;
import dev.cascade.scenario.Scenario;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a run and finds where it parts from what was recorded: first the tick, by its
 * checkpoints, then, with the logs of two JVMs of that tick, the event. Runs of one JVM often agree
 * in what differs between two, such as identity hashes; so each part belongs in a JVM of its own.
 */
public final class Replay {
  private final Scenario scenario;
  private final RunOptions options;
  private final RunListener listener;

  /** Of a scenario, with its seed. */
  public Replay(Scenario scenario, RunOptions options, RunListener listener) {
    this.scenario = scenario;
    this.options = options;
    this.listener = listener;
  }

  /**
   * A tick at whose end the histories differ, and not at its beginning.
   *
   * @param fromNanos where it begins
   * @param toNanos where it ends
   * @param hosts whose histories differ; empty if that was not recorded
   */
  public record Parting(long fromNanos, long toNanos, List<String> hosts) {
    public Parting {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * What a repeated run showed.
   *
   * @param parting where it parts from the record; null if nowhere
   * @param checkpoints how many were compared
   * @param failure what ended it before it had reached all of them, if something did
   */
  public record Comparison(
      @Nullable Parting parting, int checkpoints, @Nullable RunFailure failure) {}

  /** Repeats the run and compares it with its checkpoints, up to the first that differs. */
  public Comparison compare(Checkpoints recorded) {
    Comparer comparer = new Comparer(recorded);
    RunResult result = run(comparer);
    return new Comparison(
        comparer.parting,
        comparer.compared,
        comparer.parting == null && comparer.next != null ? result.end().failure() : null);
  }

  /** Repeats the run up to the end of a tick and tells every message that was handled in it. */
  public List<HandledMessage> log(long fromNanos, long toNanos) {
    Logger logger = new Logger(fromNanos, toNanos);
    run(logger);
    return logger.log;
  }

  private RunResult run(Run.Witness witness) {
    try (Run run = new Run(scenario, options, listener, () -> false, witness, false)) {
      return run.execute();
    }
  }

  /**
   * Where two logs part.
   *
   * @param index the place in both
   * @param here the message in the one; null if it has ended
   * @param there the message in the other; null if it has ended
   */
  public record Difference(
      int index, @Nullable HandledMessage here, @Nullable HandledMessage there) {
    /** The earlier of the two: what one run did and the other did not, or not then. */
    public HandledMessage first() {
      if (here == null || there == null) {
        return here == null ? Objects.requireNonNull(there) : here;
      }
      return there.timeNanos() < here.timeNanos() ? there : here;
    }
  }

  /** The first message in which two logs differ. */
  public static Optional<Difference> firstDifference(
      List<HandledMessage> here, List<HandledMessage> there) {
    int both = Math.min(here.size(), there.size());
    for (int i = 0; i < both; i++) {
      if (!here.get(i).equals(there.get(i))) {
        return Optional.of(new Difference(i, here.get(i), there.get(i)));
      }
    }
    if (here.size() == there.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Difference(
            both,
            both < here.size() ? here.get(both) : null,
            both < there.size() ? there.get(both) : null));
  }

  /** Compares at each tick that has a checkpoint, and ends the run with the first difference. */
  private static final class Comparer implements Run.Witness {
    private final Iterator<Checkpoints.Checkpoint> recorded;
    private final Checkpoints.Recorder recorder = new Checkpoints.Recorder();
    private Checkpoints.@Nullable Checkpoint next;
    private long lastNanos;
    private int compared;
    private @Nullable Parting parting;

    Comparer(Checkpoints recorded) {
      this.recorded = recorded.all().iterator();
      advance();
    }

    private void advance() {
      next = recorded.hasNext() ? recorded.next() : null;
    }

    @Override
    public boolean onTick(Engine engine, long timeNanos) {
      Checkpoints.Checkpoint due = next;
      if (due == null || timeNanos < due.timeNanos()) {
        return due != null;
      }
      Checkpoints.Checkpoint seen =
          recorder.take(timeNanos, engine.histories(), engine.wireHistories());
      if (!seen.agreesWith(due)) {
        parting = new Parting(lastNanos, timeNanos, differing(due.changed(), seen.changed()));
        return false;
      }
      compared++;
      lastNanos = timeNanos;
      advance();
      return next != null;
    }

    private static List<String> differing(
        Map<String, Integer> recorded, Map<String, Integer> seen) {
      List<String> hosts = new ArrayList<>();
      TreeSet<String> all = new TreeSet<>(recorded.keySet());
      all.addAll(seen.keySet());
      for (String host : all) {
        if (!Objects.equals(recorded.get(host), seen.get(host))) {
          hosts.add(host);
        }
      }
      return recorded.isEmpty() ? List.of() : hosts;
    }
  }

  /** Keeps a log from one tick to a later one, and ends the run there. */
  private static final class Logger implements Run.Witness {
    private final long fromNanos;
    private final long toNanos;
    private List<HandledMessage> log = List.of();

    Logger(long fromNanos, long toNanos) {
      this.fromNanos = fromNanos;
      this.toNanos = toNanos;
    }

    @Override
    public void onStart(Engine engine) {
      if (fromNanos == 0) {
        engine.startLog();
      }
    }

    @Override
    public boolean onTick(Engine engine, long timeNanos) {
      if (timeNanos == fromNanos) {
        engine.startLog();
      }
      if (timeNanos < toNanos) {
        return true;
      }
      log = engine.takeLog();
      return false;
    }
  }
}
