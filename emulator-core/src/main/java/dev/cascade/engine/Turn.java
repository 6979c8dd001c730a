package dev.cascade.engine;

/** Something that can be run as one step on one host. */
@FunctionalInterface
interface Turn {
  /** Runs it. */
  void take();
}
