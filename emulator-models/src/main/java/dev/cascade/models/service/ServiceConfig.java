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
 */
public record ServiceConfig(
    @JsonPropertyDescription("Requests that one server serves at once.") int threads,
    @JsonPropertyDescription("Where requests wait for a thread.") QueueSpec queue,
    @JsonPropertyDescription("What a server can be asked for; anything else is a 404.")
        List<Endpoint> endpoints,
    @JsonProperty(defaultValue = "4") @JsonPropertyDescription("Cores of each host.") int cores,
    @JsonProperty(defaultValue = "processor-sharing")
        @JsonPropertyDescription("How threads share the cores.")
        CpuDiscipline cpuDiscipline) {
  /** Cores of a host unless told otherwise: a guess at a small instance. */
  public static final int DEFAULT_CORES = 4;

  public ServiceConfig {
    endpoints = List.copyOf(endpoints);
    new ServerConfig(threads, queue, endpoints); // checks them
    if (cores < 1) {
      throw new IllegalArgumentException("The cores (" + cores + ") must be at least 1. Maybe 4?");
    }
  }

  /** A service with the default hosts. */
  public static ServiceConfig of(int threads, QueueSpec queue, List<Endpoint> endpoints) {
    return new ServiceConfig(
        threads, queue, endpoints, DEFAULT_CORES, CpuDiscipline.PROCESSOR_SHARING);
  }

  /** The program that each host runs. */
  public ServerConfig server() {
    return new ServerConfig(threads, queue, endpoints);
  }
}
