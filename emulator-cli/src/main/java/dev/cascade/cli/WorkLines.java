package dev.cascade.cli;

import dev.cascade.engine.WorkCounts;
import dev.cascade.engine.WorkCounts.Amount;
import dev.cascade.engine.WorkCounts.Cause;
import dev.cascade.engine.WorkCounts.End;
import dev.cascade.node.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The work ledger for people: shares of CPU time and of messages. */
final class WorkLines {
  /**
   * One line.
   *
   * @param name of what the work was for
   * @param value its shares
   */
  record Line(String name, String value) {}

  private final Amount total;
  private final List<Line> lines = new ArrayList<>();

  private WorkLines(WorkCounts work) {
    this.total = work.total();
    for (End end : End.values()) {
      add(end.word(), work.of(end));
    }
    add(WorkCounts.UNFINISHED, work.unfinished());
    add(WorkCounts.OWN, work.own());
    Map<Cause, Amount> causes = new TreeMap<>();
    work.accounts().forEach((key, amount) -> causes.merge(key.cause(), amount, Amount::plus));
    causes.forEach(
        (cause, amount) -> {
          if (cause.purpose() != Purpose.REQUEST) {
            add("thereof " + cause.purpose().word() + "{from=" + cause.origin() + "}", amount);
          }
        });
  }

  /** What there was; nothing has no line. */
  static List<Line> of(WorkCounts work) {
    return List.copyOf(new WorkLines(work).lines);
  }

  private void add(String name, Amount amount) {
    if (!amount.equals(Amount.NONE)) {
      lines.add(
          new Line(
              name,
              "%s of CPU, %s of messages%s"
                  .formatted(
                      share(amount.cpuNanos(), total.cpuNanos()),
                      share(amount.messages(), total.messages()),
                      amount.requests() == 0 ? "" : ", " + requests(amount.requests()))));
    }
  }

  private static String requests(long count) {
    return Figures.count(count, "request");
  }

  /** With one digit after the point, so that the lines add up to 100 but for rounding. */
  private static String share(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
  }
}
