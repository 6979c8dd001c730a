package dev.cascade.node;

import java.util.Locale;

/**
 * What a request is for, as far as the work ledger tells apart. Whoever sends a request says so;
 * nothing of it is on the wire, and no server sees it.
 */
public enum Purpose {
  /** Somebody wants the answer: a first attempt. */
  REQUEST,
  /** The same was asked before, and failed. */
  RETRY,
  /** The same is asked already, and has not been answered yet. */
  HEDGE,
  /** To see whether the other is well: health checks, probes. */
  HEALTH_CHECK;

  /** The word that files and people read. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
