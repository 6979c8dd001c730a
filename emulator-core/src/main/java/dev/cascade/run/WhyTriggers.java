package dev.cascade.run;

import dev.cascade.engine.CauseLog.Kind;
import dev.cascade.engine.CauseLog.What;
import dev.cascade.run.Why.Deed;
import dev.cascade.run.WhyChain.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the method did, set before what came of it. A fault sends no message, and those of a command
 * may end in the state of a process: where no cause leads back to it, it reaches the chain by the
 * state of what it struck or had reached, and is a first step there.
 */
final class WhyTriggers {
  private final List<Step> steps = new ArrayList<>();
  private final List<Deed> deeds = new ArrayList<>();

  WhyTriggers(List<JournalEntry> done, WhyChain chain) {
    List<Deed> all = done.stream().map(entry -> deed(entry, chain)).toList();
    int before = (int) all.stream().filter(WhyTriggers::isByState).count();
    for (Deed deed : all) {
      boolean isFirst = isByState(deed);
      if (isFirst) {
        steps.add(step(steps.size() + 1, deed));
      }
      deeds.add(
          new Deed(
              deed.at(),
              deed.name(),
              deed.what(),
              isFirst ? steps.size() : 0,
              later(deed.leadsTo(), before),
              later(deed.strikes(), before),
              later(deed.touches(), before)));
    }
    for (Step step : chain.steps()) {
      int number = step.number() + before;
      List<Integer> byState = new ArrayList<>();
      for (Deed deed : deeds) {
        if (deed.number() > 0
            && (deed.strikes().contains(number) || deed.touches().contains(number))) {
          byState.add(deed.number());
        }
      }
      byState.addAll(later(step.byState(), before));
      steps.add(
          step.placed(number, later(step.after(), before), later(step.behind(), before), byState));
    }
  }

  private static Deed deed(JournalEntry entry, WhyChain chain) {
    String target = entry.fields().getOrDefault("target", "");
    String what = (entry.fields().getOrDefault("action", "") + " " + target).strip();
    Duration at = Duration.ofNanos(entry.timeNanos());
    List<Integer> touches = chain.touchedBy(entry.name());
    List<Integer> strikes = touches.isEmpty() ? chain.at(target) : List.of();
    return new Deed(at, entry.name(), what, 0, chain.after(entry.name()), strikes, touches);
  }

  private static boolean isByState(Deed deed) {
    return deed.leadsTo().isEmpty() && !(deed.strikes().isEmpty() && deed.touches().isEmpty());
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  List<Deed> deeds() {
    return List.copyOf(deeds);
  }

  private static Step step(int number, Deed deed) {
    Kind kind = new Kind(What.STEP, deed.name(), "", deed.what(), null);
    return new Step(
        number, kind, 1, deed.at(), deed.at(), null, 0, null, null, List.of(), List.of(),
        List.of());
  }

  private static List<Integer> later(List<Integer> numbers, int by) {
    return numbers.stream().map(number -> number + by).toList();
  }
}
