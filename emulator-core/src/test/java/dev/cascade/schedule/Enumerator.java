package dev.cascade.schedule;

import dev.cascade.schedule.Program.Role;
import dev.cascade.schedule.Program.Send;
import dev.cascade.schedule.Program.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The exact probability that a program goes wrong, over all orders of its messages. It knows
 * nothing of the engine and of {@link Priorities}: each strategy is written down once more.
 */
final class Enumerator {
  private final Program program;

  Enumerator(Program program) {
    this.program = program;
  }

  // ---- a walk: of all messages on the way each is as likely to be the next

  private record Walked(SortedMap<String, Role> roles, List<Send> underWay) {}

  /** How often a uniform walk goes wrong. */
  double walk() {
    return walk(program.roles(), sorted(program.start()), new HashMap<>());
  }

  private static List<Send> sorted(List<Send> sends) {
    List<Send> sorted = new ArrayList<>(sends);
    sorted.sort(Comparator.comparing(Send::toString));
    return sorted;
  }

  private double walk(
      SortedMap<String, Role> roles, List<Send> underWay, Map<Walked, Double> known) {
    if (underWay.isEmpty()) {
      return program.wrong().test(roles) ? 1 : 0;
    }
    Walked here = new Walked(roles, underWay);
    Double seen = known.get(here);
    if (seen != null) {
      return seen;
    }
    double sum = 0;
    for (Send next : underWay) {
      Step step = roles.get(next.to()).on(next.note());
      List<Send> left = new ArrayList<>(underWay);
      left.remove(next);
      left.addAll(step.sends());
      sum += walk(Program.after(roles, next.to(), step.next()), sorted(left), known);
    }
    known.put(here, sum / underWay.size());
    return sum / underWay.size();
  }

  // ---- how large it is

  /** Messages and chains of the longest way through it; the number of chains is that of leaves. */
  record Size(int messages, int chains) {}

  Size size() {
    Map<Walked, Size> known = new HashMap<>();
    return size(program.roles(), sorted(program.start()), known);
  }

  private Size size(SortedMap<String, Role> roles, List<Send> underWay, Map<Walked, Size> known) {
    Walked here = new Walked(roles, underWay);
    Size seen = known.get(here);
    if (seen != null) {
      return seen;
    }
    int messages = 0;
    int chains = 0;
    for (Send next : underWay) {
      Step step = roles.get(next.to()).on(next.note());
      List<Send> left = new ArrayList<>(underWay);
      left.remove(next);
      left.addAll(step.sends());
      Size rest = size(Program.after(roles, next.to(), step.next()), sorted(left), known);
      messages = Math.max(messages, 1 + rest.messages());
      chains = Math.max(chains, rest.chains() + (step.sends().isEmpty() ? 1 : 0));
    }
    Size size = new Size(messages, chains);
    known.put(here, size);
    return size;
  }

  // ---- PCT

  /** A message on the way; {@code low} is the priority that it was lowered to, or -1. */
  private record Ranked(Send send, int low) {}

  /** From the highest priority to the lowest, after so many messages were sent. */
  private record Prioritized(SortedMap<String, Role> roles, List<Ranked> ranked, int sent) {}

  /** How often PCT of a depth goes wrong that draws from so many messages. */
  double pct(int depth, int steps) {
    double sum = 0;
    int ways = 1;
    for (int i = 1; i < depth; i++) {
      ways *= steps;
    }
    for (int way = 0; way < ways; way++) {
      Map<Integer, Integer> lowered = new HashMap<>();
      int rest = way;
      for (int low = 0; low < depth - 1; low++) {
        lowered.put(rest % steps, low);
        rest /= steps;
      }
      Prioritized start = new Prioritized(program.roles(), List.of(), 0);
      sum += send(start, null, program.start(), 0, lowered, new HashMap<>());
    }
    return sum / ways;
  }

  /**
   * Sends messages, one after the other, each at every place where its priority may be.
   *
   * @param handled what they follow from, which stood before all in {@code from}; null at the start
   * @param index the message that is sent now
   */
  private double send(
      Prioritized from,
      Ranked handled,
      List<Send> sends,
      int index,
      Map<Integer, Integer> lowered,
      Map<Prioritized, Double> known) {
    if (index == sends.size()) {
      return pct(from, lowered, known);
    }
    Send next = sends.get(index);
    int low = lowered.getOrDefault(from.sent(), -1);
    boolean goesOn = handled != null && index == 0;
    if (low < 0 && goesOn) { // in the place of what it follows from: that was the highest
      List<Ranked> ranked = new ArrayList<>(from.ranked());
      ranked.add(0, new Ranked(next, handled.low()));
      return send(
          new Prioritized(from.roles(), ranked, from.sent() + 1),
          handled,
          sends,
          index + 1,
          lowered,
          known);
    }
    int first = 0;
    int last = (int) from.ranked().stream().filter(one -> one.low() < 0).count();
    if (low >= 0) {
      first = last + (int) from.ranked().stream().filter(one -> one.low() > low).count();
      last = first;
    }
    double sum = 0;
    for (int place = first; place <= last; place++) {
      List<Ranked> ranked = new ArrayList<>(from.ranked());
      ranked.add(place, new Ranked(next, low));
      sum +=
          send(
              new Prioritized(from.roles(), ranked, from.sent() + 1),
              handled,
              sends,
              index + 1,
              lowered,
              known);
    }
    return sum / (last - first + 1);
  }

  private double pct(
      Prioritized here, Map<Integer, Integer> lowered, Map<Prioritized, Double> known) {
    if (here.ranked().isEmpty()) {
      return program.wrong().test(here.roles()) ? 1 : 0;
    }
    Double seen = known.get(here);
    if (seen != null) {
      return seen;
    }
    Ranked highest = here.ranked().get(0);
    Step step = here.roles().get(highest.send().to()).on(highest.send().note());
    Prioritized rest =
        new Prioritized(
            Program.after(here.roles(), highest.send().to(), step.next()),
            List.copyOf(here.ranked().subList(1, here.ranked().size())),
            here.sent());
    double probability = send(rest, highest, step.sends(), 0, lowered, known);
    known.put(here, probability);
    return probability;
  }
}
