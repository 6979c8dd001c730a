package dev.cascade.run;

import dev.cascade.engine.Engine;
import dev.cascade.engine.EngineSettings;
import dev.cascade.engine.Entry;
import dev.cascade.engine.MessageCounts;
import dev.cascade.engine.RecordedEvent;
import dev.cascade.engine.RunFailure;
import dev.cascade.engine.WorkCounts;
import dev.cascade.metrics.MetricRegistry;
import dev.cascade.metrics.Readings;
import dev.cascade.metrics.SeriesStore;
import dev.cascade.node.Metrics;
import dev.cascade.property.Occurrence;
import dev.cascade.property.PropertyDefectException;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.Timing;
import dev.cascade.scenario.TopologyEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a scenario. It lets the engine run from tick to tick and from step to step; at
 * each, all shards rest, numbers are gathered and judged, and faults and operators act.
 */
final class Run implements AutoCloseable {
  /** A paced run moves this often on the wall clock: often enough to look smooth. */
  private static final long PACED_SLICE_NANOS = 50_000_000;

  private final Scenario scenario;
  private final RunOptions options;
  private final RunListener listener;
  private final BooleanSupplier stopped;
  private final Witness witness;
  private final boolean control;

  private final WallClock clock;
  private final long endNanos;
  private final long samplingNanos;
  private final List<MetricRegistry> registries = new ArrayList<>();
  private final SeriesStore series = new SeriesStore();
  private final Readings readings;
  private final Journal journal;
  private final Engine engine;
  private final Requests requests;
  private final Method method;
  private final Judges judges;
  private final List<Occurrence> stepsSinceTick = new ArrayList<>();
  private final Set<String> stepsDone = new LinkedHashSet<>();
  private final Checkpoints.Recorder recorder = new Checkpoints.Recorder();

  private long lastTickNanos;
  private boolean begun;
  private @Nullable Ending ending;
  private @Nullable RunFailure failure;

  /** Looks on while a run goes on, and may end it: for replays. */
  interface Witness {
    /** Sees nothing. */
    Witness NONE = (engine, timeNanos) -> true;

    /** The world is there and rests before its first event. */
    default void onStart(Engine engine) {}

    /** Looks over the shoulders of a host's instruments. */
    default Function<String, Metrics> watching(Function<String, Metrics> metrics) {
      return metrics;
    }

    /** All shards rest at a tick; whether the run may go on. */
    boolean onTick(Engine engine, long timeNanos);
  }

  Run(
      Scenario scenario,
      RunOptions options,
      RunListener listener,
      BooleanSupplier stopped,
      Witness witness,
      boolean control) {
    this(scenario, options, listener, stopped, witness, control, new WallClock());
  }

  Run(
      Scenario scenario,
      RunOptions options,
      RunListener listener,
      BooleanSupplier stopped,
      Witness witness,
      boolean control,
      WallClock clock) {
    this.clock = clock;
    this.scenario = scenario;
    this.options = options;
    this.listener = listener;
    this.stopped = stopped;
    this.witness = witness;
    this.control = control;
    Timing timing = scenario.timing();
    this.endNanos = timing.duration().toNanos();
    this.samplingNanos = timing.sampling().toNanos();
    this.readings = new Readings(series, timing.warmup().toNanos());
    this.journal = new Journal(listener);
    this.judges = new Judges(scenario, readings, journal);
    Blueprint blueprint = Blueprint.of(scenario);
    this.engine = engine(blueprint);
    this.requests = new Requests(engine, endNanos / samplingNanos);
    this.method = new Method(scenario, engine, blueprint, journal, this::onStep, readings);
  }

  private Engine engine(Blueprint blueprint) {
    List<Entry> entries = new ArrayList<>();
    for (TopologyEntry<?> entry : scenario.topology()) {
      entries.add(entry(entry));
    }
    if (scenario.timing().schedule() != null && options.shards() > 1) {
      throw new UnsupportedScenarioException(
          "The schedule (%s) is for one shard, not %d. Maybe --shards 1?"
              .formatted(scenario.timing().schedule(), options.shards()));
    }
    for (int i = 0; i < options.shards(); i++) {
      registries.add(new MetricRegistry());
    }
    EngineSettings settings =
        new EngineSettings(
                scenario.timing().seed(),
                options.shards(),
                new Wiring(scenario, blueprint).network(),
                options.checked())
            .schedule(scenario.timing().schedule());
    return new Engine(settings, entries, shard -> witness.watching(registries.get(shard)::forHost));
  }

  private static <C> Entry entry(TopologyEntry<C> entry) {
    return Entry.of(
        entry.name(), entry.model(), entry.config(), entry.replicas(), Blueprint.zonesOf(entry));
  }

  /** Runs to the end, whatever that is. */
  RunResult execute() {
    start();
    while (!isOver()) {
      advanceTo(endNanos);
    }
    return result();
  }

  /** Sets the world up; the first thing to call. */
  void start() {
    failure = engine.failure();
    witness.onStart(engine);
  }

  /** Whether it has come to its end, whatever that is. */
  boolean isOver() {
    return failure != null || ending != null;
  }

  /**
   * Goes on to the next tick or step, but no further than a time. Where a run is made to rest
   * changes nothing of what happens in it.
   */
  void advanceTo(long timeNanos) {
    try {
      advance(
          Math.min(
              Math.min(timeNanos, endNanos),
              Math.min(lastTickNanos + samplingNanos, method.nextTimeNanos())));
      long now = engine.nowNanos();
      if (failure == null && (now == lastTickNanos + samplingNanos || now == endNanos)) {
        tick(now);
      }
      act(now);
    } catch (PropertyDefectException defect) {
      failure =
          new RunFailure(
              RunFailure.Kind.MODEL,
              engine.nowNanos(),
              "the property",
              String.valueOf(defect.getMessage()),
              List.of(),
              null);
    }
  }

  /** Virtual time, in nanoseconds since the start. */
  long nowNanos() {
    return engine.nowNanos();
  }

  /** When it looks at its numbers next, in nanoseconds since the start. */
  long nextTickNanos() {
    return Math.min(endNanos, lastTickNanos + samplingNanos);
  }

  /** Whether a step of the method was done. */
  boolean hasDone(String step) {
    return stepsDone.contains(step);
  }

  private void onStep(Occurrence step) {
    stepsSinceTick.add(step);
    stepsDone.add(step.name());
  }

  /** All numbers up to the last tick. */
  Readings readings() {
    return readings;
  }

  /** Gives it up where it is. */
  void giveUp() {
    if (!isOver()) {
      ending = Ending.STOPPED;
    }
  }

  /** Lets the world run to a time, at the pace that was asked for. */
  private void advance(long timeNanos) {
    Pace pace = options.pace();
    while (engine.nowNanos() < timeNanos && failure == null && ending == null) {
      long next = timeNanos;
      if (!pace.isMax()) {
        long slice = Math.max(1, (long) (PACED_SLICE_NANOS * pace.factor()));
        next = Math.min(timeNanos, engine.nowNanos() + slice);
        clock.await((long) (next / pace.factor()));
      }
      engine.runUntil(next);
      failure = engine.failure();
      checkWhetherToEnd();
    }
  }

  private void checkWhetherToEnd() {
    Duration limit = options.timeLimit();
    if (stopped.getAsBoolean()) {
      ending = Ending.STOPPED;
    } else if (limit != null && clock.elapsed().compareTo(limit) >= 0) {
      ending = Ending.TIME_LIMIT;
    }
  }

  private void tick(long now) {
    series.tick(now, registries);
    requests.tick();
    for (Occurrence occurrence : occurrences()) {
      judges.onEvent(occurrence);
      method.onEvent(occurrence);
    }
    judges.onTick(now);
    method.onTick(now);
    lastTickNanos = now;
    int hosts = engine.hostCount();
    if (recorder.wantsNext(hosts, endNanos / samplingNanos + 1)) {
      recorder.take(
          now, engine.histories(), options.checked() ? engine.wireHistories() : new TreeMap<>());
    }
    listener.onProgress(
        new Progress(
            Duration.ofNanos(now),
            scenario.timing().duration(),
            engine.eventCount(),
            hosts,
            judges.states(),
            control));
    if (!witness.onTick(engine, now)) {
      ending = Ending.STOPPED;
    } else if (now >= endNanos) {
      ending = Ending.COMPLETED;
    } else if (options.failFast() && judges.hasFailed()) {
      ending = Ending.FAIL_FAST;
    }
  }

  /** What processes recorded and steps did since the last tick, in the order of time. */
  private List<Occurrence> occurrences() {
    List<Occurrence> all = new ArrayList<>(stepsSinceTick);
    stepsSinceTick.clear();
    for (RecordedEvent event : engine.takeEvents()) {
      all.add(new Occurrence(event.timeNanos(), event.name(), event.fields(), event.host()));
      journal.event(event.timeNanos(), event.name(), event.process(), event.fields());
    }
    // Stable: at one instant a step comes before what it caused.
    all.sort(java.util.Comparator.comparingLong(Occurrence::timeNanos));
    return all;
  }

  /** Faults and operators do what is due. */
  private void act(long now) {
    while (failure == null && ending == null && method.nextTimeNanos() <= now) {
      if (!begun) {
        begun = true;
        if (!judges.isSteady(now)) {
          ending = Ending.STEADY_STATE;
          return;
        }
      }
      method.doNext();
      failure = engine.failure();
    }
  }

  /** What it was and what it showed; to be called once, when it is over. */
  RunResult result() {
    long now = engine.nowNanos();
    MessageCounts messages = engine.messages();
    WorkCounts work = engine.work();
    if (failure == null && messages.missing() != 0) {
      failure = unbalanced(now, messages);
    } else if (failure == null && work.isOverdrawn()) {
      failure = overdrawn(now, work);
    }
    Ending how = failure != null || ending == null ? Ending.FAILED : ending;
    if (how == Ending.COMPLETED) {
      judges.testAfter(now);
    }
    RunResult.Findings findings = judges.findings(how);
    journal.end(now, how, findings.verdict());
    return new RunResult(
        scenario,
        options,
        new RunResult.End(how, Duration.ofNanos(now), clock.elapsed(), failure),
        findings,
        new RunResult.Recording(
            engine.traceHash(),
            engine.eventCount(),
            messages,
            work,
            series,
            Words.metrics(scenario),
            journal.entries(),
            requests.result(),
            recorder.checkpoints(),
            engine.scheduleCounts()));
  }

  private static RunFailure unbalanced(long now, MessageCounts messages) {
    return new RunFailure(
        RunFailure.Kind.CONSERVATION,
        now,
        "the engine",
        ("The accounts do not balance: %d sent + %d duplicated are %d more than %d handled + %d"
                + " dropped + %d lost in crashes + %d queued + %d in flight.")
            .formatted(
                messages.sent(),
                messages.duplicated(),
                messages.missing(),
                messages.handled(),
                messages.droppedTotal(),
                messages.lostInCrashes(),
                messages.queued(),
                messages.inFlight()),
        List.of(),
        null);
  }

  private static RunFailure overdrawn(long now, WorkCounts work) {
    return new RunFailure(
        RunFailure.Kind.CONSERVATION,
        now,
        "the engine",
        "The work ledger does not balance: more was settled than done, as %s is left."
            .formatted(work.unfinished()),
        List.of(),
        null);
  }

  @Override
  public void close() {
    engine.close();
  }
}
