package dev.cascade.run;

import dev.cascade.engine.CauseLog.Kind;
import dev.cascade.engine.CauseLog.What;
import dev.cascade.run.Why.Deed;
import dev.cascade.run.WhyChain.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the method did, set before what came of it. A fault sends no message, so that no cause leads
 * back to it: it reaches the chain by the state of what it struck, and is its first step there.
 */
final class WhyTriggers {
  private final List<Step> steps = new ArrayList<>();
  private final List<Deed> deeds = new ArrayList<>();

  WhyTriggers(List<JournalEntry> done, WhyChain chain) {
    List<Integer> silent = new ArrayList<>(); // places of deeds that struck, and sent nothing
    for (int i = 0; i < done.size(); i++) {
      JournalEntry deed = done.get(i);
      boolean sent = !chain.after(deed.name()).isEmpty();
      if (!sent && !chain.at(target(deed)).isEmpty()) {
        silent.add(i);
        steps.add(step(steps.size() + 1, deed));
      }
    }
    int before = silent.size();
    for (int i = 0; i < done.size(); i++) {
      JournalEntry deed = done.get(i);
      deeds.add(
          new Deed(
              at(deed),
              deed.name(),
              what(deed),
              1 + silent.indexOf(i),
              later(chain.after(deed.name()), before),
              later(chain.at(target(deed)), before)));
    }
    for (Step step : chain.steps()) {
      int number = step.number() + before;
      List<Integer> struckBy =
          deeds.stream()
              .filter(deed -> deed.number() > 0 && deed.strikes().contains(number))
              .map(Deed::number)
              .toList();
      steps.add(
          step.placed(number, later(step.after(), before), later(step.behind(), before), struckBy));
    }
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  List<Deed> deeds() {
    return List.copyOf(deeds);
  }

  private static Step step(int number, JournalEntry deed) {
    Kind kind = new Kind(What.STEP, deed.name(), "", what(deed), null);
    Duration at = at(deed);
    return new Step(number, kind, 1, at, at, null, 0, null, null, List.of(), List.of(), List.of());
  }

  private static List<Integer> later(List<Integer> numbers, int by) {
    return numbers.stream().map(number -> number + by).toList();
  }

  private static Duration at(JournalEntry deed) {
    return Duration.ofNanos(deed.timeNanos());
  }

  private static String target(JournalEntry deed) {
    return deed.fields().getOrDefault("target", "");
  }

  private static String what(JournalEntry deed) {
    return (deed.fields().getOrDefault("action", "") + " " + target(deed)).strip();
  }
}
