package dev.cascade.models.service;

/** How a server waits. */
public enum Style {
  /** A request holds a thread until it is answered, as in a servlet container or under uWSGI. */
  THREADS,
  /**
   * A request holds a thread only while it uses CPU: threads are event loops, as in Netty, Node.js
   * or nginx, and so many requests may be under way at once as {@code maxInFlight} says.
   */
  ASYNC
}
