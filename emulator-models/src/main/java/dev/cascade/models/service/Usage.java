package dev.cascade.models.service;

/**
 * What a server's runtime accounts of its threads, as gauges of thread pools tell it to whoever
 * reads them there: sums since the host booted. CPU time is the kernel's to account.
 */
final class Usage {
  private final int threads;
  private final int cores;
  private int busy;
  private long sinceNanos; // busy is the same since then
  private long busyNanos;

  Usage(int threads, int cores) {
    this.threads = threads;
    this.cores = cores;
  }

  /** Another server process: what the one before served is gone. */
  void started(long nowNanos) {
    count(nowNanos);
    busy = 0;
  }

  /** A thread takes a request up. */
  void taken(long nowNanos) {
    count(nowNanos);
    busy++;
  }

  /** It has answered it. */
  void answered(long nowNanos) {
    count(nowNanos);
    busy--;
  }

  private void count(long nowNanos) {
    busyNanos += busy * Math.max(0, nowNanos - sinceNanos); // a skewed clock may jump back
    sinceNanos = nowNanos;
  }

  /** What is told to who asks, with what the host has accounted of CPU time. */
  UsageAgent.Reading read(long nowNanos, long cpuNanos) {
    count(nowNanos);
    return new UsageAgent.Reading(nowNanos, busyNanos, cpuNanos, threads, cores);
  }
}
