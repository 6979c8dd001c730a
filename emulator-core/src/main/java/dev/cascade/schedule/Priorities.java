package dev.cascade.schedule;

import dev.cascade.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Priorities after PCT (Burckhardt, Kothari, Musuvathi and Nagarakatte, ASPLOS 2010), for messages
 * as in PCTCP (Ozkan et al., OOPSLA 2018): each chain of messages that cause one another has a
 * random priority, above all of depth − 1 that are low. Of the messages in the order of their
 * sending as many are drawn; each takes one of the low priorities as it is sent, and its chain goes
 * on with that.
 *
 * <p>The first message that a turn sends goes on with the chain of the message that it handles,
 * every other one begins a chain. Causes form a forest, in which these chains are as few as chains
 * can be: its leaves. So a bug of depth d is found with a probability of at least 1/(n k^(d−1)),
 * for n chains and k messages of which none is forced by its window (docs/explore.md).
 */
public final class Priorities {
  /**
   * Turns and messages whose chain is known. What is forgotten, as its message was dropped or its
   * turn sends nothing, would be kept for ever otherwise; whoever goes on later begins a chain.
   */
  private static final int KEPT_MAX = 200_000;

  private final RandomStream random;
  private final Map<Integer, Long> lowered = new LinkedHashMap<>();
  private final Map<Turn, Long> open = bounded();
  private final Map<Object, Long> arrived = bounded();
  private final Map<Long, Long> clocks = new LinkedHashMap<>();
  private final int depth;
  private int sent;

  /** A turn of a host, which may send messages. */
  private record Turn(long host, long number) {}

  /**
   * Draws which messages are lowered.
   *
   * @param random for this schedule alone
   */
  public Priorities(Schedule schedule, RandomStream random) {
    this.random = random;
    this.depth = schedule.depth();
    for (long low = 0; low < depth - 1; low++) {
      lowered.put(random.nextInt(schedule.steps()), low);
    }
  }

  private static <K> Map<K, Long> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
        return size() > KEPT_MAX;
      }
    };
  }

  /** The priority of a message that a turn sends: the highest comes first. */
  public long sent(long host, long turn) {
    Long low = lowered.get(sent++);
    Long chain = open.remove(new Turn(host, turn));
    if (low != null) {
      return low;
    }
    return chain != null ? chain : fresh();
  }

  /** Whether a priority is one of those that are lowered to. */
  public boolean isLow(long priority) {
    return priority < depth;
  }

  /** Above all that are lowered. */
  private long fresh() {
    return depth + (random.nextLong() >>> 2);
  }

  /** A message came, and will be handled in some turn. */
  public void arrived(Object message, long priority) {
    arrived.put(message, priority);
  }

  /**
   * What was sent in a turn came back to its own kernel: who takes it in goes on with its chain.
   */
  public void returned(long host, long turn, long priority) {
    open.put(new Turn(host, turn), priority);
  }

  /**
   * A turn handles a message; what it sends first goes on with that one's chain.
   *
   * @param causeHost the host whose turn sent the message, if it came by no network
   * @param causeTurn that turn
   */
  public void handled(Object message, long host, long turn, long causeHost, long causeTurn) {
    Long chain = arrived.remove(message);
    if (chain == null) {
      chain = open.remove(new Turn(causeHost, causeTurn));
    }
    if (chain != null) {
      open.put(new Turn(host, turn), chain);
    }
  }

  /** The priority of what a host does by itself at its time: timers, and a CPU that is done. */
  public long ofClock(long host) {
    @Nullable Long known = clocks.get(host);
    if (known == null) {
      known = fresh();
      clocks.put(host, known);
    }
    return known;
  }
}
