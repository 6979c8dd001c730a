package dev.cascade.models.logs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Bandwidth;
import dev.cascade.node.Guess;
import dev.cascade.node.Rate;
import dev.cascade.node.Ratio;
import dev.cascade.node.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a process logs, and where its lines go.
 *
 * @param stream the entry that the host's agent puts them into
 * @param normal what a process writes whatever happens, at INFO; nothing if null
 * @param lineSize of a line, unless its writer says otherwise
 * @param errorLines lines of an error, its stack trace included, unless its writer says otherwise
 * @param lineCpu CPU time to format and write a line, on a thread of the appender's own
 * @param queueSize lines that wait for that thread; Logback's AsyncAppender has 256
 * @param discardingThreshold room in the queue below which TRACE, DEBUG and INFO are dropped; 20 %
 *     in Logback
 * @param neverBlock whether WARN and ERROR are dropped by a full queue too, in place of blocking
 *     who writes them; not in Logback unless told to
 * @param rateLimit lines a second that each kind of line may have in a process; no limit if null
 * @param fileSize what may wait for the agent; the default is a pipe's on Linux, pipe(7)
 * @param whenFull what happens beyond that
 * @param agent of the host
 */
public record LogConfig(
    @JsonPropertyDescription("The entry that the host's agent puts lines into.") String stream,
    @JsonPropertyDescription("What a process writes whatever happens, at INFO.")
        @Nullable Bandwidth normal,
    @Guess("a line of a hundred to a few hundred characters")
        @JsonProperty(defaultValue = "200B")
        @JsonPropertyDescription("Of a line.")
        Size lineSize,
    @Guess("no stack traces")
        @JsonProperty(defaultValue = "1")
        @JsonPropertyDescription("Lines of an error, its stack trace included.")
        int errorLines,
    @Guess("a pattern layout and a write")
        @JsonProperty(defaultValue = "20us")
        @JsonPropertyDescription("CPU time to format and write a line.")
        Duration lineCpu,
    @JsonProperty(defaultValue = "256")
        @JsonPropertyDescription("Lines that wait to be written; Logback has 256.")
        int queueSize,
    @JsonProperty(defaultValue = "20%")
        @JsonPropertyDescription("Room below which TRACE, DEBUG and INFO are dropped.")
        Ratio discardingThreshold,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether a full queue drops WARN and ERROR in place of blocking.")
        boolean neverBlock,
    @JsonPropertyDescription("Lines a second that each kind of line may have in a process.")
        @Nullable Rate rateLimit,
    @JsonProperty(defaultValue = "64Ki")
        @JsonPropertyDescription("What may wait for the agent; a pipe holds 64Ki.")
        Size fileSize,
    @JsonProperty(defaultValue = "block")
        @JsonPropertyDescription(
            "Beyond that a process waits (block: a pipe), or the oldest lines are lost (rotate).")
        WhenFull whenFull,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("The agent of the host.")
        AgentConfig agent) {
  private static final long MAX_LINE_BYTES = 1_000_000;

  public LogConfig {
    if (lineSize.bytes() < 1 || lineSize.bytes() > MAX_LINE_BYTES) {
      throw new IllegalArgumentException(
          "The lineSize (" + lineSize + ") must be 1B to 1MB, as a record's. Maybe 200B?");
    }
    if (errorLines < 1) {
      throw new IllegalArgumentException(
          "The errorLines (" + errorLines + ") must be at least 1. Maybe 30, as of a stack trace?");
    }
    if (lineCpu.isNegative()) {
      throw new IllegalArgumentException(
          "The lineCpu (" + lineCpu + ") cannot be negative. Maybe 20us?");
    }
    if (queueSize < 1) {
      throw new IllegalArgumentException(
          "The queueSize (" + queueSize + ") must be at least 1. Maybe 256?");
    }
    if (rateLimit != null && rateLimit.perSecond() < 1) {
      throw new IllegalArgumentException(
          "The rateLimit (" + rateLimit + ") must be at least 1/s. Maybe 100/s?");
    }
    if (fileSize.bytes() < lineSize.bytes()) {
      throw new IllegalArgumentException(
          "The fileSize ("
              + fileSize
              + ") must hold a line ("
              + lineSize
              + "). Maybe 64Ki, as a pipe does?");
    }
  }

  /** Logback's defaults, and a pipe to the agent. */
  public static LogConfig of(String stream) {
    return new LogConfig(
        stream,
        null,
        new Size(200),
        1,
        Duration.ofNanos(20_000),
        256,
        new Ratio(0.2),
        false,
        null,
        new Size(64 << 10),
        WhenFull.BLOCK,
        AgentConfig.DEFAULT);
  }

  /** The same with lines that come whatever happens. */
  public LogConfig normal(Bandwidth newNormal) {
    return new LogConfig(
        stream,
        newNormal,
        lineSize,
        errorLines,
        lineCpu,
        queueSize,
        discardingThreshold,
        neverBlock,
        rateLimit,
        fileSize,
        whenFull,
        agent);
  }

  /** The same with other lines. */
  public LogConfig lines(Size newSize, int newErrorLines, Duration newCpu) {
    return new LogConfig(
        stream,
        normal,
        newSize,
        newErrorLines,
        newCpu,
        queueSize,
        discardingThreshold,
        neverBlock,
        rateLimit,
        fileSize,
        whenFull,
        agent);
  }

  /** The same, blocking nobody. */
  public LogConfig neverBlocking() {
    return new LogConfig(
        stream,
        normal,
        lineSize,
        errorLines,
        lineCpu,
        queueSize,
        discardingThreshold,
        true,
        rateLimit,
        fileSize,
        whenFull,
        agent);
  }

  /** The same with a limit for each kind of line. */
  public LogConfig rateLimit(Rate newLimit) {
    return new LogConfig(
        stream,
        normal,
        lineSize,
        errorLines,
        lineCpu,
        queueSize,
        discardingThreshold,
        neverBlock,
        newLimit,
        fileSize,
        whenFull,
        agent);
  }

  /** The same with another file between process and agent. */
  public LogConfig file(Size newSize, WhenFull newWhenFull) {
    return new LogConfig(
        stream,
        normal,
        lineSize,
        errorLines,
        lineCpu,
        queueSize,
        discardingThreshold,
        neverBlock,
        rateLimit,
        newSize,
        newWhenFull,
        agent);
  }

  /** The same with another agent. */
  public LogConfig agent(AgentConfig newAgent) {
    return new LogConfig(
        stream,
        normal,
        lineSize,
        errorLines,
        lineCpu,
        queueSize,
        discardingThreshold,
        neverBlock,
        rateLimit,
        fileSize,
        whenFull,
        newAgent);
  }
}
