package dev.cascade.run;

/** Hears of a run while it goes on; called by the thread that runs it, while the world rests. */
public interface RunListener {
  /** Hears nothing. */
  RunListener NONE = new RunListener() {};

  /** A tick has passed. */
  default void onProgress(Progress progress) {}

  /** Something happened that a reader of the run wants to know. */
  default void onJournal(JournalEntry entry) {}
}
