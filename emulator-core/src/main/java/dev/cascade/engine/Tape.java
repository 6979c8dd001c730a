package dev.cascade.engine;

import dev.cascade.node.Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last messages of a run, with what they said and which turns sent and handled them, and what
 * processes showed of their state meanwhile: for whoever draws what led to an event. Ordinary runs
 * have none.
 */
public final class Tape {
  /** Of each kind so many are kept, the last ones: a few minutes of a small world. */
  private static final int KEPT_MAX = 50_000;

  /** Nothing known, or not yet. */
  public static final long NEVER = -1;

  /** A turn of a host. */
  public record Turn(long host, long number) {}

  /** A message that took a time on the way. */
  public static final class Taped {
    private final Address from;
    private final Address to;
    private final Object payload;
    private final boolean isReply;
    private final long sentNanos;
    private final Turn cause;
    private long arrivedNanos = NEVER;
    private long handledNanos = NEVER;
    private @Nullable Turn handled;

    private Taped(Message message, Address from, long nowNanos) {
      this.from = from;
      this.to = message.to();
      this.payload = message.payload;
      this.isReply = message.kind == Message.Kind.REPLY;
      this.sentNanos = nowNanos;
      this.cause = new Turn(message.causeHost, message.causeTurn);
    }

    /** Who sent it. */
    public Address from() {
      return from;
    }

    /** Whom it was for. */
    public Address to() {
      return to;
    }

    /** The name of its type. */
    public String type() {
      return MessageType.nameOf(payload);
    }

    /** What it said. */
    public String content() {
      return payload.toString();
    }

    /** When it was sent, in nanoseconds since the start. */
    public long sentNanos() {
      return sentNanos;
    }

    /** When it came to its host; {@link #NEVER} if it did not. */
    public long arrivedNanos() {
      return arrivedNanos;
    }

    /** When its actor handled it; {@link #NEVER} if it did not. */
    public long handledNanos() {
      return handledNanos;
    }

    /** The turn that sent it. */
    public Turn cause() {
      return cause;
    }

    /** The turn that handled it; null if none did. */
    public @Nullable Turn handled() {
      return handled;
    }
  }

  /**
   * Something that a process showed.
   *
   * @param who the process, or for a value its host
   * @param what an event with its fields, or a gauge with its value
   * @param isEvent whether it is an event
   * @param name of the event or gauge
   */
  public record Shown(
      long timeNanos, String who, String what, boolean isEvent, String name, Turn turn) {}

  private final Deque<Taped> messages = new ArrayDeque<>();
  private final Deque<Shown> shown = new ArrayDeque<>();
  private final Map<Message, Taped> underWay = bounded();
  private final Map<Turn, Taped> replies = bounded();
  private final Map<Turn, Taped> byHandled = bounded();
  private final Map<Turn, Turn> local = bounded();

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > KEPT_MAX;
      }
    };
  }

  private static <T> void keep(Deque<T> all, T one) {
    if (all.size() == KEPT_MAX) {
      all.removeFirst();
    }
    all.addLast(one);
  }

  // ---- what the engine tells

  void sent(Message message, long nowNanos) {
    if (message.from != null) {
      Taped taped = new Taped(message, message.from, nowNanos);
      keep(messages, taped);
      underWay.put(message, taped);
    }
  }

  void arrived(Message message, long nowNanos) {
    Taped taped = underWay.get(message);
    if (taped != null) {
      taped.arrivedNanos = nowNanos;
      if (taped.isReply) {
        underWay.remove(message);
        replies.put(taped.cause, taped); // its outcome has the same cause
      }
    }
  }

  void handled(Message message, Turn turn, long nowNanos) {
    Turn cause = new Turn(message.causeHost, message.causeTurn);
    Taped taped = underWay.remove(message);
    if (taped == null && message.kind == Message.Kind.OUTCOME) {
      taped = replies.remove(cause);
    }
    if (taped == null) {
      local.put(turn, cause);
      return;
    }
    taped.handledNanos = nowNanos;
    taped.handled = turn;
    byHandled.put(turn, taped);
  }

  void happened(RecordedEvent event, Turn turn) {
    StringBuilder what = new StringBuilder(event.name());
    event.fields().forEach((key, value) -> what.append(' ').append(key).append('=').append(value));
    keep(
        shown,
        new Shown(event.timeNanos(), event.process(), what.toString(), true, event.name(), turn));
  }

  void showed(long nowNanos, String host, String gauge, String value, Turn turn) {
    keep(shown, new Shown(nowNanos, host, gauge + "=" + value, false, gauge, turn));
  }

  // ---- reading

  /** All messages that are kept, in the order of their sending. */
  public List<Taped> messages() {
    return new ArrayList<>(messages);
  }

  /** All that processes showed, in order. */
  public List<Shown> shown() {
    return new ArrayList<>(shown);
  }

  /**
   * The message that a turn handled; or the one that led to it on its own host, by a timer or a
   * child. Null if none is known.
   */
  public @Nullable Taped behind(Turn turn) {
    Turn at = turn;
    for (int i = 0; i < 100 && at != null; i++) {
      Taped taped = byHandled.get(at);
      if (taped != null) {
        return taped;
      }
      at = local.get(at);
    }
    return null;
  }
}
