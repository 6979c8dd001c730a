/**
 * An init system, its units and its journal, on one machine. Of systemd it keeps what decides
 * whether something comes back: states, Restart=, start limits, dependencies, socket activation,
 * and standard output that breaks when journald ends. It leaves out targets, timers, slices, Type=
 * other than simple, and the difference between Requires= and BindsTo=: what is required takes
 * those that require it down with it.
 */
@NullMarked
package dev.cascade.models.systemd;

import org.jspecify.annotations.NullMarked;
