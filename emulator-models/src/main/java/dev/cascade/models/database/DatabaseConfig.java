package dev.cascade.models.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Guess;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.QueueSpec;
import dev.cascade.random.DurationDistribution;
import java.util.List;
import java.util.TreeSet;

/**
 * A database. Its first replica is the primary; the others answer reads, send writes on to it, and
 * apply its changes one after the other.
 *
 * @param maxConnections queries that each host works on or lets wait for a lock at once;
 *     PostgreSQL's max_connections is 100
 * @param queue where queries wait for a connection; PostgreSQL lets none wait and refuses
 * @param queries what it can be asked for; anything else is a 404
 * @param cores of each host; the default, 4, is a guess at a small instance
 * @param cpuDiscipline how connections share the cores
 * @param apply the time that a replica needs for one change
 */
public record DatabaseConfig(
    @JsonProperty(defaultValue = "100")
        @JsonPropertyDescription("Queries that each host works on at once.")
        int maxConnections,
    @JsonProperty(defaultValue = "{capacity: 0, overflow: refuse}")
        @JsonPropertyDescription("Where queries wait for a connection.")
        QueueSpec queue,
    @JsonPropertyDescription("What it can be asked for; anything else is a 404.")
        List<Query> queries,
    @Guess("a small instance")
        @JsonProperty(defaultValue = "4")
        @JsonPropertyDescription("Cores of each host.")
        int cores,
    @JsonProperty(defaultValue = "processor-sharing")
        @JsonPropertyDescription("How connections share the cores.")
        CpuDiscipline cpuDiscipline,
    @Guess("a commit on an SSD")
        @JsonProperty(defaultValue = "1ms")
        @JsonPropertyDescription("What a replica needs for one change, one after the other.")
        DurationDistribution apply) {
  public DatabaseConfig {
    queries = List.copyOf(queries);
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "The maxConnections (" + maxConnections + ") must be at least 1. Maybe 100?");
    }
    if (queries.isEmpty()) {
      throw new IllegalArgumentException(
          "The queries (none) must be at least one. Maybe {name: read, path: /, cpu: 1ms}?");
    }
    TreeSet<String> paths = new TreeSet<>();
    for (Query query : queries) {
      if (!paths.add(query.path())) {
        throw new IllegalArgumentException(
            "The queries must differ in path (" + query.path() + ").");
      }
    }
    if (cores < 1) {
      throw new IllegalArgumentException("The cores (" + cores + ") must be at least 1. Maybe 4?");
    }
  }
}
