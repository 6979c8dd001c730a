package dev.cascade.engine;

import dev.cascade.node.Purpose;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whom the work of a run served. Each message that was handled, and each nanosecond of CPU time, is
 * in exactly one place: {@link #total} adds them up.
 *
 * @param accounts work for requests whose end is known, by cause and end; in the order of these
 * @param own what nobody's request asked for: timers, gossip, control loops, the clients' own
 * @param unfinished work for requests whose end is not known yet
 * @param cpuNanosUsed CPU time by the cores' own count, in nanoseconds: the total but for rounding,
 *     which is less than a nanosecond for each message
 */
public record WorkCounts(
    Map<Account, Amount> accounts, Amount own, Amount unfinished, long cpuNanosUsed) {

  /** The word for work whose end is not known. */
  public static final String UNFINISHED = "unfinished";

  /** The word for work that nobody's request asked for. */
  public static final String OWN = "own";

  /** What became of the one who asked, as far as the work is concerned. */
  public enum End {
    /** He still waited when the answer came. */
    ANSWERED,
    /** He had given up, gone away, or been answered by another attempt. */
    GIVEN_UP,
    /** The request was shed: refused, or dropped by a full queue. */
    SHED,
    /** It was lost on its way, or died with the process that worked on it. */
    LOST;

    /** The word that the terminal, pages and files use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Why work was done.
   *
   * @param purpose what the request was for, or the one on whose behalf it was sent
   * @param origin the entry of the topology that sent the first of these
   */
  public record Cause(Purpose purpose, String origin) implements Comparable<Cause> {
    private static final Comparator<Cause> ORDER =
        Comparator.comparing(Cause::purpose).thenComparing(Cause::origin);

    @Override
    public int compareTo(Cause other) {
      return ORDER.compare(this, other);
    }
  }

  /** One line of the ledger. */
  public record Account(Cause cause, End end) implements Comparable<Account> {
    private static final Comparator<Account> ORDER =
        Comparator.comparing(Account::cause).thenComparing(Account::end);

    @Override
    public int compareTo(Account other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * How much.
   *
   * @param requests that were opened and ended so, nested ones included
   * @param messages that actors handled
   * @param cpuNanos CPU time, in nanoseconds
   */
  public record Amount(long requests, long messages, long cpuNanos) {
    /** Nothing. */
    public static final Amount NONE = new Amount(0, 0, 0);

    private boolean isNegative() {
      return requests < 0 || messages < 0 || cpuNanos < 0;
    }

    private Amount less(Amount earlier) {
      return new Amount(
          requests - earlier.requests, messages - earlier.messages, cpuNanos - earlier.cpuNanos);
    }

    /** Both. */
    public Amount plus(Amount other) {
      return new Amount(
          requests + other.requests, messages + other.messages, cpuNanos + other.cpuNanos);
    }
  }

  /**
   * What was settled after an earlier look, and what is open now. Work for requests that were open
   * at that look is in it whole: what is unfinished is a stock and not a flow, and would else go
   * below zero where more was finished than begun.
   */
  public WorkCounts less(WorkCounts earlier) {
    Map<Account, Amount> since = new TreeMap<>();
    accounts.forEach(
        (account, amount) ->
            since.put(account, amount.less(earlier.accounts.getOrDefault(account, Amount.NONE))));
    return new WorkCounts(
        since,
        own.less(earlier.own),
        unfinished,
        cpuNanosUsed - earlier.cpuNanosUsed + earlier.unfinished.cpuNanos());
  }

  /** No work yet. */
  public static WorkCounts none() {
    return new WorkCounts(new TreeMap<>(), Amount.NONE, Amount.NONE, 0);
  }

  /** Whether more was settled than was done, which cannot be. */
  public boolean isOverdrawn() {
    return unfinished.isNegative();
  }

  /** All of it. */
  public Amount total() {
    Amount sum = own.plus(unfinished);
    for (Amount amount : accounts.values()) {
      sum = sum.plus(amount);
    }
    return sum;
  }

  /** What went to those who came to one end. */
  public Amount of(End end) {
    Amount sum = Amount.NONE;
    for (Map.Entry<Account, Amount> entry : accounts.entrySet()) {
      sum = entry.getKey().end() == end ? sum.plus(entry.getValue()) : sum;
    }
    return sum;
  }

  /** What was done for one purpose, whatever its end. */
  public Amount of(Purpose purpose) {
    Amount sum = Amount.NONE;
    for (Map.Entry<Account, Amount> entry : accounts.entrySet()) {
      sum = entry.getKey().cause().purpose() == purpose ? sum.plus(entry.getValue()) : sum;
    }
    return sum;
  }
}
