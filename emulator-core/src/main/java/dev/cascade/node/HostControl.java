package dev.cascade.node;

/** Starts and stops processes on the caller's own host, as an init system or a kubelet does. */
public interface HostControl {
  /**
   * Starts a process beside the caller; it outlives it.
   *
   * @return its address, at which it listens from the caller's next turn on
   * @throws IllegalStateException if a process of that name runs, or has not finished stopping
   */
  <D> Address start(String process, ProcessSpec<D> spec);

  /** Kills a process at once: its state, its mailbox and its connections are lost. */
  void kill(String process);

  /** Whether a process of that name runs on this host. */
  boolean isRunning(String process);
}
