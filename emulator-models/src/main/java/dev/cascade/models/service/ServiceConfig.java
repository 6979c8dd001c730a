package dev.cascade.models.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.QueueSpec;
import java.util.List;

/**
 * A service: as many equal servers as the entry has replicas, each on a host of its own.
 *
 * @param threads requests that one server serves at once
 * @param queue where requests wait for a thread
 * @param endpoints what a server can be asked for
 * @param cores of each host; the default, 4, is a guess at a small instance
 * @param cpuDiscipline how threads share the cores
 * @param deadlines whether a server heeds until when its clients wait
 */
public record ServiceConfig(
    @JsonPropertyDescription("Requests that one server serves at once.") int threads,
    @JsonPropertyDescription("Where requests wait for a thread.") QueueSpec queue,
    @JsonPropertyDescription("What a server can be asked for; anything else is a 404.")
        List<Endpoint> endpoints,
    @JsonProperty(defaultValue = "4") @JsonPropertyDescription("Cores of each host.") int cores,
    @JsonProperty(defaultValue = "processor-sharing")
        @JsonPropertyDescription("How threads share the cores.")
        CpuDiscipline cpuDiscipline,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription(
            "Whether it turns away requests whose clients have stopped waiting, and gives its own"
                + " calls no longer than the request has left.")
        boolean deadlines) {
  /** Cores of a host unless told otherwise: a guess at a small instance. */
  public static final int DEFAULT_CORES = 4;

  public ServiceConfig {
    endpoints = List.copyOf(endpoints);
    new ServerConfig(threads, queue, endpoints, deadlines); // checks them
    if (cores < 1) {
      throw new IllegalArgumentException("The cores (" + cores + ") must be at least 1. Maybe 4?");
    }
  }

  /** A service that heeds no deadlines. */
  public ServiceConfig(
      int threads,
      QueueSpec queue,
      List<Endpoint> endpoints,
      int cores,
      CpuDiscipline cpuDiscipline) {
    this(threads, queue, endpoints, cores, cpuDiscipline, false);
  }

  /** A service with the default hosts. */
  public static ServiceConfig of(int threads, QueueSpec queue, List<Endpoint> endpoints) {
    return new ServiceConfig(
        threads, queue, endpoints, DEFAULT_CORES, CpuDiscipline.PROCESSOR_SHARING);
  }

  /** The same, heeding deadlines. */
  public ServiceConfig withDeadlines() {
    return new ServiceConfig(threads, queue, endpoints, cores, cpuDiscipline, true);
  }

  /** The program that each host runs. */
  public ServerConfig server() {
    return new ServerConfig(threads, queue, endpoints, deadlines);
  }
}
