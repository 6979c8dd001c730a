package dev.cascade.cli;

import dev.cascade.engine.CauseLog.Kind;
import dev.cascade.engine.CauseLog.What;
import dev.cascade.node.Purpose;
import dev.cascade.random.DurationText;
import dev.cascade.run.Why;
import dev.cascade.run.WhyChain.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a property was violated, in sentences. */
final class WhyWords {
  private WhyWords() {}

  /** Who did what. */
  static String of(Kind kind) {
    String about = " (" + kind.subject() + purpose(kind.purpose()) + ")";
    return switch (kind.what()) {
      case STEP ->
          kind.subject().isEmpty()
              ? "step " + kind.at() + " of the method"
              : kind.at() + ": " + kind.subject();
      case START -> kind.at() + " acts by timers of its own, since it started";
      case LOCAL -> kind.at() + " goes on";
      case LAUNCHED -> "a host of " + kind.at() + " appears";
      case RECORDED -> kind.at() + " tells " + kind.subject();
      case SENT -> kind.other() + " sends " + kind.at() + about;
      case ASKED -> kind.other() + " asks " + kind.at() + about;
      case ANSWERED -> kind.other() + " answers " + kind.at() + about;
      case TIMED_OUT -> kind.at() + " gives up waiting for " + kind.other() + about;
      case REFUSED -> kind.at() + " is refused by " + kind.other() + about;
      case RESET -> kind.at() + " is cut off by " + kind.other() + about;
    };
  }

  private static String purpose(@Nullable Purpose purpose) {
    if (purpose == null || purpose == Purpose.REQUEST) {
      return "";
    }
    return switch (purpose) {
      case RETRY -> ", a retry";
      case HEDGE -> ", a hedge";
      default -> ", a health check";
    };
  }

  /** When and how often. */
  static String numbers(Step step) {
    List<String> parts = new ArrayList<>();
    Duration first = step.first();
    Duration last = step.last();
    if (step.kind().what() == What.STEP && first != null) {
      return "at " + time(first);
    }
    if (step.kind().what() != What.START) {
      parts.add("×" + step.count());
      Double before = step.perSecondBefore();
      parts.add((before == null ? "" : rate(before) + " → ") + rate(step.perSecond()));
    }
    Duration median = step.median();
    if (median != null && step.kind().what() != What.TIMED_OUT) {
      Duration was = step.medianBefore();
      parts.add("median " + (was == null ? "" : brief(was) + " → ") + brief(median));
    } else if (median != null) {
      parts.add("after " + brief(median));
    }
    if (first != null && last != null) {
      parts.add(
          first.equals(last)
              ? "led here at " + time(first)
              : "led here from " + time(first) + " to " + time(last));
    }
    List<Integer> after = new ArrayList<>(step.after());
    after.removeAll(step.behind());
    List<String> before = new ArrayList<>();
    if (!after.isEmpty()) {
      before.add(numbers(after));
    }
    if (!step.byState().isEmpty()) {
      before.add(numbers(step.byState()) + " (state)");
    }
    if (!before.isEmpty()) {
      parts.add("follows " + String.join(" and ", before));
    }
    if (!step.behind().isEmpty()) {
      parts.add("held up behind " + numbers(step.behind()));
    }
    return String.join(", ", parts);
  }

  /** What a step of the method has to do with the chain. */
  static String relation(Why.Deed deed) {
    List<String> parts = new ArrayList<>();
    if (!deed.leadsTo().isEmpty()) {
      parts.add("its messages are step " + numbers(deed.leadsTo()));
    }
    String own = deed.number() == 0 ? "" : "step %d, ".formatted(deed.number());
    if (!deed.strikes().isEmpty()) {
      parts.add(own + "struck who takes part in " + numbers(deed.strikes()));
    }
    if (!deed.touches().isEmpty()) {
      parts.add(own + "had reached who takes part in " + numbers(deed.touches()));
    }
    return parts.isEmpty() ? "not on the way" : String.join("; ", parts);
  }

  /** Where the chain begins, honestly. */
  static String beginning(Why why) {
    boolean byMessages = why.deeds().stream().anyMatch(deed -> !deed.leadsTo().isEmpty());
    if (why.steps().isEmpty()) {
      return "No message led there: nothing that the property looks at changed before.";
    }
    List<Integer> struck =
        why.deeds().stream().map(Why.Deed::number).filter(number -> number > 0).toList();
    if (byMessages) {
      return "Messages lead back to a step of the method.";
    }
    return "Messages lead back to load that is always there, and to no step of the method."
        + (struck.isEmpty()
            ? ""
            : " %s %s reached them by the state of processes: compare before → since."
                .formatted(struck.size() == 1 ? "Step" : "Steps", numbers(struck)));
  }

  /** Three in a row or more are said by their ends. */
  static String numbers(List<Integer> numbers) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      int first = numbers.get(i);
      int last = i;
      while (last + 1 < numbers.size() && numbers.get(last + 1) == first + last + 1 - i) {
        last++;
      }
      boolean isRow = last >= i + 2;
      parts.add(isRow ? first + " to " + numbers.get(last) : String.valueOf(first));
      i = isRow ? last : i;
    }
    return String.join(", ", parts);
  }

  static String rate(double perSecond) {
    return Figures.of(Math.round(perSecond * 100) / 100.0) + "/s";
  }

  static String brief(Duration duration) {
    return DurationText.brief(duration);
  }

  static String time(Duration duration) {
    return DurationText.instant(duration);
  }
}
