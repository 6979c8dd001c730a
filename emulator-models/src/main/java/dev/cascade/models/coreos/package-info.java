/**
 * Machines as CoreOS made them around 2016: systemd, journald, docker, and what runs on top; the
 * consoles of those who look after them. It is where programs, units and images meet, which know
 * nothing of each other.
 */
@NullMarked
package dev.cascade.models.coreos;

import org.jspecify.annotations.NullMarked;
