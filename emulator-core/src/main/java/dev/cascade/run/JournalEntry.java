package dev.cascade.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Something that a reader of the run wants to know.
 *
 * @param timeNanos virtual time since the start
 * @param kind what sort of thing
 * @param name of the step, the event, the property or the probe
 * @param fields more about it, in order
 */
public record JournalEntry(long timeNanos, Kind kind, String name, Map<String, String> fields) {
  /** Sorts of things. */
  public enum Kind {
    /** A step of the method was done. */
    STEP,
    /** What a step did is undone, as its duration is over. */
    UNDO,
    /** What an operator waits for has become visible. */
    VISIBLE,
    /** A process recorded an event. */
    EVENT,
    /** A property stands otherwise than before. */
    PROPERTY,
    /** A probe of the steady state was tested. */
    STEADY_STATE,
    /** The run ended. */
    END;

    /** The word that files use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public JournalEntry {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
