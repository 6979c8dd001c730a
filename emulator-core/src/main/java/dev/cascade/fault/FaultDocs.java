package dev.cascade.fault;

/** Descriptions of the keys that several faults share. */
final class FaultDocs {
  static final String TARGET = "What it is done to.";
  static final String AGAINST = "The other side; all hosts that the target leaves out if absent.";
  static final String DIRECTION = "Which messages it strikes, as seen from the target.";
  static final String DURATION = "After this time it is undone; never if absent.";

  private FaultDocs() {}
}
