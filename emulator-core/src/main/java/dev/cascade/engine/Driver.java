package dev.cascade.engine;

/** Lets the shards of an engine go on together, up to a time at which all of them rest. */
interface Driver extends AutoCloseable {
  /** Runs all shards until nothing is left before this time, or one has failed. */
  void run(long untilNanos);

  @Override
  void close();
}
