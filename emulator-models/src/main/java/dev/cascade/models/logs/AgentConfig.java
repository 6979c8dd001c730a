package dev.cascade.models.logs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The agent of a host, which tails the files of its processes and puts them into a stream.
 *
 * @param batchAge after which a batch goes that is not full
 * @param batchRecords of a batch, and of a request; PutRecords takes no more than 500
 * @param batchSize of a batch, and of a request; PutRecords takes no more than 5 MB
 * @param queue batches that may wait to be sent; beyond them nothing is read. The Kinesis agent has
 *     100
 * @param aggregationMaxSize lines of one kind are put into records of up to this size, as by the
 *     Kinesis Producer Library (50 KiB there); each line is a record if null, as with the agent
 * @param partitionKey by what records are dealt to shards; the agent's default is random
 * @param lineCpu CPU time to read, parse and send a line
 * @param retryBackoff until throttled records are sent again; it doubles while less than half is
 *     taken, and halves while more is
 * @param retryBackoffMax its bound
 * @param requestTimeout after which an answer is not waited for
 */
public record AgentConfig(
    @Guess("seconds of delay are usual")
        @JsonProperty(defaultValue = "1s")
        @JsonPropertyDescription("After which a batch goes that is not full.")
        Duration batchAge,
    @JsonProperty(defaultValue = "500") @JsonPropertyDescription("Records of a batch, up to 500.")
        int batchRecords,
    @JsonProperty(defaultValue = "5MB") @JsonPropertyDescription("Size of a batch, up to 5MB.")
        Size batchSize,
    @JsonProperty(defaultValue = "100")
        @JsonPropertyDescription("Batches that may wait; beyond them nothing is read.")
        int queue,
    @JsonPropertyDescription(
            "Lines of one kind are put into records of up to this size; each is one if absent.")
        @Nullable Size aggregationMaxSize,
    @JsonProperty(defaultValue = "random")
        @JsonPropertyDescription("By what records are dealt to shards.")
        PartitionKey partitionKey,
    @Guess("a shipper that does not compress")
        @JsonProperty(defaultValue = "25us")
        @JsonPropertyDescription("CPU time to read, parse and send a line.")
        Duration lineCpu,
    @Guess("the SDKs begin so")
        @JsonProperty(defaultValue = "100ms")
        @JsonPropertyDescription(
            "Until throttled records are sent again; doubles while less than half is taken.")
        Duration retryBackoff,
    @Guess("the SDKs end there")
        @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("The longest that throttled records wait.")
        Duration retryBackoffMax,
    @Guess("a minute is a usual default")
        @JsonProperty(defaultValue = "60s")
        @JsonPropertyDescription("After which an answer is not waited for.")
        Duration requestTimeout) {
  /** What one PutRecords takes, by Kinesis's documentation. */
  public static final int MAX_RECORDS = 500;

  private static final long MAX_BYTES = 5_000_000;

  /** A record can be no larger. */
  private static final long MAX_RECORD_BYTES = 1_000_000;

  public AgentConfig {
    Durations.requirePositive("batchAge", batchAge);
    Durations.requirePositive("retryBackoff", retryBackoff);
    Durations.requirePositive("requestTimeout", requestTimeout);
    if (batchRecords < 1 || batchRecords > MAX_RECORDS) {
      throw new IllegalArgumentException(
          "The batchRecords (" + batchRecords + ") must be 1 to 500. Maybe 500?");
    }
    if (batchSize.bytes() < 1 || batchSize.bytes() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "The batchSize (" + batchSize + ") must be 1B to 5MB. Maybe 5MB?");
    }
    if (queue < 1) {
      throw new IllegalArgumentException(
          "The queue (" + queue + ") must be at least 1. Maybe 100?");
    }
    if (aggregationMaxSize != null
        && (aggregationMaxSize.bytes() > MAX_RECORD_BYTES
            || aggregationMaxSize.bytes() > batchSize.bytes())) {
      throw new IllegalArgumentException(
          "The aggregationMaxSize ("
              + aggregationMaxSize
              + ") must fit into a record (1MB) and a batch ("
              + batchSize
              + "). Maybe 50Ki?");
    }
    if (lineCpu.isNegative()) {
      throw new IllegalArgumentException(
          "The lineCpu (" + lineCpu + ") cannot be negative. Maybe 25us?");
    }
    if (retryBackoffMax.compareTo(retryBackoff) < 0) {
      throw new IllegalArgumentException(
          "The retryBackoffMax ("
              + retryBackoffMax
              + ") must not be shorter than the retryBackoff ("
              + retryBackoff
              + "). Maybe 10s?");
    }
  }

  /** The defaults. */
  public static final AgentConfig DEFAULT =
      new AgentConfig(
          Duration.ofSeconds(1),
          MAX_RECORDS,
          new Size(MAX_BYTES),
          100,
          null,
          PartitionKey.RANDOM,
          Duration.ofNanos(25_000),
          Duration.ofMillis(100),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60));

  /** Lines of a size that one record holds. */
  int linesPerRecord(int lineBytes) {
    return aggregationMaxSize == null
        ? 1
        : (int) Math.max(1, aggregationMaxSize.bytes() / lineBytes);
  }

  /** The same with records of up to this size. */
  public AgentConfig aggregated(Size newSize) {
    return new AgentConfig(
        batchAge,
        batchRecords,
        batchSize,
        queue,
        newSize,
        partitionKey,
        lineCpu,
        retryBackoff,
        retryBackoffMax,
        requestTimeout);
  }

  /** The same with a queue of so many batches. */
  public AgentConfig queue(int newQueue) {
    return new AgentConfig(
        batchAge,
        batchRecords,
        batchSize,
        newQueue,
        aggregationMaxSize,
        partitionKey,
        lineCpu,
        retryBackoff,
        retryBackoffMax,
        requestTimeout);
  }
}
