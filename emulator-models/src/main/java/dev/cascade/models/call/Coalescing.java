package dev.cascade.models.call;

/** What becomes of requests that miss the same item while one of them already asks for it. */
public enum Coalescing {
  /** Each asks on its own: a hot item that expires sends all of them to its origin. */
  NONE,
  /** Those of one process wait for the first; Go's singleflight, nginx's proxy_cache_lock. */
  SINGLE_FLIGHT,
  /** The cache gives one of all processes a lease, and the others ask again a little later. */
  LEASE
}
