package dev.cascade.models.systemd;

import dev.cascade.models.machine.UnitState;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.WireMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What systemd's decisions leave behind for people: metrics and events. */
public final class UnitLog {
  public static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.gauge(
              "systemd_units", "Units of a machine in a state, by kind.", "unit", "state"),
          MetricInfo.counter("systemd_unit_starts_total", "Main processes started.", "unit"),
          MetricInfo.counter(
              "systemd_unit_exits_total",
              "Main processes that ended unasked, by exit status; 141 is SIGPIPE.",
              "unit",
              "code"),
          MetricInfo.counter(
              "systemd_step_failures_total", "Steps before a start that failed.", "unit", "step"),
          MetricInfo.counter(
              "systemd_unit_failures_total",
              "Starts given up: exit-code, start-limit, dependency.",
              "unit",
              "reason"),
          MetricInfo.counter(
              "journal_lines_lost_total", "Writes into a broken standard output.", "unit"));

  public static final List<EventInfo> EVENTS =
      List.of(
          new EventInfo("unit-started", List.of("unit", "instance"), "A main process was started."),
          new EventInfo(
              "unit-ended", List.of("unit", "instance", "code"), "A main process ended unasked."),
          new EventInfo("unit-stopped", List.of("unit", "instance"), "A unit was stopped."),
          new EventInfo(
              "unit-failed",
              List.of("unit", "instance", "reason"),
              "A unit was given up: exit-code, start-limit or dependency."),
          new EventInfo(
              "killed-by-sigpipe",
              List.of("unit", "writes"),
              "A process was killed by its last write into a broken standard output."));

  private final Env<WireMessage> env;
  private final Map<String, Integer> counts = new TreeMap<>();

  UnitLog(Env<WireMessage> env) {
    this.env = env;
  }

  void started(Unit unit) {
    env.metrics().counter("systemd_unit_starts_total", "unit", unit.file.kind()).increment();
    env.event("unit-started", "unit", unit.file.kind(), "instance", unit.file.name());
  }

  void ended(Unit unit, Exit exit) {
    String code = String.format(Locale.ROOT, "%d", exit.code());
    env.metrics()
        .counter("systemd_unit_exits_total", "unit", unit.file.kind(), "code", code)
        .increment();
    env.event("unit-ended", "unit", unit.file.kind(), "instance", unit.file.name(), "code", code);
  }

  void stepFailed(Unit unit, String step) {
    env.metrics()
        .counter("systemd_step_failures_total", "unit", unit.file.kind(), "step", step)
        .increment();
  }

  void stopped(Unit unit) {
    env.event("unit-stopped", "unit", unit.file.kind(), "instance", unit.file.name());
  }

  void failed(Unit unit, String reason) {
    env.metrics()
        .counter("systemd_unit_failures_total", "unit", unit.file.kind(), "reason", reason)
        .increment();
    env.event(
        "unit-failed", "unit", unit.file.kind(), "instance", unit.file.name(), "reason", reason);
  }

  /** Inactive units are not counted: a machine has files of more units than it ever runs. */
  void changed(Unit unit, UnitState from, UnitState to) {
    count(unit.file.kind(), from, -1);
    count(unit.file.kind(), to, 1);
  }

  private void count(String kind, UnitState state, int change) {
    if (state == UnitState.INACTIVE) {
      return;
    }
    int count = counts.merge(kind + " " + state, change, Integer::sum);
    env.metrics().gauge("systemd_units", "unit", kind, "state", state.word()).set(count);
  }
}
