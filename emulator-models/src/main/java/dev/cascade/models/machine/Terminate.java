package dev.cascade.models.machine;

import dev.cascade.node.WireMessage;

/** SIGTERM, for a program that catches it: it puts its things in order, then exits. */
public record Terminate() implements WireMessage {}
