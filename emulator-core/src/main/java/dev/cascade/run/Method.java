package dev.cascade.run;

import dev.cascade.engine.Engine;
import dev.cascade.fault.Fault;
import dev.cascade.metrics.Readings;
import dev.cascade.property.CompiledProperty;
import dev.cascade.property.MonitorState;
import dev.cascade.property.Occurrence;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.PropertyWatch;
import dev.cascade.property.Vocabulary;
import dev.cascade.random.DurationText;
import dev.cascade.scenario.MethodStep;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.TopologyEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The timeline of a run: faults and operators act while the world rests, each exactly at its
 * virtual time. An operator looks at every tick, like somebody in front of a dashboard, and acts
 * once.
 */
final class Method {
  /** Names in the journal for what a step struck; the rest is a number. */
  private static final int STRUCK_SHOWN = 12;

  private final Scenario scenario;
  private final Engine engine;
  private final Targets targets;
  private final Faults faults;
  private final Journal journal;
  private final Consumer<Occurrence> events;
  private final Agenda agenda = new Agenda();
  private final List<MethodStep> waiting = new ArrayList<>();
  private final PropertyWatch visible;
  private final Set<String> seen = new TreeSet<>();

  Method(
      Scenario scenario,
      Engine engine,
      Blueprint blueprint,
      Journal journal,
      Consumer<Occurrence> events,
      Readings readings) {
    this.scenario = scenario;
    this.engine = engine;
    this.targets = new Targets(engine, scenario);
    this.faults = new Faults(engine, targets, blueprint);
    this.journal = journal;
    this.events = events;
    Vocabulary vocabulary = Words.vocabulary(scenario);
    List<CompiledProperty> conditions = new ArrayList<>();
    for (MethodStep step : Words.steps(scenario)) {
      if (step.trigger() instanceof MethodStep.At at) {
        agenda.add(at.time().toNanos(), () -> perform(step));
      } else if (step.trigger() instanceof MethodStep.When when) {
        waiting.add(step);
        conditions.add(condition(step, when, vocabulary));
      }
    }
    this.visible = new PropertyWatch(conditions, readings);
  }

  /** What an operator waits for: to be true once is enough to be seen. */
  static CompiledProperty condition(MethodStep step, MethodStep.When when, Vocabulary vocabulary) {
    return CompiledProperty.of(PropertySpec.sometimes(step.name(), when.condition()), vocabulary);
  }

  /** When the next thing is due, in nanoseconds since the start. */
  long nextTimeNanos() {
    return agenda.nextTimeNanos();
  }

  /** Does the next thing; the world rests at its time. */
  void doNext() {
    agenda.take().run();
  }

  /** An event of the run, which operators may wait for. */
  void onEvent(Occurrence occurrence) {
    visible.onEvent(occurrence);
  }

  /** There is a new tick: operators look. */
  void onTick(long timeNanos) {
    visible.onTick();
    List<MonitorState> states = visible.states();
    for (int i = 0; i < states.size(); i++) {
      MethodStep step = waiting.get(i);
      if (states.get(i) == MonitorState.REACHED
          && seen.add(step.name())
          && step.trigger() instanceof MethodStep.When when) {
        journal.note(
            timeNanos,
            JournalEntry.Kind.VISIBLE,
            step.name(),
            "condition",
            when.condition(),
            "after",
            DurationText.format(when.after()));
        agenda.add(timeNanos + when.after().toNanos(), () -> perform(step));
      }
    }
  }

  private void perform(MethodStep step) {
    long now = engine.nowNanos();
    engine.beginStep(step.name());
    if (step.deed() instanceof MethodStep.Inject inject) {
      Faults.Done done = faults.inject(step.name(), inject.fault());
      noteStep(now, step, done.what(), done.struck());
      undoLater(now, step, inject.fault(), done);
    } else if (step.deed() instanceof MethodStep.Operate<?, ?> operate) {
      operate(now, step, operate);
    }
    events.accept(new Occurrence(now, step.name(), new TreeMap<>(), ""));
  }

  private void undoLater(long now, MethodStep step, Fault fault, Faults.Done done) {
    Duration duration = fault.duration();
    if (duration != null) {
      long over = now + duration.toNanos();
      agenda.add(
          over,
          () -> {
            done.undo().run();
            journal.note(over, JournalEntry.Kind.UNDO, step.name(), "action", done.what());
          });
    }
  }

  private <C, P> void operate(long now, MethodStep step, MethodStep.Operate<C, P> operate) {
    String name = operate.target().name();
    TopologyEntry<?> entry =
        scenario.topology().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnsupportedScenarioException(
                        "The step (%s) needs an entry of the topology as target, not (%s)."
                            .formatted(step.name(), name)));
    @SuppressWarnings("unchecked") // the reader takes actions from the model of the target's entry
    C config = (C) entry.config();
    Console<C> console =
        new Console<>(engine, targets, step.name(), entry.name(), operate.target(), config);
    operate.action().perform(console, operate.parameters());
    noteStep(now, step, operate.action().name(), List.of(entry.name()));
  }

  private void noteStep(long now, MethodStep step, String action, List<String> struck) {
    if (struck.isEmpty()) {
      journal.note(
          now,
          JournalEntry.Kind.STEP,
          step.name(),
          "action",
          action,
          "note",
          "struck nothing: nobody matched the target, or it did not run");
      return;
    }
    List<String> shown = struck.subList(0, Math.min(STRUCK_SHOWN, struck.size()));
    String more = shown.size() < struck.size() ? ", … (" + struck.size() + ")" : "";
    journal.note(
        now,
        JournalEntry.Kind.STEP,
        step.name(),
        "action",
        action,
        "target",
        String.join(", ", shown) + more);
  }
}
