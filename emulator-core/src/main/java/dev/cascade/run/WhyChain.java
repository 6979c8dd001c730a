package dev.cascade.run;

import dev.cascade.engine.CauseLog;
import dev.cascade.engine.CauseLog.Kind;
import dev.cascade.engine.CauseLog.What;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What led to some turns, condensed: it goes back from each by the causes that messages carry, and
 * by what processes had told of their state before; takes turns that are alike as one, and passes
 * over what stays within a process.
 */
public final class WhyChain {
  /** Steps that a person still reads. */
  private static final int STEPS_MAX = 16;

  /** Ways that fewer than this share of the turns came by are left out. */
  private static final double SHARE_MIN = 0.02;

  /** Durations of which a median is taken. */
  private static final int SAMPLE_MAX = 20_000;

  /**
   * Turns that are alike.
   *
   * @param number its place in the chain, from 1
   * @param kind what they were
   * @param count how many there were since the first deed, whether or not they led to the violation
   * @param first when the first of those was that led to it; null for what has no time of its own
   * @param last when the last
   * @param perSecondBefore how many there were as long before the first deed; null without one
   * @param perSecond how many since
   * @param medianBefore how long such requests had taken before; null if that is not known
   * @param median how long since
   * @param after the steps that it followed from
   * @param behind those that it waited behind
   * @param byState those that reached it by the state of a process: what it had told, or what
   *     struck it
   */
  public record Step(
      int number,
      Kind kind,
      long count,
      @Nullable Duration first,
      @Nullable Duration last,
      @Nullable Double perSecondBefore,
      double perSecond,
      @Nullable Duration medianBefore,
      @Nullable Duration median,
      List<Integer> after,
      List<Integer> behind,
      List<Integer> byState) {
    /** The same in another place. */
    Step placed(
        int newNumber, List<Integer> newAfter, List<Integer> newBehind, List<Integer> newByState) {
      return new Step(
          newNumber,
          kind,
          count,
          first,
          last,
          perSecondBefore,
          perSecond,
          medianBefore,
          median,
          newAfter,
          newBehind,
          newByState);
    }
  }

  /** All turns of one kind on the way. */
  private static final class Node {
    final Map<Kind, Integer> next = new LinkedHashMap<>();
    final Set<Kind> behind = new LinkedHashSet<>();
    final Set<Kind> since = new LinkedHashSet<>();
    int count;
    long first = Long.MAX_VALUE;
    long last;

    void note(long timeNanos) {
      count++;
      first = Math.min(first, timeNanos);
      last = Math.max(last, timeNanos);
    }

    /** How much of the way goes on from here. */
    int weight() {
      return Math.max(count, next.values().stream().mapToInt(Integer::intValue).sum());
    }
  }

  /** Turns of one kind in the whole run, and how long its requests took. */
  private static final class Tally {
    long before;
    long since;
    final List<Integer> lastedBefore = new ArrayList<>();
    final List<Integer> lasted = new ArrayList<>();
  }

  private final CauseLog log;
  private final long beganNanos;
  private final long untilNanos;
  private final Map<Kind, Node> nodes = new LinkedHashMap<>();
  private final Map<Integer, Integer> origins = new LinkedHashMap<>();
  private final BitSet way = new BitSet();
  private final Set<Integer> toldIn = new TreeSet<>();
  private final List<Step> steps = new ArrayList<>();

  /**
   * Goes back from some turns.
   *
   * @param beganNanos when the first deed was; negative if there was none
   */
  WhyChain(CauseLog log, List<Integer> turns, long beganNanos, long untilNanos) {
    this.log = log;
    this.beganNanos = beganNanos;
    this.untilNanos = untilNanos;
    collect(turns);
    if (!nodes.isEmpty()) {
      order(tally());
    }
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  // ---- going back

  private void collect(List<Integer> turns) {
    ArrayDeque<Integer> open = new ArrayDeque<>();
    for (int turn : turns) {
      int begin = isLocal(turn) ? origin(turn) : turn;
      if (begin != CauseLog.NONE) {
        goTo(begin, open);
      }
    }
    while (!open.isEmpty()) {
      int turn = open.remove();
      node(log.kind(turn)).note(log.timeNanos(turn));
      follow(turn, origin(turn), open);
      int other = log.behind(turn);
      int holder = other != CauseLog.NONE && isLocal(other) ? origin(other) : other;
      if (holder != CauseLog.NONE) {
        node(log.kind(turn)).behind.add(log.kind(holder));
        follow(turn, holder, open);
      }
      followState(turn, open);
    }
  }

  /** What a process does follows from its state, too: from what it has last told of it. */
  private void followState(int turn, ArrayDeque<Integer> open) {
    CauseLog.Recorded last = log.recordedBefore(turn);
    if (last == null || log.timeNanos(last.turn()) < beganNanos) {
      return;
    }
    int cause = isLocal(last.turn()) ? origin(last.turn()) : last.turn();
    if (cause == CauseLog.NONE || log.kind(cause).equals(log.kind(turn))) {
      return; // it tells so whenever it does that
    }
    Kind told = state(last);
    Node node = node(told);
    node.next.merge(log.kind(turn), 1, Integer::sum);
    node(log.kind(turn)).since.add(told);
    if (toldIn.add(last.turn())) {
      node.note(log.timeNanos(last.turn()));
      if (log.timeNanos(cause) >= beganNanos) {
        node(log.kind(cause)).next.merge(told, 1, Integer::sum);
        goTo(cause, open);
      }
    }
  }

  private Kind state(CauseLog.Recorded told) {
    return new Kind(What.RECORDED, log.kind(told.turn()).at(), "", told.event(), null);
  }

  private void follow(int turn, int cause, ArrayDeque<Integer> open) {
    if (cause == CauseLog.NONE) {
      return;
    }
    if (isRoundBefore(turn, cause)) {
      Kind timers = new Kind(What.START, log.kind(log.cause(turn)).at(), "", "", null);
      node(timers).next.merge(log.kind(turn), 1, Integer::sum);
      return;
    }
    node(log.kind(cause)).next.merge(log.kind(turn), 1, Integer::sum);
    goTo(cause, open);
  }

  /** Whether a timer was set at the end of a round before the first deed, when all was well. */
  private boolean isRoundBefore(int turn, int cause) {
    return log.timeNanos(cause) < beganNanos
        && isLocal(log.cause(turn))
        && log.kind(cause).what() != What.START;
  }

  private void goTo(int turn, ArrayDeque<Integer> open) {
    if (!way.get(turn)) {
      way.set(turn);
      open.add(turn);
    }
  }

  private Node node(Kind kind) {
    return nodes.computeIfAbsent(kind, key -> new Node());
  }

  private boolean isLocal(int turn) {
    return log.kind(turn).what() == What.LOCAL;
  }

  /** The nearest turn that a turn followed from and that was no mere talk within a process. */
  private int origin(int turn) {
    List<Integer> passed = new ArrayList<>();
    int at = log.cause(turn);
    int last = at;
    while (at != CauseLog.NONE && isLocal(at)) {
      Integer known = origins.get(at);
      if (known != null) {
        last = known;
        break;
      }
      passed.add(at);
      last = at;
      at = log.cause(at);
      last = at == CauseLog.NONE ? last : at;
    }
    for (int one : passed) {
      origins.put(one, last);
    }
    // A process whose first turn is not known goes by its own timers: they are its beginning.
    return last;
  }

  // ---- counting

  private Map<Kind, Tally> tally() {
    Map<Kind, Tally> tallies = new LinkedHashMap<>();
    nodes.keySet().forEach(kind -> tallies.put(kind, new Tally()));
    long length = beganNanos < 0 ? untilNanos : untilNanos - beganNanos;
    long from = beganNanos < 0 ? 0 : Math.max(0, beganNanos - length);
    for (int turn = log.forgotten(); turn < log.count(); turn++) {
      long time = log.timeNanos(turn);
      if (time < from || time > untilNanos) {
        continue;
      }
      Kind kind = log.kind(turn);
      boolean isBefore = beganNanos >= 0 && time < beganNanos;
      count(tallies.get(kind), isBefore);
      if (kind.purpose() != null && kind.what() != What.ASKED) {
        // How long it took is said where it was asked, whoever was asked in the end.
        Kind asked = new Kind(What.ASKED, kind.other(), kind.at(), kind.subject(), kind.purpose());
        lasted(tallies.get(kind), isBefore, log.lastedMicros(turn));
        lasted(tallies.get(asked), isBefore, log.lastedMicros(turn));
      }
    }
    for (CauseLog.Recorded told : log.recorded()) {
      long time = log.timeNanos(told.turn());
      if (time >= from && time <= untilNanos) {
        count(tallies.get(state(told)), beganNanos >= 0 && time < beganNanos);
      }
    }
    return tallies;
  }

  private static void count(@Nullable Tally tally, boolean isBefore) {
    if (tally != null) {
      tally.before += isBefore ? 1 : 0;
      tally.since += isBefore ? 0 : 1;
    }
  }

  private static void lasted(@Nullable Tally tally, boolean isBefore, int micros) {
    if (tally != null) {
      List<Integer> sample = isBefore ? tally.lastedBefore : tally.lasted;
      if (sample.size() < SAMPLE_MAX) {
        sample.add(micros);
      } else { // later ones replace earlier ones in turn
        sample.set((int) ((tally.before + tally.since) % SAMPLE_MAX), micros);
      }
    }
  }

  private static @Nullable Duration median(List<Integer> micros) {
    if (micros.isEmpty()) {
      return null;
    }
    int[] sorted = micros.stream().mapToInt(Integer::intValue).toArray();
    Arrays.sort(sorted);
    return Duration.ofNanos(1_000L * sorted[sorted.length / 2]);
  }

  // ---- putting in order

  private void order(Map<Kind, Tally> tallies) {
    int most = nodes.values().stream().mapToInt(node -> node.count).max().orElse(0);
    Set<Kind> wanted = new LinkedHashSet<>();
    nodes.forEach(
        (kind, node) -> {
          boolean isBeginning = kind.what() == What.STEP || !isFollowedUp(kind);
          boolean isState = kind.what() == What.RECORDED && node.weight() >= SHARE_MIN * most;
          if (isBeginning || isState || node.count >= SHARE_MIN * most) {
            wanted.add(kind);
          }
        });
    keepNearest(wanted);
    List<Kind> beginnings = new ArrayList<>(wanted);
    beginnings.removeIf(this::isFollowedUp);
    Collections.reverse(beginnings);
    beginnings.sort(Comparator.comparing(kind -> kind.what() == What.STEP));
    Set<Kind> seen = new LinkedHashSet<>();
    List<Kind> all = new ArrayList<>();
    beginnings.forEach(kind -> place(kind, wanted, seen, all));
    wanted.forEach(kind -> place(kind, wanted, seen, all)); // what only a ring leads to
    Collections.reverse(all);
    for (Kind kind : all) {
      steps.add(step(all, kind, tallies.getOrDefault(kind, new Tally())));
    }
  }

  /** Of too many, those that were found first, going back, and all that the method did. */
  private static void keepNearest(Set<Kind> wanted) {
    int place = 0;
    for (Iterator<Kind> all = wanted.iterator(); all.hasNext(); place++) {
      if (all.next().what() != What.STEP && place >= STEPS_MAX) {
        all.remove();
      }
    }
  }

  /** Whether anything on the way led to turns of this kind. */
  private boolean isFollowedUp(Kind kind) {
    return nodes.entrySet().stream()
        .anyMatch(other -> !other.getKey().equals(kind) && other.getValue().next.containsKey(kind));
  }

  /** Puts a kind before all that follows from it, from the last to the first. */
  private void place(Kind kind, Set<Kind> wanted, Set<Kind> seen, List<Kind> all) {
    if (!wanted.contains(kind) || !seen.add(kind)) {
      return;
    }
    node(kind).next.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(next -> place(next.getKey(), wanted, seen, all));
    all.add(kind);
  }

  private Step step(List<Kind> all, Kind kind, Tally tally) {
    Node node = node(kind);
    boolean hasBefore = beganNanos >= 0;
    double seconds = (untilNanos - Math.max(0, beganNanos)) / 1e9;
    double before = Math.min(beganNanos / 1e9, seconds);
    List<Integer> after = new ArrayList<>();
    List<Integer> behind = new ArrayList<>();
    List<Integer> byState = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (node.since.contains(all.get(i))) {
        byState.add(i + 1);
      } else if (node(all.get(i)).next.containsKey(kind)) {
        after.add(i + 1);
      }
      if (node.behind.contains(all.get(i))) {
        behind.add(i + 1);
      }
    }
    return new Step(
        1 + all.indexOf(kind),
        kind,
        tally.since,
        node.count == 0 ? null : Duration.ofNanos(node.first),
        node.count == 0 ? null : Duration.ofNanos(node.last),
        hasBefore && before > 0 ? tally.before / before : null,
        seconds > 0 ? tally.since / seconds : 0,
        median(tally.lastedBefore),
        median(tally.lasted),
        after,
        behind,
        byState);
  }

  // ---- asking

  /** The steps that followed from what a step of the method sent. */
  List<Integer> after(String deed) {
    return steps.stream()
        .filter(step -> step.kind().what() == What.STEP && step.kind().at().equals(deed))
        .map(Step::number)
        .toList();
  }

  /**
   * The steps at processes that what a step of the method sent had reached before, by whatever way:
   * it may have changed their state.
   */
  List<Integer> touchedBy(String deed) {
    BitSet reached = new BitSet();
    Map<Integer, Integer> firstAt = new LinkedHashMap<>();
    for (int turn = log.forgotten(); turn < log.count(); turn++) {
      Kind kind = log.kind(turn);
      int cause = log.cause(turn);
      boolean isDeed = kind.what() == What.STEP && kind.at().equals(deed);
      if (isDeed || (cause != CauseLog.NONE && reached.get(cause))) {
        reached.set(turn);
        firstAt.putIfAbsent(log.placeOf(turn), turn);
      }
    }
    Set<Kind> touched = new LinkedHashSet<>();
    way.stream()
        .filter(turn -> !reached.get(turn) && log.placeOf(turn) != CauseLog.NONE)
        .filter(turn -> firstAt.getOrDefault(log.placeOf(turn), turn) < turn)
        .forEach(turn -> touched.add(log.kind(turn)));
    return steps.stream().filter(step -> touched.contains(step.kind())).map(Step::number).toList();
  }

  /** The steps that ran at hosts or entries that are named in a text. */
  List<Integer> at(String targets) {
    Set<String> entries = new TreeSet<>();
    for (String word : targets.split("[^a-z0-9-]+", -1)) {
      entries.add(word);
      entries.add(word.replaceFirst("-[0-9]+$", ""));
    }
    return steps.stream()
        .filter(step -> isOf(entries, step.kind().at()) || isOf(entries, step.kind().other()))
        .map(Step::number)
        .toList();
  }

  private static boolean isOf(Set<String> entries, String role) {
    return !role.isEmpty() && entries.contains(role.replaceFirst("/.*", ""));
  }
}
