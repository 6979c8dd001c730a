package dev.cascade.cli.explore;

import dev.cascade.property.ClopperPearson;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a search in the order of their seeds, and what they tell together. A search that ends
 * with its hits, not with a number of runs, has met the last one in its last run; the interval
 * allows for that.
 */
public final class Tally {
  private static final double MISS = 0.025; // on either side: 95 %

  private final int enough;
  private final List<Look> hits = new ArrayList<>();
  private final TreeSet<Long> orders = new TreeSet<>();
  private int runs;
  private int unjudged;
  private long choices;
  private long messages;
  private double wallSeconds;
  private @Nullable Look failed;

  /**
   * A tally without runs.
   *
   * @param enough hits after which the search ends; 0 if it never does for that
   */
  public Tally(int enough) {
    this.enough = enough;
  }

  /** Counts a run; whether the search should go on. */
  public boolean add(Look look) {
    runs++;
    unjudged += look.judged() || look.isHit() ? 0 : 1;
    choices += look.counts().choices();
    messages += look.counts().messages();
    wallSeconds += look.wallSeconds();
    orders.add(look.counts().order());
    if (look.isHit()) {
      hits.add(look);
    }
    failed = look.failed() != null && failed == null ? look : failed;
    return failed == null && !hasEnough();
  }

  /** Whether as many hits were found as were asked for. */
  public boolean hasEnough() {
    return enough > 0 && hits.size() >= enough;
  }

  /** How often what was sought is there, with the probability of 95 % at least. */
  public ClopperPearson interval() {
    if (runs == 0) {
      return new ClopperPearson(0, 1);
    }
    double low = ClopperPearson.of(hits.size(), runs, MISS, MISS).low();
    if (!hasEnough()) {
      return new ClopperPearson(low, ClopperPearson.of(hits.size(), runs, MISS, MISS).high());
    }
    // Had the rate been this high, so many runs without the last hit would be as unlikely.
    double high = runs == 1 ? 1 : ClopperPearson.of(hits.size() - 1, runs - 1, MISS, MISS).high();
    return new ClopperPearson(low, high);
  }

  /** Whether there was anything to choose, and it made a difference. */
  public boolean controlledSomething() {
    return choices > 0 && (runs < 2 || orders.size() > 1);
  }

  /** Runs in which what was sought was found. */
  public List<Look> hits() {
    return List.copyOf(hits);
  }

  /** All runs. */
  public int runs() {
    return runs;
  }

  /** Runs that could not be judged. */
  public int unjudged() {
    return unjudged;
  }

  /** Different schedules among them. */
  public int schedules() {
    return orders.size();
  }

  /** Choices of all runs together. */
  public long choices() {
    return choices;
  }

  /** Messages on the way, of all runs together. */
  public long messages() {
    return messages;
  }

  /** Time on the wall clock that a run took on average, in seconds. */
  public double secondsPerRun() {
    return runs == 0 ? 0 : wallSeconds / runs;
  }

  /** A run that failed, as a model or the engine is wrong; null if none did. */
  public @Nullable Look failed() {
    return failed;
  }
}
