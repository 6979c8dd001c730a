package dev.cascade.run;

import dev.cascade.engine.Engine;
import dev.cascade.engine.Tape;
import dev.cascade.engine.Tape.Shown;
import dev.cascade.engine.Tape.Taped;
import dev.cascade.node.Address;
import dev.cascade.node.Metrics;
import dev.cascade.property.CompiledProperty;
import dev.cascade.property.PropertySpec;
import dev.cascade.scenario.Scenario;
import dev.cascade.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The few processes and messages around the first violation of a property: those that led to it,
 * and what else its process and theirs said to each other shortly before. It repeats the run up to
 * there, with every message across hosts in its serialized form, and keeps the last ones.
 *
 * <p>The violation is the event that the property speaks of, or else the last change of a gauge
 * that it speaks of; if there is neither, the last message that was handled.
 *
 * @param property that was violated
 * @param violation the time that was found so, in nanoseconds since the start
 * @param processes in the order in which they first take part
 * @param messages in the order of their sending
 * @param shown events of these processes, and what gauges of their hosts the property speaks of
 */
public record SpaceTime(
    String property,
    long violation,
    List<String> processes,
    List<Arrow> messages,
    List<Mark> shown) {

  /** More processes than this do not fit beside each other. */
  private static final int PROCESSES_MAX = 8;

  /** More messages than this nobody follows. */
  private static final int MESSAGES_MAX = 60;

  /** Messages that led to the violation, and to each of those beside it, back to so many. */
  private static final int CHAIN_MAX = 12;

  /** Of the messages that the violating process handled last, so many are followed back, too. */
  private static final int BESIDE_MAX = 10;

  /**
   * A message.
   *
   * @param from the process that sent it
   * @param to whom it was for
   * @param content what it said
   * @param sentNanos when it was sent
   * @param arrivedNanos when it came; {@link Tape#NEVER} if it did not
   * @param handledNanos when it was handled; {@link Tape#NEVER} if it was not
   * @param led whether it is in the chain that led to the violation
   */
  public record Arrow(
      String from,
      String to,
      String type,
      String content,
      long sentNanos,
      long arrivedNanos,
      long handledNanos,
      boolean led) {}

  /**
   * Something that a process showed.
   *
   * @param process whose line it stands beside
   * @param what an event with its fields, or a gauge with its new value
   * @param isViolation whether the property was violated with it
   */
  public record Mark(
      String process, long timeNanos, String what, boolean isEvent, boolean isViolation) {}

  public SpaceTime {
    processes = List.copyOf(processes);
    messages = List.copyOf(messages);
    shown = List.copyOf(shown);
  }

  /**
   * Repeats a run up to the first violation of a property.
   *
   * @throws UnsupportedScenarioException if there is no such property
   */
  public static SpaceTime of(Scenario scenario, String property, Duration firstViolation) {
    PropertySpec spec =
        scenario.properties().stream()
            .filter(one -> one.name().equals(property))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnsupportedScenarioException(
                        "The scenario has no property (%s).".formatted(property)));
    CompiledProperty compiled = CompiledProperty.of(spec, Words.vocabulary(scenario));
    Set<String> gauges = new TreeSet<>();
    compiled.selectors().forEach(selector -> gauges.add(selector.name()));
    Schedule own = scenario.timing().schedule();
    Recorder recorder = new Recorder(firstViolation.toNanos());
    RunOptions options = RunOptions.DEFAULT.checked(true);
    Scenario looked = own == null ? scenario.schedule(Schedule.RANDOM) : scenario;
    try (Run run = new Run(looked, options, RunListener.NONE, () -> false, recorder, false)) {
      run.execute();
    }
    return new Selection(
            property, recorder.tape(), firstViolation.toNanos(), compiled.events(), gauges)
        .select();
  }

  /** Keeps what happens until the violation. */
  private static final class Recorder implements Run.Witness {
    private final long untilNanos;
    private @Nullable Engine engine;
    private @Nullable Tape tape;

    Recorder(long untilNanos) {
      this.untilNanos = untilNanos;
    }

    Tape tape() {
      return tape == null ? new Tape() : tape;
    }

    @Override
    public Function<String, Metrics> watching(Function<String, Metrics> metrics) {
      return host ->
          new ShownGauges(metrics.apply(host), (gauge, value) -> showed(host, gauge, value));
    }

    private void showed(String host, String gauge, String value) {
      if (engine != null) {
        engine.noteValue(host, gauge, value);
      }
    }

    @Override
    public void onStart(Engine newEngine) {
      engine = newEngine;
      tape = newEngine.startTape();
    }

    @Override
    public boolean onTick(Engine running, long timeNanos) {
      return timeNanos < untilNanos;
    }
  }

  /** Chooses what is shown of what was kept. */
  private static final class Selection {
    private final String property;
    private final Tape tape;
    private final long untilNanos;
    private final List<String> events;
    private final Set<String> gauges;
    private final Set<Taped> led = new LinkedHashSet<>();
    private final Set<Taped> chosen = new LinkedHashSet<>();

    Selection(
        String property, Tape tape, long untilNanos, List<String> events, Set<String> gauges) {
      this.property = property;
      this.tape = tape;
      this.untilNanos = untilNanos;
      this.events = events;
      this.gauges = gauges;
    }

    SpaceTime select() {
      Shown violation = violation();
      Taped last = violation == null ? lastHandled() : tape.behind(violation.turn());
      if (last != null) {
        follow(last, led);
        chosen.addAll(led);
        beside(last);
      }
      long when =
          violation != null
              ? violation.timeNanos()
              : last == null ? untilNanos : last.handledNanos();
      String place = violation != null ? violation.who() : last == null ? "" : top(last.to());
      List<String> processes = processes(last, place);
      List<Taped> shown = shown(processes, when);
      return new SpaceTime(
          property,
          when,
          processes,
          shown.stream().map(this::arrow).toList(),
          marks(processes, shown, violation));
    }

    private @Nullable Shown violation() {
      Shown found = null;
      for (Shown one : tape.shown()) {
        boolean meant =
            one.isEvent()
                ? events.contains(one.name())
                : events.isEmpty() && gauges.contains(one.name().replaceFirst("\\{.*", ""));
        // A property that never lets an event happen is violated by the first, at its exact time.
        if (meant && one.timeNanos() <= untilNanos && (found == null || !isExact(found))) {
          found = one;
        }
      }
      return found;
    }

    private boolean isExact(Shown shown) {
      return shown.isEvent() && shown.timeNanos() == untilNanos;
    }

    private @Nullable Taped lastHandled() {
      return tape.messages().stream()
          .filter(one -> one.handledNanos() != Tape.NEVER && one.handledNanos() <= untilNanos)
          .max(Comparator.comparingLong(Taped::handledNanos))
          .orElse(null);
    }

    private void follow(Taped from, Set<Taped> into) {
      Taped at = from;
      for (int i = 0; at != null && i < CHAIN_MAX && into.add(at); i++) {
        at = tape.behind(at.cause());
      }
    }

    /** What else the process handled before, and what led to that. */
    private void beside(Taped last) {
      Deque<Taped> before = new ArrayDeque<>();
      for (Taped one : tape.messages()) {
        if (one != last
            && top(one.to()).equals(top(last.to()))
            && one.handledNanos() != Tape.NEVER
            && one.handledNanos() <= last.handledNanos()) {
          before.addLast(one);
          if (before.size() > BESIDE_MAX) {
            before.removeFirst();
          }
        }
      }
      before.descendingIterator().forEachRemaining(one -> follow(one, chosen));
    }

    private List<String> processes(@Nullable Taped last, String place) {
      Set<String> all = new LinkedHashSet<>();
      if (last != null) {
        all.add(top(last.to()));
      } else if (!place.isEmpty()) {
        all.add(place);
      }
      for (Taped one : chosen) {
        all.add(top(one.from()));
        all.add(top(one.to()));
      }
      List<String> few = new ArrayList<>(all);
      List<String> kept = few.subList(0, Math.min(PROCESSES_MAX, few.size()));
      return kept.stream().sorted().toList();
    }

    /** Of what these say to each other, the last before the violation. */
    private List<Taped> shown(List<String> processes, long when) {
      List<Taped> all = new ArrayList<>();
      long since = chosen.stream().mapToLong(Taped::sentNanos).min().orElse(when);
      for (Taped one : tape.messages()) {
        boolean isNear = one.sentNanos() >= since && one.sentNanos() <= when;
        if (isNear && processes.contains(top(one.from())) && processes.contains(top(one.to()))) {
          all.add(one);
        }
      }
      return all.subList(Math.max(0, all.size() - MESSAGES_MAX), all.size());
    }

    private List<Mark> marks(List<String> processes, List<Taped> shown, @Nullable Shown violation) {
      long since = shown.isEmpty() ? untilNanos : shown.get(0).sentNanos();
      List<Mark> marks = new ArrayList<>();
      for (Shown one : tape.shown()) {
        String process = processOf(one, processes);
        boolean isMeant =
            one.isEvent()
                || gauges.isEmpty()
                || gauges.contains(one.name().replaceFirst("\\{.*", ""));
        long until = violation == null ? untilNanos : violation.timeNanos();
        if (process != null && isMeant && one.timeNanos() >= since && one.timeNanos() <= until) {
          marks.add(
              new Mark(process, one.timeNanos(), one.what(), one.isEvent(), one.equals(violation)));
        }
      }
      return marks.subList(Math.max(0, marks.size() - MESSAGES_MAX), marks.size());
    }

    /** An event is its process's; a gauge its host's, of which the first process stands for all. */
    private static @Nullable String processOf(Shown shown, List<String> processes) {
      for (String process : processes) {
        String host = process.substring(0, process.indexOf('/'));
        if (shown.isEvent()
            ? shown.who().equals(process) || shown.who().startsWith(process + "/")
            : shown.who().equals(host)) {
          return process;
        }
      }
      return null;
    }

    private Arrow arrow(Taped one) {
      return new Arrow(
          top(one.from()),
          top(one.to()),
          one.type(),
          one.content(),
          one.sentNanos(),
          one.arrivedNanos(),
          one.handledNanos(),
          led.contains(one));
    }

    /** A process without its children. */
    private static String top(Address address) {
      String process = address.process();
      int child = process.indexOf('/');
      return address.host() + "/" + (child < 0 ? process : process.substring(0, child));
    }
  }
}
