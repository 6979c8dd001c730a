package dev.cascade.node;

import java.time.Duration;

/** How a request ended, as its client can know it. */
public sealed interface Outcome {
  /** The server answered. */
  record Reply(WireMessage message) implements Outcome {}

  /** Nobody listens there, a full queue said so, or a cut refuses: known after one round trip. */
  record Refused() implements Outcome {}

  /** The process that had accepted the connection died before it answered. */
  record Reset() implements Outcome {}

  /** Nothing was heard in time: a black hole, a lost packet, or a server that is too slow. */
  record TimedOut(Duration after) implements Outcome {}
}
