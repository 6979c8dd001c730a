package dev.cascade.models.logs;

/** What a process does that finds the file full through which the agent gets its lines. */
public enum WhenFull {
  /** It waits until the agent has read, as with a pipe. */
  BLOCK,
  /** The oldest lines that were not read are lost, as with files that are rotated. */
  ROTATE
}
