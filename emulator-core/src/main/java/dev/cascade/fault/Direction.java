package dev.cascade.fault;

/** Which messages a fault of links strikes, as seen from its target. */
public enum Direction {
  /** What the target sends and what it is sent. */
  BOTH,
  /** Only what it is sent. */
  TO,
  /** Only what it sends. */
  FROM
}
