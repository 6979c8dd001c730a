package dev.cascade.models.spartan;

/** What a client does when its instance holds an older version than the client. */
public enum OnOlder {
  /** It leaves the ring, forgets all, and joins again. */
  EVICT,
  /** It goes on with what it knows, and asks again later. */
  KEEP
}
