package dev.cascade.models.service;

/**
 * What a host's kernel and its server's runtime account of one server, as cgroup files and gauges
 * of thread pools tell it to whoever reads them there: sums since the host booted.
 */
final class Usage {
  private final int threads;
  private final int cores;
  private int busy;
  private long sinceNanos; // busy is the same since then
  private long busyNanos;
  private long cpuNanos;

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

  /** So much CPU was used. */
  void used(long nanos) {
    cpuNanos += nanos;
  }

  private void count(long nowNanos) {
    busyNanos += busy * Math.max(0, nowNanos - sinceNanos); // a skewed clock may jump back
    sinceNanos = nowNanos;
  }

  /** What is told to who asks. */
  UsageAgent.Reading read(long nowNanos) {
    count(nowNanos);
    return new UsageAgent.Reading(nowNanos, busyNanos, cpuNanos, threads, cores);
  }
}
