package dev.cascade.run;

import dev.cascade.property.MonitorState;
import java.time.Duration;
import java.util.Map;

/**
 * How far a run has come.
 *
 * @param time virtual time since the start
 * @param duration virtual time at which it will end
 * @param events what the engine has done so far: a measure of work
 * @param hosts hosts that are there
 * @param properties how each property stands, in their order
 * @param control whether this is a run that others are compared with
 */
public record Progress(
    Duration time,
    Duration duration,
    long events,
    int hosts,
    Map<String, MonitorState> properties,
    boolean control) {}
