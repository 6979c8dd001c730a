package dev.cascade.schedule;

import java.util.Locale;

/** How the order of what is concurrent is chosen. */
public enum Strategy {
  /** As the seed draws latencies and ties. */
  RANDOM,
  /** By priorities of chains of messages, of which a few are lowered on the way. */
  PCT,
  /** As the seed draws it, but a few messages take longer than drawn. */
  DELAY;

  /** As files and command lines write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
