package dev.cascade.node;

/** Starts and stops processes on the caller's own host, as an init system or a kubelet does. */
public interface HostControl {
  /**
   * Starts a process beside the caller; it outlives it. If one of that name is still stopping, it
   * starts when that has stopped.
   *
   * @return its address, at which it listens from the caller's next turn on
   * @throws IllegalStateException if a process of that name runs
   */
  <D> Address start(String process, ProcessSpec<D> spec);

  /**
   * Kills a process or one of its children at once, or a start of it that still waits: its state,
   * its mailbox and its connections are lost, and nothing that its last turn does has an effect.
   */
  void kill(String process);

  /** Whether a process of that name runs on this host. */
  boolean isRunning(String process);
}
