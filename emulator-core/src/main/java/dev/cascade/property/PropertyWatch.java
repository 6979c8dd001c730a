package dev.cascade.property;

import dev.cascade.metrics.Readings;
import java.util.ArrayList;
import java.util.List;

/** All properties of a run, judged while it goes on. */
public final class PropertyWatch {
  private final Readings readings;
  private final TimelineWatch timeline;
  private final List<PropertyMonitor> monitors = new ArrayList<>();
  private List<Occurrence> sinceLastTick = new ArrayList<>();

  /**
   * Watches a run from its start.
   *
   * @param readings of the run's store, from the end of its warm-up
   */
  public PropertyWatch(List<CompiledProperty> properties, Readings readings) {
    this(properties, TimelineWatch.ofNothing(readings), readings);
  }

  /** The same beside a timeline, which sees what the properties see. */
  public PropertyWatch(
      List<CompiledProperty> properties, TimelineWatch timeline, Readings readings) {
    this.readings = readings;
    this.timeline = timeline;
    properties.forEach(property -> monitors.add(new PropertyMonitor(property, readings)));
  }

  /** An event. They come in the order of time, each before the tick that it falls in. */
  public void onEvent(Occurrence occurrence) {
    sinceLastTick.add(occurrence);
    for (PropertyMonitor monitor : monitors) {
      monitor.event(occurrence);
    }
    timeline.event(occurrence);
  }

  /**
   * The store has a new tick.
   *
   * @throws PropertyDefectException if a property cannot be judged as it is written
   */
  public void onTick() {
    int tick = readings.store().ticks() - 1;
    TickView moment = TickView.during(readings, tick, sinceLastTick);
    sinceLastTick = new ArrayList<>();
    long timeNanos = readings.store().timeNanos(tick);
    for (PropertyMonitor monitor : monitors) {
      monitor.tick(moment, timeNanos);
    }
    timeline.tick(moment, timeNanos);
  }

  /** How the properties stand, in their order. */
  public List<MonitorState> states() {
    return monitors.stream().map(PropertyMonitor::state).toList();
  }

  /** The verdicts, in the order of the properties; the run ended with the last tick. */
  public List<PropertyResult> finish() {
    return monitors.stream().map(PropertyMonitor::finish).toList();
  }
}
