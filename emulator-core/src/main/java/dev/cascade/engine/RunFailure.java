package dev.cascade.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a run had to be given up: a defect of a model, or of the engine.
 *
 * @param kind what sort of defect
 * @param timeNanos virtual time at which it was seen
 * @param actor who did it
 * @param message what it was, and maybe why
 * @param lastEvents what the actor had handled before, the oldest first
 * @param cause the exception, if there was one
 */
public record RunFailure(
    Kind kind,
    long timeNanos,
    String actor,
    String message,
    List<String> lastEvents,
    @Nullable Throwable cause) {

  /** Sorts of defects. */
  public enum Kind {
    /** A model threw an exception that nobody supervises. */
    MODEL,
    /** Two hosts met past the network. */
    CONTACT,
    /** Too many turns on one host in one instant. */
    LIVELOCK,
    /** A thread that is not the emulation's touched it. */
    FOREIGN_THREAD,
    /** A turn does not end. */
    STUCK,
    /** The accounts do not balance. */
    CONSERVATION,
    /** The engine itself is broken. */
    INTERNAL
  }
}
