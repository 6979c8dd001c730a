package dev.cascade.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.random.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The waiting line before a {@link WorkerPool}.
 *
 * @param capacity work that may wait, what is being served not included; 0 if none may
 * @param discipline who is served next
 * @param overflow what becomes of work that finds the line full
 * @param expireAfter work that has waited for so long is turned away when its turn comes; null if
 *     all of it is served, however old
 */
public record QueueSpec(
    @JsonPropertyDescription("Requests that may wait, those in service not included.") int capacity,
    @JsonProperty(defaultValue = "fifo") @JsonPropertyDescription("Who is served next.")
        Discipline discipline,
    @JsonProperty(defaultValue = "drop")
        @JsonPropertyDescription(
            "A request that finds the queue full is a lost SYN (drop), a RST (refuse) or is"
                + " answered with 503 (reject).")
        WhenFull overflow,
    @JsonPropertyDescription(
            "Requests that waited for so long are turned away when their turn comes; none if"
                + " absent.")
        @Nullable Duration expireAfter) {

  /** Who is served next. */
  public enum Discipline {
    /** First in, first out. */
    FIFO,
    /** Last in, first out: the newest is served, and the oldest waits on. */
    LIFO
  }

  /** What becomes of work that finds the line full. */
  public enum WhenFull {
    /** It is lost and nobody is told, as a SYN before a full listen queue; its kernel retries. */
    DROP,
    /** Its client is refused at once (RST). */
    REFUSE,
    /** The program takes it up only to say no, as with HTTP's 503. */
    REJECT
  }

  public QueueSpec {
    if (capacity < 0) {
      throw new IllegalArgumentException(
          "The capacity (" + capacity + ") cannot be negative. Maybe 100?");
    }
    if (expireAfter != null && (expireAfter.isNegative() || expireAfter.isZero())) {
      throw new IllegalArgumentException(
          "The expireAfter ("
              + DurationText.format(expireAfter)
              + ") must be longer than zero: all work would be turned away. Maybe leave it out?");
    }
  }

  /** First in, first out, of this length; what finds it full is lost. */
  public static QueueSpec of(int capacity) {
    return new QueueSpec(capacity, Discipline.FIFO, WhenFull.DROP, null);
  }

  /** The same with another discipline. */
  public QueueSpec discipline(Discipline newDiscipline) {
    return new QueueSpec(capacity, newDiscipline, overflow, expireAfter);
  }

  /** The same with another fate for what finds it full. */
  public QueueSpec overflow(WhenFull newOverflow) {
    return new QueueSpec(capacity, discipline, newOverflow, expireAfter);
  }

  /** The same, turning away what waited too long. */
  public QueueSpec expireAfter(Duration newExpireAfter) {
    return new QueueSpec(capacity, discipline, overflow, newExpireAfter);
  }
}
