package dev.cascade.node;

import java.time.Duration;
import java.util.Map;

/** Rents and returns machines while the run goes on. */
public interface Fleet {
  /**
   * Asks for a host of a template that this process's topology entry declares. It appears and boots
   * after the delay, and not before the shortest latency between hosts.
   *
   * @param name of the host, unique in the run; the caller numbers those that it asks for
   * @param arguments handed to the template's boot, values that are the same in every JVM
   * @return the host as it will be; if there is one of that name when it appears, the run fails
   * @throws IllegalArgumentException if the entry declares no such template
   */
  HostInfo launch(
      String template, String name, String zone, Duration delay, Map<String, String> arguments);

  /**
   * The same for a template of another entry: an autoscaler rents hosts for what it scales.
   *
   * @param entry that declares the template, and that the host belongs to
   */
  HostInfo launch(
      String entry,
      String template,
      String name,
      String zone,
      Duration delay,
      Map<String, String> arguments);

  /** Takes a host away for good; what runs on it is lost, what is sent to it falls into nothing. */
  void terminate(String name);
}
