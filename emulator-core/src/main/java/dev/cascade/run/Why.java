package dev.cascade.run;

import dev.cascade.engine.CauseLog;
import dev.cascade.engine.Engine;
import dev.cascade.engine.MessageCounts;
import dev.cascade.engine.WorkCounts;
import dev.cascade.node.Metrics;
import dev.cascade.node.Suggestion;
import dev.cascade.property.CompiledProperty;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.Suspects;
import dev.cascade.property.Suspects.Guilt;
import dev.cascade.scenario.Scenario;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Why a property was violated: what led to the last changes of its series before the violation. It
 * repeats the run up to there, on one shard, and writes down what caused what.
 *
 * @param property that was violated
 * @param violation when first
 * @param seed the series, or event, whose changes are explained; empty if none changed
 * @param changes how many of its changes are
 * @param perSecondBefore how often it changed before the first step; null if there was none
 * @param perSecondAfter how often since
 * @param deeds what the method did until then, in order
 * @param steps the chain, from its triggers and beginnings to the changes
 * @param events state changes since the first deed, by name
 * @param drops what fell since
 * @param inHandBefore requests that processes had before the first deed, by place
 * @param inHand the same at the violation
 * @param work of the time since the first deed
 * @param workBefore of the time before
 * @param forgotten turns at the beginning that are not in the chain, as there were too many
 */
public record Why(
    PropertySpec property,
    Duration violation,
    String seed,
    int changes,
    @Nullable Double perSecondBefore,
    double perSecondAfter,
    List<Deed> deeds,
    List<WhyChain.Step> steps,
    Map<String, Long> events,
    Map<MessageCounts.Drop, Long> drops,
    Map<String, Long> inHandBefore,
    Map<String, Long> inHand,
    WorkCounts work,
    WorkCounts workBefore,
    int forgotten) {

  /** Changes that are explained at most: enough to see what most of them have in common. */
  private static final int CHANGES_MAX = 512;

  /**
   * What the method did.
   *
   * @param at when
   * @param name of the step
   * @param what it did, and to whom
   * @param number its own step of the chain, if it reached that by state alone; else 0
   * @param leadsTo steps of the chain that its messages led to
   * @param strikes steps of the chain that ran at what it struck; none of one that sends
   * @param touches steps of the chain at processes that its messages had reached before
   */
  public record Deed(
      Duration at,
      String name,
      String what,
      int number,
      List<Integer> leadsTo,
      List<Integer> strikes,
      List<Integer> touches) {}

  /**
   * Repeats a run up to the first violation of a property.
   *
   * @throws UnsupportedScenarioException if there is no such property
   */
  public static Why of(Scenario scenario, String property, Duration firstViolation) {
    PropertySpec spec =
        scenario.properties().stream()
            .filter(one -> one.name().equals(property))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnsupportedScenarioException(
                        "The scenario has no property (%s).%s"
                            .formatted(
                                property,
                                Suggestion.maybe(
                                    property,
                                    scenario.properties().stream()
                                        .map(PropertySpec::name)
                                        .toList()))));
    CompiledProperty compiled = CompiledProperty.of(spec, Words.vocabulary(scenario));
    Recorder recorder =
        new Recorder(Suspects.of(compiled), compiled.events(), firstViolation.toNanos());
    try (Run run =
        new Run(scenario, RunOptions.DEFAULT, RunListener.NONE, () -> false, recorder, false)) {
      RunResult result = run.execute();
      return recorder.explain(spec, firstViolation, result.recording().journal());
    }
  }

  /** Looks on until the violation. */
  private static final class Recorder implements Run.Witness, WatchedMetrics.Listener {
    private final Suspects watched;
    private final List<String> events;
    private final long untilNanos;
    private @Nullable Engine engine;
    private @Nullable CauseLog log;
    private final Map<String, Guilt> guilt = new TreeMap<>();
    private WorkCounts workBefore = WorkCounts.none();
    private WorkCounts work = WorkCounts.none();
    private Map<String, Long> inHandBefore = new TreeMap<>();
    private Map<String, Long> inHand = new TreeMap<>();
    private Map<String, Integer> countsBefore = new TreeMap<>();
    private Map<MessageCounts.Drop, Long> droppedBefore = new TreeMap<>();

    Recorder(Suspects watched, List<String> events, long untilNanos) {
      this.watched = watched;
      this.events = events;
      this.untilNanos = untilNanos;
    }

    @Override
    public Function<String, Metrics> watching(Function<String, Metrics> metrics) {
      return host -> new WatchedMetrics(metrics.apply(host), host, watched, this);
    }

    @Override
    public void found(String series, Guilt is) {
      guilt.merge(series, is, (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    @Override
    public void changed(String series) {
      if (engine != null) {
        engine.noteChange(series);
      }
    }

    @Override
    public void onStart(Engine newEngine) {
      engine = newEngine;
      log = newEngine.startCauses(events);
    }

    @Override
    public boolean onTick(Engine running, long timeNanos) {
      if (log != null && log.stepsDone() == 0) {
        workBefore = running.work();
        inHandBefore = running.requestsInHand();
        countsBefore = log.changeCounts();
        droppedBefore = running.messages().dropped();
      }
      if (timeNanos < untilNanos) {
        return true;
      }
      work = running.work();
      inHand = running.requestsInHand();
      return false;
    }

    Why explain(PropertySpec spec, Duration violation, List<JournalEntry> journal) {
      CauseLog causes = log == null ? new CauseLog(List.of()) : log;
      List<JournalEntry> done =
          journal.stream()
              .filter(entry -> entry.kind() == JournalEntry.Kind.STEP)
              .filter(entry -> entry.timeNanos() <= untilNanos)
              .toList();
      boolean hasTrigger = !done.isEmpty();
      long began = hasTrigger ? done.get(0).timeNanos() : 0;
      String seed = seed(causes, hasTrigger ? began : -1);
      List<Integer> changes = causes.changes(seed);
      List<Integer> last =
          changes.subList(Math.max(0, changes.size() - CHANGES_MAX), changes.size());
      WhyChain chain = new WhyChain(causes, last, hasTrigger ? began : -1, untilNanos);
      WhyTriggers triggers = new WhyTriggers(done, chain);
      Map<String, Long> events = new TreeMap<>();
      for (JournalEntry entry : journal) {
        if (entry.kind() == JournalEntry.Kind.EVENT && entry.timeNanos() >= began) {
          events.merge(entry.name(), 1L, Long::sum);
        }
      }
      Map<MessageCounts.Drop, Long> drops = new TreeMap<>();
      causes
          .drops()
          .forEach(
              (drop, seen) -> {
                long since = seen[0] - (hasTrigger ? droppedBefore.getOrDefault(drop, 0L) : 0);
                if (since > 0) {
                  drops.put(drop, since);
                }
              });
      return new Why(
          spec,
          violation,
          seed,
          last.size(),
          hasTrigger ? rate(countsBefore.getOrDefault(seed, 0), began) : null,
          rate(
              causes.changeCounts().getOrDefault(seed, 0)
                  - (hasTrigger ? countsBefore.getOrDefault(seed, 0) : 0),
              untilNanos - began),
          triggers.deeds(),
          triggers.steps(),
          events,
          drops,
          inHandBefore,
          inHand,
          work.less(hasTrigger ? workBefore : WorkCounts.none()),
          workBefore,
          causes.forgotten());
    }

    private static double rate(int count, long nanos) {
      return nanos <= 0 ? 0 : count * 1e9 / nanos;
    }

    /**
     * The series that the bad samples are of: of those that are to blame for rising, the one that
     * rose most; if none did, of those to blame for falling the one that fell most; and so on.
     */
    private String seed(CauseLog causes, long began) {
      Map<String, Double> rises = new TreeMap<>();
      causes
          .changeCounts()
          .forEach(
              (series, count) -> {
                int before = began < 0 ? 0 : countsBefore.getOrDefault(series, 0);
                double now = rate(count - before, untilNanos - Math.max(0, began));
                rises.put(series, now - rate(before, began));
              });
      String best = most(rises, Guilt.RISE, 1);
      best = best.isEmpty() ? most(rises, Guilt.FALL, -1) : best;
      best = best.isEmpty() ? most(rises, Guilt.CHANGE, 1) : best;
      best = best.isEmpty() ? most(rises, Guilt.CHANGE, -1) : best;
      // An event has no guilt, and what the whole run changed alike still tells how it went.
      best = best.isEmpty() ? greatest(rises, series -> !guilt.containsKey(series), 1) : best;
      return best.isEmpty() ? greatest(rises, series -> true, 1) : best;
    }

    /** The one that went furthest that way; empty if none went that way. */
    private String most(Map<String, Double> rises, Guilt is, int way) {
      String best = greatest(rises, series -> guilt.get(series) == is, way);
      return best.isEmpty() || rises.getOrDefault(best, 0.0) * way <= 0 ? "" : best;
    }

    private static String greatest(Map<String, Double> rises, Predicate<String> of, int way) {
      return rises.entrySet().stream()
          .filter(rise -> of.test(rise.getKey()))
          .max(Comparator.comparingDouble(rise -> rise.getValue() * way))
          .map(Map.Entry::getKey)
          .orElse("");
    }
  }
}
