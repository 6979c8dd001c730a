package dev.cascade.node;

/**
 * The hardware of a host.
 *
 * @param cores cores that all its processes share
 * @param discipline how they share them
 * @param standingDemandCores cores that programs want all the time which send no messages
 * @param bandwidthBytesPerSecond of the network interface, outgoing; infinite if it is no limit
 */
public record HostSpec(
    int cores,
    CpuDiscipline discipline,
    double standingDemandCores,
    double bandwidthBytesPerSecond) {

  /** How runnable threads share cores. */
  public enum CpuDiscipline {
    /** All at once, each at {@code min(1, cores / (threads + standing demand))} of a core. */
    PROCESSOR_SHARING,
    /** One after the other, each on a core of its own until its message is done. */
    FIRST_COME_FIRST_SERVED
  }

  public HostSpec {
    if (cores < 1) {
      throw new IllegalArgumentException("A host needs at least one core, not " + cores + ".");
    }
    if (!(standingDemandCores >= 0)) {
      throw new IllegalArgumentException(
          "The standing demand (" + standingDemandCores + " cores) cannot be negative.");
    }
    if (!(bandwidthBytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "The bandwidth (" + bandwidthBytesPerSecond + " B/s) must be positive.");
    }
  }

  /** A host with this many cores, processor sharing, nothing else to do and a fast network. */
  public static HostSpec cores(int cores) {
    return new HostSpec(cores, CpuDiscipline.PROCESSOR_SHARING, 0, Double.POSITIVE_INFINITY);
  }

  /** The same with another discipline. */
  public HostSpec discipline(CpuDiscipline newDiscipline) {
    return new HostSpec(cores, newDiscipline, standingDemandCores, bandwidthBytesPerSecond);
  }

  /** The same with a standing demand. */
  public HostSpec standingDemand(double newCores) {
    return new HostSpec(cores, discipline, newCores, bandwidthBytesPerSecond);
  }

  /** The same with a slower network interface. */
  public HostSpec bandwidth(double bytesPerSecond) {
    return new HostSpec(cores, discipline, standingDemandCores, bytesPerSecond);
  }
}
