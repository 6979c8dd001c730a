package dev.cascade.models.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.logs.LogConfig;
import dev.cascade.node.Guess;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.QueueSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service: as many equal servers as the entry has replicas, each on a host of its own.
 *
 * @param threads requests that one server serves at once
 * @param queue where requests wait for a thread
 * @param endpoints what a server can be asked for
 * @param cores of each host; the default, 4, is a guess at a small instance
 * @param cpuDiscipline how threads share the cores
 * @param deadlines whether a server heeds until when its clients wait
 * @param style how a server waits
 * @param maxInFlight requests under way at once in one server, of the style async; null if 1024
 * @param concurrencyLimit of requests that a server lets in; null if only the queue bounds them
 * @param logs how servers log, an error for each answer that is one; null if they do not
 */
public record ServiceConfig(
    @JsonPropertyDescription("Requests that one server serves at once.") int threads,
    @JsonPropertyDescription("Where requests wait for a thread.") QueueSpec queue,
    @JsonPropertyDescription("What a server can be asked for; anything else is a 404.")
        List<Endpoint> endpoints,
    @Guess("a small instance")
        @JsonProperty(defaultValue = "4")
        @JsonPropertyDescription("Cores of each host.")
        int cores,
    @JsonProperty(defaultValue = "processor-sharing")
        @JsonPropertyDescription("How threads share the cores.")
        CpuDiscipline cpuDiscipline,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription(
            "Whether it turns away requests whose clients have stopped waiting, and gives its own"
                + " calls no longer than the request has left.")
        boolean deadlines,
    @JsonProperty(defaultValue = "threads")
        @JsonPropertyDescription(
            "Whether a request holds a thread while it waits, or (async) threads are event loops.")
        Style style,
    @JsonPropertyDescription(
            "Requests under way at once in one server, of the style async; 1024 if absent.")
        @Nullable Integer maxInFlight,
    @JsonPropertyDescription(
            "Of requests that a server lets in; only the queue bounds them if absent.")
        @Nullable ConcurrencyLimit concurrencyLimit,
    @JsonPropertyDescription("How servers log; they do not if absent.") @Nullable LogConfig logs) {
  /** Cores of a host unless told otherwise: a guess at a small instance. */
  public static final int DEFAULT_CORES = 4;

  public ServiceConfig {
    endpoints = List.copyOf(endpoints);
    new ServerConfig(
        threads, queue, endpoints, deadlines, style, maxInFlight, concurrencyLimit); // checks
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
    this(threads, queue, endpoints, cores, cpuDiscipline, false, Style.THREADS, null, null, null);
  }

  /** A service with the default hosts. */
  public static ServiceConfig of(int threads, QueueSpec queue, List<Endpoint> endpoints) {
    return new ServiceConfig(
        threads, queue, endpoints, DEFAULT_CORES, CpuDiscipline.PROCESSOR_SHARING);
  }

  /** The same, heeding deadlines. */
  public ServiceConfig withDeadlines() {
    return new ServiceConfig(
        threads,
        queue,
        endpoints,
        cores,
        cpuDiscipline,
        true,
        style,
        maxInFlight,
        concurrencyLimit,
        logs);
  }

  /** The same as event loops, with so many requests under way at once in one server. */
  public ServiceConfig async(int newMaxInFlight) {
    return new ServiceConfig(
        threads,
        queue,
        endpoints,
        cores,
        cpuDiscipline,
        deadlines,
        Style.ASYNC,
        newMaxInFlight,
        concurrencyLimit,
        logs);
  }

  /** The same with a limit. */
  public ServiceConfig limit(ConcurrencyLimit newLimit) {
    return new ServiceConfig(
        threads,
        queue,
        endpoints,
        cores,
        cpuDiscipline,
        deadlines,
        style,
        maxInFlight,
        newLimit,
        logs);
  }

  /** The same, logging. */
  public ServiceConfig logs(LogConfig newLogs) {
    return new ServiceConfig(
        threads,
        queue,
        endpoints,
        cores,
        cpuDiscipline,
        deadlines,
        style,
        maxInFlight,
        concurrencyLimit,
        newLogs);
  }

  /** The program that each host runs. */
  public ServerConfig server() {
    return new ServerConfig(
        threads, queue, endpoints, deadlines, style, maxInFlight, concurrencyLimit);
  }
}
