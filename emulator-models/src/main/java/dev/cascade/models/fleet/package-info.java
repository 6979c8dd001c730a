/**
 * fleet: a scheduler that spreads systemd units over machines, with all it knows in etcd. Each
 * fleetd keeps its machine's key alive, runs the units that are meant for it, and can be the engine
 * that says which machine runs what. It leaves out unit files (every machine has them, and names
 * say which is meant), the states that agents publish, the target state loaded, templates, and
 * fleetctl's remote commands. A machine's id is its host's name.
 */
@NullMarked
package dev.cascade.models.fleet;

import org.jspecify.annotations.NullMarked;
